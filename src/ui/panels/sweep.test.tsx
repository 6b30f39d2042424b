// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { show } from '../../../tests/show.tsx';
import { useStore } from '../../store.ts';
import Sweep from './Sweep.tsx';
import { nearest, taken } from './sweepChoice.ts';

afterEach(cleanup);

const bowl = { formula: 'x^2 + y^2', start: [5, 3], steps: 50 } as const;

test('gradient descent on x² + y² converges for rates below 1, and the mark stands at 2/λmax = 1', async () => {
  show(<Sweep />, bowl);
  expect(await screen.findByText(/^Of 61 runs/)).toHaveTextContent(
    /curvature at the start, λmax = 2, it is thrown out above 1\./,
  );
  expect(screen.getByText('2/λmax at the start: 1')).toBeVisible();
  await userEvent.setup().click(screen.getByText('As a table'));
  const rows = within(screen.getByRole('table')).getAllByRole('row').slice(1);
  for (const row of rows) {
    const rate = Number(within(row).getByRole('rowheader').textContent);
    const [outcome = '', steps] = within(row)
      .getAllByRole('cell')
      .map((cell) => cell.textContent ?? '');
    // ‖∇f‖ = 2·√34·|1 − 2η|ᵗ < 1e-6.
    const needed = Math.ceil(Math.log(1e-6 / (2 * Math.sqrt(34))) / Math.log(Math.abs(1 - 2 * rate)));
    if (rate > 1) expect(outcome, String(rate)).toBe('diverged');
    else if (rate === 1) expect(outcome).toBe('step limit');
    else if (needed <= 4950) {
      expect(outcome).toBe('converged');
      // The shown rate has four digits.
      expect(Math.abs(Number(steps) - needed)).toBeLessThanOrEqual(1 + 0.02 * needed);
    } else if (needed > 5050) expect(outcome).toBe('step limit');
  }
});

test('a place that is chosen becomes the learning rate', async () => {
  show(<Sweep />, bowl);
  const slider = await screen.findByRole('slider', { name: 'Swept value' });
  const before = Number(slider.getAttribute('aria-valuenow'));
  fireEvent.keyDown(slider, { key: 'ArrowRight' });
  const rate = Number(useStore.getState().setup.runs[0]?.params.lr);
  expect(rate).toBeGreaterThan(before);
  expect(rate).toBeLessThan(1.5 * before);
  expect(String(rate).replace(/^0\.0*|\./g, '').length).toBeLessThanOrEqual(3);
  fireEvent.keyDown(slider, { key: 'ArrowLeft' });
  expect(Number(useStore.getState().setup.runs[0]?.params.lr)).toBeLessThan(rate);
});

test('a second parameter makes it a map, whose places set both', async () => {
  const user = userEvent.setup();
  show(<Sweep />, { ...bowl, runs: [{ method: 'momentum', params: {} }] });
  await user.selectOptions(await screen.findByRole('combobox', { name: 'Up' }), 'Momentum');
  const map = await screen.findByRole('group', { name: /^Map of the runs/ });
  expect(screen.getByRole('status', { name: 'Chosen run' })).toHaveTextContent(
    /Learning rate .*momentum .*after/,
  );
  fireEvent.keyDown(map, { key: 'ArrowDown' });
  fireEvent.keyDown(map, { key: 'ArrowRight' });
  fireEvent.keyDown(map, { key: 'Enter' });
  const { params } = useStore.getState().setup.runs[0]!;
  expect(Number(params.lr)).toBeGreaterThan(0.01);
  expect(Number(params.momentum)).toBeLessThan(0.9);
  await user.click(screen.getByText('As a table'));
  expect(within(screen.getByRole('table')).getAllByRole('row')).toHaveLength(26);
});

test('a method without a rate is swept over another number, one without numbers says so', async () => {
  show(<Sweep />, { ...bowl, runs: [{ method: 'trust-region', params: {} }] });
  expect(await screen.findByRole('combobox', { name: 'Across' })).toHaveDisplayValue('First radius');
  cleanup();
  show(<Sweep />, {
    formula: '[1-x, 10(y-x^2)]',
    start: [-1, 1],
    runs: [{ method: 'gauss-newton', params: {} }],
  });
  expect(screen.getByText(/has no number that could be swept/)).toBeVisible();
});

test('a chosen value is readable and within the limits', () => {
  const parameter = {
    label: '',
    symbol: '',
    default: 1,
    min: 0,
    max: 1,
    scale: 'log',
    limits: [0, 1],
  } as const;
  expect(taken(0.0123456, parameter)).toBe(0.0123);
  expect(taken(7, parameter)).toBe(1);
  expect(taken(6.6, { ...parameter, scale: 'integer', limits: [0, 9] })).toBe(7);
  expect(nearest(Float64Array.of(0.01, 0.1, 1), 0.04, true)).toBe(1);
  expect(nearest(Float64Array.of(0.01, 0.1, 1), 0.04, false)).toBe(0);
});
