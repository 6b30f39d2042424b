// @vitest-environment jsdom
import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { show } from '../../tests/show.tsx';
import { bounds } from '../setup.ts';
import { stepOf, useStore } from '../store.ts';
import { MethodPanel } from './MethodPanel.tsx';
import { Playback } from './Playback.tsx';
import { Race } from './Race.tsx';
import { StepStatus } from './StepStatus.tsx';

afterEach(cleanup);

const state = () => useStore.getState();
const valley = [
  { method: 'gd', params: { lr: 0.001 } },
  { method: 'gd-backtracking', params: {} },
];
const plainAndSearched = [
  { method: 'gd', params: { lr: 0.1 } },
  { method: 'gd-backtracking', params: {} },
];

test('a method is added, set and removed in a region of its own', async () => {
  const user = userEvent.setup();
  show(<MethodPanel />);
  expect(screen.queryByRole('region')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Add method' }));
  const second = screen.getByRole('region', { name: 'Run 2' });
  await user.selectOptions(within(second).getByRole('combobox', { name: 'Method' }), 'adam');
  const rate = within(second).getByRole('spinbutton', { name: 'Learning rate' });
  await user.clear(rate);
  await user.type(rate, '0.5');
  expect(state().setup.runs).toEqual([
    { method: 'gd', params: {} },
    { method: 'adam', params: { lr: 0.5 } },
  ]);
  expect(state().result?.paths).toHaveLength(2);
  await user.click(
    within(screen.getByRole('region', { name: 'Run 1' })).getByRole('button', { name: 'Remove' }),
  );
  expect(state().setup.runs).toEqual([{ method: 'adam', params: { lr: 0.5 } }]);
  expect(screen.queryByRole('region')).toBeNull();
});

test('six runs are the most', async () => {
  const user = userEvent.setup();
  show(<MethodPanel />);
  for (let runs = 1; runs < bounds.runs; runs++)
    await user.click(screen.getByRole('button', { name: 'Add method' }));
  expect(screen.queryByRole('button', { name: 'Add method' })).toBeNull();
  expect(new Set(state().setup.runs.map(({ method }) => method)).size).toBe(6);
});

test('a run has its own start, or the common one again', async () => {
  const user = userEvent.setup();
  show(<MethodPanel />, { runs: plainAndSearched, start: [5, 3] });
  const second = screen.getByRole('region', { name: 'Run 2' });
  await user.click(within(second).getByRole('checkbox', { name: 'Its own start' }));
  const field = within(second).getByRole('textbox', { name: 'Start of this run' });
  expect(field).toHaveValue('5, 3');
  await user.clear(field);
  await user.type(field, '-1, 2');
  expect([...state().result!.paths[1]!.x.subarray(0, 2)]).toEqual([-1, 2]);
  expect([...state().result!.paths[0]!.x.subarray(0, 2)]).toEqual([5, 3]);
  await user.click(within(second).getByRole('checkbox', { name: 'Its own start' }));
  expect(state().setup.runs[1]).toEqual(plainAndSearched[1]);
});

test('by evaluations a run with a dearer step stands at an earlier one; by steps all stand at the same', async () => {
  const user = userEvent.setup();
  show(
    <>
      <Race />
      <Playback />
    </>,
    { formula: '(1-x)^2 + 100(y-x^2)^2', runs: valley, start: [-1.2, 1] },
  );
  for (let k = 0; k < 4; k++) await user.click(screen.getByRole('button', { name: 'Step forward' }));
  const { paths } = state().result!;
  expect(stepOf(state(), 0)).toBe(4);
  const other = stepOf(state(), 1);
  expect(paths[1]!.spent[other]!).toBeLessThanOrEqual(paths[0]!.spent[4]!);
  expect(paths[1]!.spent[other + 1]!).toBeGreaterThan(paths[0]!.spent[4]!);

  await user.selectOptions(screen.getByRole('combobox', { name: 'Race by' }), 'steps');
  expect(state().setup.clock).toBe('steps');
  expect(stepOf(state(), 1)).toBe(Math.min(4, paths[1]!.length - 1));
});

test('the numbers shown are those of the chosen run, and the last step brings all to their ends', async () => {
  const user = userEvent.setup();
  show(
    <>
      <Race />
      <Playback />
      <StepStatus />
    </>,
    { runs: plainAndSearched, start: [5, 3] },
  );
  await user.click(screen.getByRole('radio', { name: /line search|backtracking/i }));
  await user.click(screen.getByRole('button', { name: 'Last step' }));
  const { paths } = state().result!;
  expect(paths.map((_, run) => stepOf(state(), run))).toEqual(paths.map(({ length }) => length - 1));
  const status = screen.getByRole('status', { name: 'Current step' });
  expect(status).toHaveTextContent(`Step ${paths[1]!.length - 1} of`);
});
