// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { show } from '../../../tests/show.tsx';
import { useStore } from '../../store.ts';
import Chain from './Chain.tsx';
import Coordinates from './Coordinates.tsx';
import GaussNewton from './GaussNewton.tsx';
import { panels } from './index.ts';

afterEach(cleanup);

test('a chain of saturated layers says that its gradients vanish', async () => {
  show(<Chain />, { formula: 'a = tanh(3x)\nb = tanh(3a)\nF(x, y) = [b, b y]', start: [1, 0.5] });
  expect(await screen.findByText(/The gradients vanish on the way/)).toBeVisible();
  expect(screen.getByText(/The product is the Jacobian of the whole/)).toBeVisible();
  expect(screen.getByText(/added up over all ways from the variables/)).toBeVisible();
});

test('the panel is offered where a text names parts, and not for parameters and lists', () => {
  const chain = panels.find(({ id }) => id === 'chain')!;
  const suits = (formula: string) => {
    cleanup();
    show(null, { formula });
    return chain.suits(useStore.getState().result!);
  };
  expect(suits('h = tanh(x)\nh^2')).toBe(true);
  expect(suits('a = 2\nX = [[1, -2], [3e1, 4]]\nb = sqrt(2)\nsum(X @ [x, y]) a b')).toBe(false);
  expect(suits('x^2 + y^2')).toBe(false);
});

test('of a linear F nothing is dropped: JᵀJ is the Hessian', async () => {
  show(<GaussNewton />, { formula: '[x + 2y - 7, 2x + y - 5]', start: [1, 1] });
  expect(await screen.findByText(/Nothing is dropped here/)).toBeVisible();
});

test('coordinates stand in a table by step, and a step can be chosen', async () => {
  const user = userEvent.setup();
  show(<Coordinates />, { formula: 'x^2 + 2y^2 + 3z^2', start: [3, 2, 1], steps: 3 });
  expect(screen.getByText(/At step 0: x = 3, y = 2, z = 1/)).toBeVisible();
  await user.click(screen.getAllByText('As a table')[0]!);
  expect(screen.getByRole('cell', { name: '1.536' })).toBeVisible();
  expect(screen.getByText(/away from the plane of the plot/)).toBeVisible();
});
