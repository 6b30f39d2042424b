// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { show } from '../../../tests/show.tsx';
import LocalModels from './LocalModels.tsx';

afterEach(cleanup);

test('Rosenbrock: the Newton step, and errors that fall with the square and the cube of the distance', async () => {
  const user = userEvent.setup();
  show(<LocalModels />, {
    formula: '(1-x)^2 + 100(y-x^2)^2',
    start: [-1.2, 1],
    x: [-2, 2],
    y: [-1, 3],
  });
  // H⁻¹g with H = (1330, 480; 480, 200), g = (−215.6, −88); f there is 4.7319.
  expect(await screen.findByText(/minimum is at \(-1\.1753, 1\.3807\).*and f is 4\.7319/)).toBeVisible();
  expect(screen.getByText(/linear model’s error has slope 2\.0\d ≈ 2/)).toBeVisible();
  expect(screen.getByText(/quadratic model’s error has slope (2\.9|3\.0)\d ≈ 3/)).toBeVisible();
  await user.click(screen.getByText('As a table'));
  const table = await screen.findByRole('table', { name: /Largest error/ });
  expect(table.querySelectorAll('tbody tr').length).toBeGreaterThan(40);
});

test('of a quadratic function the quadratic model is exact', async () => {
  show(<LocalModels />, { formula: 'x^2 + 3y^2', start: [1, 1], x: [-2, 2], y: [-2, 2] });
  expect(await screen.findByText(/quadratic model is exact/)).toBeVisible();
  expect(screen.getByText(/minimum is at \(0, 0\)/)).toBeVisible();
});

test('a singular Hessian has no Newton step, and a saddle is called one', async () => {
  show(<LocalModels />, { formula: '(x + y)^2 + x', start: [1, 1], x: [-2, 2], y: [-2, 2] });
  expect(await screen.findByText(/no single stationary point/)).toBeVisible();
  cleanup();
  show(<LocalModels />, { formula: 'x^2 - y^2 + x', start: [1, 1], x: [-2, 2], y: [-2, 2] });
  expect(await screen.findByText(/model’s saddle is at \(-0\.5, 0\)/)).toBeVisible();
});
