// @vitest-environment jsdom
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { show } from '../../../tests/show.tsx';
import { useStore } from '../../store.ts';
import MapPanel from './Map.tsx';

afterEach(cleanup);

const square = { formula: '[x^2 - y^2, 2x y]', start: [1.5, 1] };

test('the complex square at (1.5, 1) turns and stretches: det 13, both singular values √13', async () => {
  show(<MapPanel />, square);
  expect(await screen.findByText(/det J = 13: a small area becomes 13 times as large/)).toBeVisible();
  const cells = within(screen.getByRole('table'))
    .getAllByRole('cell')
    .map((cell) => cell.textContent);
  expect(cells.filter((cell) => cell === '3.60555')).toHaveLength(2);
  expect(screen.getByRole('button', { name: 'Point at (1.5, 1)' })).toBeVisible();
  expect(screen.getByRole('button', { name: 'Image at (1.25, 3)' })).toBeVisible();
});

test('the point moves by arrow keys, its image moves back to it, and the descent can start there', async () => {
  const user = userEvent.setup();
  show(<MapPanel />, { ...square, x: [-2, 2], y: [-2, 2] });
  (await screen.findByRole('button', { name: 'Point at (1.5, 1)' })).focus();
  // 8 of 400 pixels over a width of 4.
  await user.keyboard('{ArrowLeft}');
  expect(await screen.findByRole('button', { name: 'Point at (1.42, 1)' })).toBeVisible();
  const image = await screen.findByRole('button', { name: /^Image at \(1\.016, 2\.84\)/ });
  image.focus();
  await user.keyboard('{ArrowUp}');
  await waitFor(() => expect(screen.getByText(/det J =/)).toBeVisible());
  await user.click(screen.getByRole('button', { name: 'Start here' }));
  const { start = [] } = useStore.getState().setup;
  // One root of F = target lies near; its image is a little higher than before.
  expect(2 * start[0]! * start[1]!).toBeGreaterThan(2.84);
  expect(start[0]! ** 2 - start[1]! ** 2).toBeCloseTo(1.0164, 3);
});

test('a helix has a tangent of speed √1.04, a torus an area factor 2 + cos v', async () => {
  show(<MapPanel />, { formula: 'F(t) = [cos(t), sin(t), t/5]', start: [1] });
  expect(await screen.findByText(/at the speed ‖dF\/dt‖ = 1\.0198/)).toBeVisible();
  expect(screen.getByRole('slider')).toHaveAttribute('aria-valuetext', '1');
  cleanup();
  show(<MapPanel />, {
    formula: 'F(u, v) = [(2 + cos(v))cos(u), (2 + cos(v))sin(u), sin(v)]',
    start: [0.5, 1],
  });
  expect(await screen.findByText(/√det JᵀJ = 2\.5403 times/)).toBeVisible();
  expect(screen.getByRole('button', { name: /^Turn the view; now -35° around/ })).toBeVisible();
});

test('where the map folds, it says that areas are squeezed flat', async () => {
  show(<MapPanel />, { formula: 'F(x, y) = [x^2, y]', start: [0, 1] });
  expect(await screen.findByText(/det J = 0: here the map is singular/)).toBeVisible();
});
