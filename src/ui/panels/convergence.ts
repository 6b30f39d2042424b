import { measuredRate, type Rate } from '../../descent/rate.ts';
import { presetOf } from '../../presets.ts';
import type { Run, Setup } from '../../setup.ts';
import type { Path, Result } from '../../worker/protocol.ts';
import { stabilityOf } from './stability.ts';

/** What f is compared with, and where that is from. */
export interface Lowest {
  readonly f: number;
  /** A minimum of the example; otherwise the lowest value that any run has seen. */
  readonly known: boolean;
}

export function lowestOf({ paths, minima, setup }: Pick<Result, 'paths' | 'minima' | 'setup'>): Lowest {
  let seen = Number.POSITIVE_INFINITY;
  for (const { f } of paths) for (const value of f) if (value < seen) seen = value;
  // A slider may have moved the minima away from where the example says they are.
  const unmoved = minima.length > 0 && Object.keys(setup.sliders).length === 0;
  const known = unmoved ? (presetOf(setup.formula)?.minima ?? []).map(({ f }) => f) : [];
  const lowest = Math.min(...known);
  return known.length > 0 && seen >= lowest - 1e-9 * Math.max(1, Math.abs(lowest))
    ? { f: Math.min(lowest, seen), known: true }
    : { f: seen, known: false };
}

/** By step: f − f*, ‖∇f‖, and the length of the step that led there (none to the start). */
export interface Series {
  readonly gap: Float64Array;
  readonly slope: Float64Array;
  readonly length: Float64Array;
}

export function seriesOf(path: Path, n: number, lowest: number): Series {
  const apart = (at: number, values: Float64Array, other?: number) => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const value = values[at * n + i]! - (other === undefined ? 0 : values[other * n + i]!);
      sum = Math.hypot(sum, value);
    }
    return sum;
  };
  return {
    gap: path.f.map((value) => value - lowest),
    slope: Float64Array.from(path.f, (_, k) => apart(k, path.gradient)),
    length: Float64Array.from(path.f, (_, k) => (k === 0 ? Number.NaN : apart(k, path.x, k - 1))),
  };
}

/** How fast the end of a run is: f − f* where f* is known, otherwise ‖∇f‖. */
export const measured = ({ gap, slope }: Series, { known }: Lowest): Rate | undefined =>
  measuredRate(known ? gap : slope);

/** The distance of the last point from the nearest of the known minima; undefined where none is known. */
export function distanceToMinimum(path: Path, minima: Result['minima'], setup: Setup): number | undefined {
  const [first] = minima;
  if (!first || Object.keys(setup.sliders).length > 0) return undefined;
  const end = path.x.subarray((path.length - 1) * first.length);
  return Math.min(...minima.map((minimum) => Math.hypot(...minimum.map((value, i) => value - end[i]!))));
}

/** What the theory says of the final approach to a minimum with a positive definite Hessian. */
const theories = new Map([
  ['gd-backtracking', 'linear'],
  ['cg', 'linear, in n steps for a quadratic'],
  ['newton', 'quadratic'],
  ['newton-damped', 'quadratic'],
  ['trust-region', 'quadratic'],
  ['newton-root', 'quadratic'],
  ['gauss-newton', 'quadratic if F = 0 there, otherwise linear'],
  ['levenberg-marquardt', 'quadratic if F = 0 there, otherwise linear'],
  ['bfgs', 'superlinear'],
  ['lbfgs', 'linear'],
]);

/**
 * The rate that theory gives (Nocedal & Wright 2006, theorems 3.4 to 3.7, 6.6, 10.1; for momentum Polyak 1964), with
 * the ratio by which f − f* (`squared`) or ‖∇f‖ falls per step where the eigenvalues at the end tell it. Undefined where
 * there is no theorem that speaks of this setting.
 */
export function theoryOf(
  run: Run,
  eigenvalues: ArrayLike<number> | undefined,
  squared: boolean,
): string | undefined {
  const { schedule = 'constant', noise = 0, batch = 0 } = run.params;
  if (schedule !== 'constant' || noise !== 0 || batch !== 0) return undefined;
  const stability = stabilityOf(run);
  if (!stability) return theories.get(run.method);
  if (!eigenvalues || !(eigenvalues[0]! > 0)) return 'linear';
  const factor = Math.max(...Array.from(eigenvalues, (value) => stability.factor(value)));
  const ratio = squared ? factor ** 2 : factor;
  return ratio < 1
    ? `linear, ratio ${ratio.toPrecision(3)}`
    : 'none: the rate is too large for the curvature at the end';
}

/** A measured rate in words. */
export function rateWords(rate: Rate | undefined): string {
  if (!rate) return 'too few steps to tell';
  const { kind, ratio, order } = rate;
  // No method's errors keep falling so: they fall unevenly.
  if (order > 4) return `uneven, a factor of ${ratio.toPrecision(2)} per step on average`;
  if (kind === 'quadratic' || kind === 'superlinear') return `${kind}, order ${order.toPrecision(2)}`;
  return `${kind}, ratio ${ratio.toPrecision(3)}`;
}
