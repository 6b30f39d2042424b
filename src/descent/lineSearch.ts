import type { Counted } from './counted.ts';
import type { LineTrial, Point, Trials } from './method.ts';
import { bracket, type Interval, trialStep } from './moreThuente.ts';
import { along, dot } from './vectors.ts';

/** Trials after which a search gives up, as in L-BFGS-B's and MINPACK-2's drivers. */
const MOST_TRIALS = 40;

/** What rounding may add to f where the whole decrease that the slope promises is of its size. */
function roundoff(f: number, promised: number): number {
  const spacing = Number.EPSILON * Math.abs(f);
  return promised <= 1000 * spacing ? 4 * spacing : 0;
}

export interface WolfeOptions {
  /** First trial length. */
  readonly first?: number;
  readonly c1?: number;
  readonly c2?: number;
  readonly longest?: number;
  /** What a step that meets the conditions must meet as well; where it does not, the search goes on. */
  readonly accept?: (point: Readonly<Point>) => boolean;
}

const anything = (): boolean => true;

type Search = Extract<Trials, { kind: 'line search' }>;

/**
 * Armijo backtracking: the first t = t₀, then interpolated shorter ones, with f(x + t·p) ≤ f + c₁·t·φ′(0).
 * Nocedal & Wright 2006, algorithm 3.1, p. 37, with the interpolation of p. 58, kept in [0.1, `shrink`]·t.
 * Asks for values alone; writes the accepted point and its value into `next`.
 */
export function backtrack(
  problem: Counted,
  at: Readonly<Point>,
  direction: Float64Array,
  next: Point,
  { first = 1, c1 = 1e-4, shrink = 0.5, interpolate = true } = {},
): Search {
  const slope = dot(at.gradient, direction);
  const search = { kind: 'line search', direction: direction.slice(), f: at.f, slope, c1 } as const;
  const tried: LineTrial[] = [];
  const fail = (failed: string): Search => ({ ...search, tried, failed });
  if (!(slope < 0)) return fail('The search direction does not descend.');
  const slack = roundoff(at.f, -slope * first);
  let t = first;
  for (let k = 0; k < 60; k++) {
    along(at.x, t, direction, next.x);
    if (same(at.x, next.x)) break;
    const f = problem.value(next.x);
    const armijo = f <= at.f + c1 * t * slope + slack;
    tried.push({ t, f, armijo });
    if (armijo && f > Number.NEGATIVE_INFINITY) {
      next.f = f;
      next.known = 'value';
      return { ...search, tried };
    }
    // The parabola through φ(0), φ′(0) and φ(t) has its minimum here; without a value there is none.
    const best = (-slope * t * t) / (2 * (f - at.f - slope * t));
    t = interpolate && Number.isFinite(best) ? Math.min(Math.max(best, 0.1 * t), shrink * t) : shrink * t;
  }
  return fail('No step along the search direction lowers f enough.');
}

/**
 * A step that meets the strong Wolfe conditions f(x + t·p) ≤ f + c₁·t·φ′(0), |φ′(t)| ≤ c₂·|φ′(0)|:
 * Moré & Thuente 1994, ACM TOMS 20, p. 286. Writes the accepted point, its value and gradient into `next`; where no
 * trial meets both, the lowest one that meets Armijo's condition.
 */
export function strongWolfe(
  problem: Counted,
  at: Readonly<Point>,
  direction: Float64Array,
  next: Point,
  { first = 1, c1 = 1e-4, c2 = 0.9, longest = 1e20, accept = anything }: WolfeOptions = {},
): Search {
  const { x } = at;
  const slope0 = dot(at.gradient, direction);
  const search = {
    kind: 'line search',
    direction: direction.slice(),
    f: at.f,
    slope: slope0,
    c1,
    c2,
  } as const;
  const tried: LineTrial[] = [];
  const fail = (failed: string): Search => ({ ...search, tried, failed });
  if (!(slope0 < 0)) return fail('The search direction does not descend.');

  const slack = roundoff(at.f, -slope0 * first);
  const interval: Interval = {
    low: { t: 0, f: at.f, slope: slope0 },
    high: { t: 0, f: at.f, slope: slope0 },
    bracketed: false,
    min: 0,
    max: 0,
  };
  let ceiling = Number.POSITIVE_INFINITY;
  let t = Math.min(first, longest);
  let width = longest;
  let formerWidth = 2 * width;
  let auxiliary = true;
  interval.max = 5 * t;
  let best: { t: number; f: number } | undefined;
  let reached = Number.NaN;

  const evaluate = (length: number): number => {
    along(x, length, direction, next.x);
    reached = length;
    next.f = problem.valueAndGradient(next.x, next.gradient);
    return dot(next.gradient, direction);
  };

  while (tried.length < MOST_TRIALS) {
    const slope = evaluate(t);
    const { f } = next;
    const finite = Number.isFinite(f) && Number.isFinite(slope);
    const armijo = f <= at.f + c1 * t * slope0 + slack;
    const curvature = Math.abs(slope) <= -c2 * slope0;
    tried.push({ t, f, slope, armijo, curvature });
    if (!finite) {
      // Beyond the domain: never as far again, and a quarter of the way to where f has a value.
      ceiling = t;
      t = interval.low.t + 0.25 * (t - interval.low.t);
      if (interval.bracketed && interval.high.t >= ceiling) interval.bracketed = false;
      if (same(x, next.x)) break;
      continue;
    }
    if (armijo && (!best || f < best.f)) best = { t, f };
    if (armijo && curvature && accept(next)) break;
    if (interval.bracketed && (t <= interval.min || t >= interval.max)) break;
    if (interval.bracketed && interval.max - interval.min <= 1e-14 * interval.max) break;
    if (t >= longest && armijo) break;

    // While φ(t) − c₁·t·φ′(0) has not been negative with a rising slope, that auxiliary function is searched.
    if (auxiliary && armijo && slope >= 0) auxiliary = false;
    const tilt = auxiliary && f <= interval.low.f && !armijo ? c1 * slope0 : 0;
    t = trialStep(interval, { t, f, slope }, tilt);
    if (interval.bracketed) {
      const now = Math.abs(interval.high.t - interval.low.t);
      if (now >= 0.66 * formerWidth) t = interval.low.t + 0.5 * (interval.high.t - interval.low.t);
      formerWidth = width;
      width = now;
    }
    bracket(interval, t);
    t = Math.min(t, longest);
    if (t >= ceiling) t = 0.5 * (interval.low.t + ceiling);
    if (
      interval.bracketed &&
      (t <= interval.min || t >= interval.max || interval.max - interval.min <= 1e-14 * interval.max)
    ) {
      t = interval.low.t;
    }
    if (t === 0) break;
  }
  const last = tried.at(-1);
  if (last?.armijo && last.curvature && Number.isFinite(last.f)) best = last;
  if (!best || !(best.f > Number.NEGATIVE_INFINITY)) {
    return fail('No step along the search direction meets the Wolfe conditions.');
  }
  if (reached !== best.t) evaluate(best.t);
  if (same(x, next.x))
    return fail('The step along the search direction is shorter than the spacing of doubles.');
  next.known = 'both';
  return { ...search, tried };
}

function same(a: Float64Array, b: Float64Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
