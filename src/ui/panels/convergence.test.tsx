// @vitest-environment jsdom
import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { show } from '../../../tests/show.tsx';
import { useStore } from '../../store.ts';
import Convergence from './Convergence.tsx';
import { lowestOf, measured, rateWords, seriesOf, theoryOf } from './convergence.ts';
import Outcomes from './Outcomes.tsx';

afterEach(cleanup);

const state = () => useStore.getState();
const cells = (table: HTMLElement) =>
  within(table)
    .getAllByRole('row')
    .map((row) => [...row.children].map((cell) => cell.textContent));

test('on a bowl gradient descent falls by (1 − 2α)² per step, as theory says', () => {
  // w' = (1 − 2·0.1) w, so f falls by 0.64 each step; ‖∇f‖ = 2‖w‖ and the step is 0.2‖w‖.
  show(<Convergence />, {
    formula: 'w1^2 + w2^2',
    start: [3, 4],
    runs: [{ method: 'gd', params: { lr: 0.1 } }],
  });
  const table = screen.getByRole('table', { name: /Convergence/ });
  expect(cells(table).slice(0, 3)).toEqual([
    ['Step', 'evaluations', 'f', 'f − f*', '‖∇f‖', 'step length'],
    ['0', '1', '25', '25', '10', ''],
    ['1', '2', '16', '16', '8', '1'],
  ]);
  expect(document.querySelector('.rates')).toHaveTextContent('measured linear, ratio 0.64');
  expect(theoryOf({ method: 'gd', params: { lr: 0.1 } }, [2, 2], true)).toBe('linear, ratio 0.640');
  expect(theoryOf({ method: 'gd', params: { lr: 1.5 } }, [2, 2], true)).toContain('too large');
});

test('a key on the chart moves the step that is looked at, and the chart follows it', async () => {
  const user = userEvent.setup();
  show(<Convergence />);
  const place = screen.getByRole('slider', { name: 'Place on the chart of convergence' });
  place.focus();
  await user.keyboard('{ArrowRight}{ArrowRight}');
  expect(state().step).toBe(2);
  expect(place).toHaveAttribute('aria-valuetext', 'Step 2');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Counted by' }), 'evaluations');
  expect(place).toHaveAttribute('aria-valuetext', 'Evaluations 3');
  place.focus();
  await user.keyboard('{End}');
  expect(state().step).toBe(state().result!.paths[0]!.length - 1);
});

test('several runs race by evaluations, each with its own line', async () => {
  const user = userEvent.setup();
  show(<Convergence />, {
    formula: '(1-x)^2 + 100(y-x^2)^2',
    start: [-1.2, 1],
    runs: [
      { method: 'newton', params: {} },
      { method: 'gd', params: { lr: 0.001 } },
    ],
  });
  expect(screen.getByRole('combobox', { name: 'Counted by' })).toHaveValue('evaluations');
  const names = screen.getByRole('list', { name: 'Lines' });
  expect(within(names).getAllByRole('listitem')).toHaveLength(2);
  const dashes = [...document.querySelectorAll<SVGPathElement>('.chart-line > path:first-child')].map(
    ({ style }) => style.strokeDasharray,
  );
  expect(new Set(dashes).size).toBe(2);
  await user.selectOptions(screen.getByRole('combobox', { name: 'Shown' }), 'slope');
  expect(document.querySelectorAll('.chart-line')).toHaveLength(2);
});

test("Newton's end is quadratic, measured and by theory", () => {
  show(<Outcomes />, {
    formula: '(1-x)^2 + 100(y-x^2)^2',
    start: [-1.2, 1],
    runs: [{ method: 'newton-damped', params: {} }],
    tol: 1e-12,
  });
  const { paths } = state().result!;
  const lowest = lowestOf(state().result!);
  expect(lowest).toEqual({ f: expect.closeTo(0, 20), known: true });
  expect(rateWords(measured(seriesOf(paths[0]!, 2, lowest.f), lowest))).toMatch(/quadratic|superlinear/);
  expect(theoryOf({ method: 'newton-damped', params: {} }, undefined, true)).toBe('quadratic');
});

test('each run has its outcome, its counts and its memory', () => {
  show(<Outcomes />, {
    formula: '(1-x)^2 + 100(y-x^2)^2',
    start: [-1.2, 1],
    runs: [
      { method: 'adam', params: {} },
      { method: 'newton-damped', params: {} },
    ],
  });
  const rows = cells(screen.getByRole('table'));
  const { paths } = state().result!;
  expect(rows[0]).toEqual([
    'Run',
    'Outcome',
    'Steps',
    'f',
    '∇f',
    'Hessian',
    'Memory',
    'Final f',
    'To the minimum',
  ]);
  const { evaluations, memory } = paths[0]!;
  expect(rows[1]!.slice(2, 7).map(Number)).toEqual([50, 0, evaluations.gradient, 0, memory]);
  expect(rows[2]![1]).toContain('converged');
  expect(Number(rows[2]![8])).toBeLessThan(1e-5);
});

test('where no minimum is known, f* is the lowest value that was seen, and is called so', () => {
  show(<Convergence />, { formula: 'x^4 + y^2 + 3', start: [1, 1] });
  expect(lowestOf(state().result!)).toEqual({ f: Math.min(...state().result!.paths[0]!.f), known: false });
  expect(screen.getByRole('figure')).toHaveTextContent('the lowest value that was seen');
});
