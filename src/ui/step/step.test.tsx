// @vitest-environment jsdom
import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { show } from '../../../tests/show.tsx';
import { methods } from '../../descent/methods/index.ts';
import { useStore } from '../../store.ts';
import { forgetChoices } from '../panels/opened.ts';
import { UpdateRule } from '../UpdateRule.tsx';

afterEach(() => {
  cleanup();
  forgetChoices();
});

const formulas = { scalar: '(1-x)^2 + 5(y-x^2)^2', vector: '[1-x, 3(y-x^2)]' };
const run = (method: string, params = {}) => ({ runs: [{ method, params }] });
const lines = () => document.querySelector<HTMLElement>('[data-step]');

test('momentum’s velocity and next point stand there in numbers', async () => {
  show(<UpdateRule />, { formula: 'x^2 + y^2', start: [5, 3], ...run('momentum', { lr: 0.1 }) });
  act(() => useStore.getState().look(1));
  await screen.findByText('On the plot');
  await stepShown(1);
  // v = 0.9·(10, 6) + (8, 4.8), x = (4, 2.4) − 0.1·(17, 10.2).
  const shown = tex(lines()!);
  expect(shown).toContain('0.9 \\cdot 10 + 8');
  expect(shown).toContain('4 - 0.1 \\cdot 17');
  expect(shown).toContain('\\htmlClass{line-result}{2.3}');
  expect(shown).toContain('\\htmlClass{line-result}{1.38}');
});

test.each(methods.map(({ id, residuals }) => [id, residuals ? formulas.vector : formulas.scalar]))(
  'the step of %s is shown line by line, ending in its next point',
  async (id, formula) => {
    show(<UpdateRule />, { formula, start: [-1.2, 1], ...run(id) });
    if (id === 'gd') await userEvent.setup().click(screen.getByRole('button', { name: /line by line/ }));
    await stepShown(0);
    expect(lines()!.querySelectorAll('li').length).toBeGreaterThan(0);
    expect(tex(lines()!)).toMatch(/\\htmlClass\{line-result\}\{-?[\d.]/);
  },
);

test('a line search shows what it tried and which conditions were met', async () => {
  show(<UpdateRule />, { formula: formulas.scalar, start: [-1.2, 1], ...run('bfgs') });
  const table = await screen.findByRole('table', { name: 'Tried lengths' });
  const head = within(table)
    .getAllByRole('columnheader')
    .map((cell) => cell.textContent);
  expect(head).toEqual(['t', 'φ(t)', '≤ φ(0) + c₁tφ′(0)', 'Armijo', 'φ′(t)', 'Curvature', 'Outcome']);
  const rows = within(table).getAllByRole('row').slice(1);
  const taken = rows.filter((row) => row.textContent?.endsWith('taken'));
  expect(taken).toHaveLength(1);
  const cells = within(taken[0]!)
    .getAllByRole('cell')
    .map((cell) => cell.textContent);
  expect(cells.filter((text) => text === 'met')).toHaveLength(2);
  expect(Number(cells[0])).toBeLessThanOrEqual(Number(cells[1]));
});

test('a trust region shows radius and ratio, a simplex its trial points', async () => {
  show(<UpdateRule />, { formula: formulas.scalar, start: [-1.2, 1], ...run('trust-region') });
  const radii = await screen.findByRole('table', { name: 'Tried radii' });
  expect(within(radii).getByRole('columnheader', { name: 'Ratio ρ' })).toBeVisible();
  expect(screen.getByLabelText(/Region of radius/)).toBeChecked();
  cleanup();
  show(<UpdateRule />, { formula: formulas.scalar, start: [-1.2, 1], ...run('nelder-mead') });
  const points = await screen.findByRole('table', { name: 'Tried points' });
  expect(within(points).getByRole('rowheader', { name: 'reflection' })).toBeVisible();
});

test('of many variables the first are shown and the others fold away', async () => {
  const names = Array.from({ length: 5 }, (_, i) => `x${i + 1}`);
  const formula = names.map((name) => `${name}^2`).join(' + ');
  show(<UpdateRule />, { formula, start: names.map((_, i) => i + 1), ...run('momentum') });
  await stepShown(0);
  expect(screen.getAllByText('3 more variables').length).toBe(2);
});

test('at the end of a run the last step is explained, and that there is no further one', async () => {
  show(<UpdateRule />, { formula: 'x^2 + y^2', start: [5, 3], ...run('newton') });
  act(() => useStore.getState().look(50));
  expect(await screen.findByText('The run ends here: no further step is taken.')).toBeVisible();
  await stepShown(0);
  expect(screen.getByRole('button', { name: 'Last step, line by line' })).toBeVisible();
  expect(tex(lines()!)).toContain('x^{+} &= x + ');
});

/** Waits until the lines are those of the step from that point. */
async function stepShown(step: number): Promise<void> {
  // The typesetter is loaded once, and that may take a while.
  await waitFor(() => expect(document.querySelector(`[data-step="${step}"] annotation`)).not.toBeNull(), {
    timeout: 4000,
  });
}

/** All formulas' sources. */
function tex(element: HTMLElement): string {
  return [...element.querySelectorAll('annotation')].map((source) => source.textContent).join('\n');
}
