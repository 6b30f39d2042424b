// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { show } from '../../tests/show.tsx';
import { plotFor } from '../plots/index.ts';
import { useStore } from '../store.ts';
import { Overlay } from './Overlay.tsx';
import { project } from './projection.ts';

afterEach(cleanup);

/** What is laid over a plot of 400 × 400 pixels. */
function overlay(formula: string, start: readonly number[], step: number): HTMLElement {
  show(null, { formula, start });
  const result = useStore.getState().result!;
  const plot = plotFor(result)!;
  const projection = project(plot.window(result), 400, 400);
  return render(<Overlay {...{ result, plot, projection, step }} run={0} whole />).container;
}

test('the gradient is an arrow as long as there is one worth drawing', () => {
  expect(overlay('x^2+y^2', [5, 3], 2).querySelector('.gradient-arrow')).not.toBeNull();
  // After 50 steps of (1 − 2·0.1) it is 0.8⁵⁰ = 1.4e-5 of what it was.
  expect(overlay('x^2+y^2', [5, 3], 50).querySelector('.gradient-arrow')).toBeNull();
});

test('where f has no value nothing is drawn at a place that is no number', () => {
  for (const formula of ['sqrt(-1-x^2)', 'x/0']) {
    expect(overlay(formula, [0], 0).innerHTML, formula).not.toContain('NaN');
  }
});
