import type { LineTrial } from '../descent/method.ts';
import { along, dot } from '../descent/vectors.ts';
import { momentOf } from './moments.ts';
import type { Study } from './study.ts';

export interface LineSearchOptions {
  /** Points on the curve; absent: 201. */
  readonly samples?: number;
  /** Lengths t to show; absent: from a little behind the point to a little beyond the longest that was tried. */
  readonly range?: readonly [min: number, max: number];
}

export interface LineSearchAnswer {
  readonly from: number;
  /** Whether the method searched along a line; otherwise the line is that of the step taken, whose length is t = 1. */
  readonly searched: boolean;
  /** n: p. */
  readonly direction: Float64Array;
  /** Lengths, ascending, with φ(t) = f(x + t·p); NaN outside the domain. */
  readonly t: Float64Array;
  readonly f: Float64Array;
  /** φ(0) and φ′(0) = ∇f·p, of the exact gradient. */
  readonly f0: number;
  readonly slope: number;
  /** Constants of the conditions: the search's, or the usual 1e-4 and 0.9 to compare with. */
  readonly c1: number;
  /** Absent for a search that asks for Armijo's condition alone. */
  readonly c2?: number;
  /** φ(0) + c₁·t·φ′(0) at the lengths `t`: below it Armijo's condition holds. */
  readonly armijo: Float64Array;
  /** In the order they were tried. */
  readonly tried: readonly LineTrial[];
  /** Index into `tried` of the length that was taken. */
  readonly accepted?: number;
  /** φ′ at the length that was taken. */
  readonly acceptedSlope?: number;
  /** A sentence, when no step was found. */
  readonly failed?: string;
}

/** Usual constants of the Wolfe conditions for Newton-like directions; Nocedal & Wright 2006, p. 33 f. */
const C1 = 1e-4;
const C2 = 0.9;
const MOST_SAMPLES = 2000;

/** φ(t) along the direction of a step. */
export const lineSearch: Study<'lineSearch', LineSearchOptions, LineSearchAnswer | { none: string }> = {
  id: 'lineSearch',
  dependsOn: 'step',
  unfit: ({ problem }) =>
    problem.variables.length === 0 ? 'A constant leaves nothing to search.' : undefined,
  *run(context, { samples = 201, range }) {
    const { problem, step: from } = context;
    const { moment, at, trials } = yield* momentOf(context, from);
    const search = trials?.kind === 'line search' ? trials : undefined;
    const direction = search?.direction.slice() ?? moment?.next.x.map((value, i) => value - at.x[i]!);
    if (!direction) return { none: 'The run ends here: no further step was tried.' };
    if (direction.every((value) => value === 0)) return { none: 'This step did not move.' };

    const n = at.x.length;
    const point = new Float64Array(n);
    const gradient = new Float64Array(n);
    const f0 = problem.valueAndGradient(at.x, gradient);
    const slope = dot(gradient, direction);
    const c1 = search?.c1 ?? C1;
    const c2 = search ? search.c2 : C2;
    const slopeAt = (t: number) => {
      along(at.x, t, direction, point);
      return { f: problem.valueAndGradient(point, gradient), slope: dot(gradient, direction) };
    };
    const tried = search ? structuredClone(search.tried) : [reached(slopeAt(1), { f0, slope })];
    const accepted = moment ? acceptedOf(tried, at.x, direction, moment.next.x) : undefined;

    const [min, max] = range ?? rangeOf(tried);
    const count = Math.min(MOST_SAMPLES, Math.max(2, Math.round(samples)));
    const t = Float64Array.from({ length: count }, (_, i) => min + ((max - min) * i) / (count - 1));
    const f = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      along(at.x, t[i]!, direction, point);
      f[i] = problem.value(point);
      if (context.pause()) yield;
    }
    return {
      from,
      searched: search !== undefined,
      direction,
      t,
      f,
      f0,
      slope,
      c1,
      ...(c2 !== undefined && { c2 }),
      armijo: t.map((length) => f0 + c1 * length * slope),
      tried,
      ...(accepted !== undefined && { accepted, acceptedSlope: slopeAt(tried[accepted]!.t).slope }),
      ...(search?.failed !== undefined && { failed: search.failed }),
    };
  },
};

/** The whole step as a trial, judged by the usual conditions. */
function reached(
  { f, slope: slopeThere }: { f: number; slope: number },
  { f0, slope }: { f0: number; slope: number },
): LineTrial {
  return {
    t: 1,
    f,
    slope: slopeThere,
    armijo: f <= f0 + C1 * slope,
    curvature: Math.abs(slopeThere) <= C2 * Math.abs(slope),
  };
}

/** The trial that led to the next point: of several with equal length the last. */
function acceptedOf(
  tried: readonly LineTrial[],
  x: Float64Array,
  direction: Float64Array,
  next: Float64Array,
): number | undefined {
  const there = new Float64Array(x.length);
  let best: number | undefined;
  let nearest = Number.POSITIVE_INFINITY;
  for (const [i, { t }] of tried.entries()) {
    along(x, t, direction, there);
    const miss = there.reduce((most, value, k) => Math.max(most, Math.abs(value - next[k]!)), 0);
    if (miss <= nearest) {
      nearest = miss;
      best = i;
    }
  }
  return best;
}

function rangeOf(tried: readonly LineTrial[]): readonly [min: number, max: number] {
  const longest = Math.max(...tried.map(({ t }) => t), 0) || 1;
  return [-0.15 * longest, 1.25 * longest];
}
