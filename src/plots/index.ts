import type { Result } from '../worker/protocol.ts';
import { contour } from './contour.ts';
import { curve } from './curve.ts';
import type { Plot } from './plot.ts';

/** Every plot, in the order in which they are tried. */
export const plots: readonly Plot[] = [contour, curve];

/** The plot for a result; none for a function of no variables. */
export function plotFor(result: Result): Plot | undefined {
  const suitable = plots.filter((plot) => plot.suits(result));
  return suitable.find(({ id }) => id === result.setup.view) ?? suitable[0];
}
