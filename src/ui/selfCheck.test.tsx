// @vitest-environment jsdom
import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { show } from '../../tests/show.tsx';
import { SelfCheck } from './SelfCheck.tsx';

afterEach(cleanup);

test('a line says that the derivatives agree, and on demand what was compared', async () => {
  const user = userEvent.setup();
  show(<SelfCheck />, { formula: 'sin(x y) + y^3', start: [0.7, 1.3] });
  const line = await screen.findByText(/Checked against differences/);
  expect(line).toHaveTextContent(/within \d(\.\d)?e-1\d$/);
  const table = screen.getByRole('table', { name: 'What was compared', hidden: true });
  expect(table).not.toBeVisible();
  await user.click(line);
  const rows = within(table).getAllByRole('row').slice(1);
  expect(rows.map((row) => row.textContent?.replace(/\d.*/, ''))).toEqual(['Gradient', 'Hessian']);
  // Two slopes, and four second derivatives.
  expect(rows[0]).toHaveTextContent(/^Gradient ?2/);
  expect(rows[1]).toHaveTextContent(/^Hessian ?4/);
});

test('a vector function has its Jacobian compared too', async () => {
  show(<SelfCheck />, { formula: '[x^2 - y, x + y^2, x y]', start: [1, 2] });
  await screen.findByText(/Checked against differences/);
  expect(screen.getByRole('row', { name: /^Jacobian 6/, hidden: true })).toBeInTheDocument();
});

test('at a kink there is nothing to compare with, and the line says so', async () => {
  show(<SelfCheck />, { formula: 'abs(x) + y^2', start: [0, 1] });
  expect(await screen.findByText(/Not compared with differences here.*kink/)).toBeVisible();
});
