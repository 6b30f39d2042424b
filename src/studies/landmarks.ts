import type { CriticalPoint } from '../descent/criticalPoints.ts';
import { searchLandmarks } from '../descent/criticalPoints.ts';
import type { Range } from '../setup.ts';
import type { Study } from './study.ts';

export interface LandmarksAnswer {
  /** Where was looked: the plot's window, by variable. */
  readonly x: Range;
  readonly y: Range;
  /** Sorted by the first variable, then the second; coordinates in the order of the variables. */
  readonly points: readonly CriticalPoint[];
  /** Whether these are known to be all of the window's. */
  readonly complete: boolean;
  /** f is constant on a piece of the window, whose points are not listed. */
  readonly flat: boolean;
}

/** Minima, maxima and saddles in the plot's window. */
export const landmarks: Study<'landmarks', Record<never, never>, LandmarksAnswer> = {
  id: 'landmarks',
  dependsOn: 'function',
  usesWindow: true,
  unfit: ({ problem: { variables }, setup }) =>
    variables.length !== 2
      ? `Landmarks are looked for in functions of two variables; this one has ${variables.length}.`
      : setup.x && setup.y
        ? undefined
        : 'There is no window to look in.',
  *run({ problem, setup, axes, pause }) {
    const [x, y] = axes[0] === 0 ? [setup.x!, setup.y!] : [setup.y!, setup.x!];
    const work = searchLandmarks(problem, { x, y });
    for (;;) {
      const step = work.next();
      if (step.done) return { x, y, ...step.value };
      if (pause()) yield;
    }
  },
};
