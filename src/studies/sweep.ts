import type { Parameter } from '../descent/method.ts';
import { findMethod } from '../descent/methods/index.ts';
import type { Problem } from '../descent/problem.ts';
import { createRun, type Outcome } from '../descent/run.ts';
import { resolveParams } from '../descent/settings.ts';
import { norm } from '../descent/vectors.ts';
import { symmetricEigen } from '../math/linear.ts';
import type { Study, StudyContext } from './study.ts';

/** A parameter that is swept, by its id. */
export interface SweptParameter {
  readonly param: string;
  /** Absent: the ends of its slider, widened so that the present value and the marks are inside. */
  readonly min?: number;
  readonly max?: number;
  /** How many values; absent: 61, for a map 25. */
  readonly count?: number;
}

export interface SweepOptions {
  /** Absent: the learning rate. */
  readonly first?: SweptParameter;
  /** Makes it a map. */
  readonly second?: SweptParameter;
  /** Most steps of a run; absent: what the run may take, at least 500. */
  readonly steps?: number;
}

export interface SweepAxis {
  readonly param: string;
  readonly label: string;
  /** TeX. */
  readonly symbol: string;
  /** Whether the values are evenly spread on a logarithmic axis. */
  readonly logarithmic: boolean;
  /** Ascending. */
  readonly values: Float64Array;
  /** The run's. */
  readonly present: number;
}

/** A rate from which on gradient descent leaves a minimum with the curvature of this place. */
export interface SweepMark {
  readonly value: number;
  readonly at: 'start' | 'minimum';
  /** λmax there. */
  readonly curvature: number;
  /** TeX of the bound. */
  readonly tex: string;
}

export interface SweepAnswer {
  readonly method: string;
  readonly first: SweepAxis;
  readonly second?: SweepAxis;
  /** What each run could take, and the tolerance that ends it. */
  readonly steps: number;
  readonly tol: number;
  /** How a run can end. */
  readonly outcomes: readonly Outcome[];
  /** Of each run (rows: values of `second`, columns: of `first`) an index into `outcomes`; −1 where none was made. */
  readonly outcome: Int8Array;
  /** Steps taken; NaN where no run was made. Only of a converged run these are the steps to the tolerance. */
  readonly taken: Float64Array;
  /** f at the end of each run. */
  readonly f: Float64Array;
  /** Bounds of the first parameter, where it is the rate of plain gradient descent or one with momentum. */
  readonly marks: readonly SweepMark[];
  /** Index of the run that converged in the fewest steps. */
  readonly best?: number;
  /** A sentence, where time ran out before all runs were made. */
  readonly cut?: string;
}

const outcomes: readonly Outcome[] = ['converged', 'step limit', 'diverged', 'stalled', 'left the domain'];

const LEAST_STEPS = 500;
const MOST_RUNS = 4096;
/** All runs together, ms. */
const BUDGET = 20_000;
/** Eigenvalues for the marks, and the method that finds the minimum. */
const MOST_VARIABLES = 200;
const TO_MINIMUM = { method: 'bfgs', steps: 300, tol: 1e-8 } as const;

/** What becomes of the run over a range of one or two of its parameters. */
export const sweep: Study<'sweep', SweepOptions, SweepAnswer> = {
  id: 'sweep',
  dependsOn: 'run',
  unfit({ problem, setup, run }) {
    const method = findMethod(setup.runs[run]!.method)!;
    if (problem.variables.length === 0) return 'A constant leaves nothing to step.';
    return sweepable(method.params).length > 0 ? undefined : `${method.label} has no parameter to sweep.`;
  },
  *run(context, { first, second, steps = Math.max(context.setup.steps, LEAST_STEPS) }) {
    const { problem, setup, start, pause, now } = context;
    const said = setup.runs[context.run]!;
    const method = findMethod(said.method)!;
    const params = resolveParams(method, said.params);
    const [usual] = sweepable(method.params);
    // While the method changes a question may still name a parameter of the former one.
    const own = (one: SweptParameter | undefined) =>
      one && Object.hasOwn(method.params, one.param) ? one : undefined;
    const swept = own(first) ?? { param: 'lr' in method.params ? 'lr' : usual! };
    const marks = swept.param === 'lr' ? yield* marksOf(context, params) : [];
    const other = own(second);
    const count = other ? 25 : 61;
    const across = axisOf(method.params, swept, params, marks, count);
    const up = other && axisOf(method.params, other, params, [], count);
    const tol = setup.tol > 0 ? setup.tol : 1e-6;
    const columns = across.values.length;
    const total = columns * (up?.values.length ?? 1);
    const outcome = new Int8Array(total).fill(-1);
    const taken = new Float64Array(total).fill(Number.NaN);
    const f = new Float64Array(total).fill(Number.NaN);
    const answer = (): SweepAnswer => {
      const best = fastest(outcome, taken);
      const axes = { first: across, ...(up && { second: up }) };
      const runs = { outcomes, outcome, taken, f, ...(best !== undefined && { best }) };
      return { method: method.id, ...axes, steps, tol, marks, ...runs };
    };

    const begun = now();
    // Coarse first: after an eighth of the runs the shape is there.
    for (const [made, k] of order(total).entries()) {
      const chosen = {
        ...said.params,
        [across.param]: across.values[k % columns]!,
        ...(up && { [up.param]: up.values[Math.floor(k / columns)]! }),
      };
      const run = createRun(problem, { method: method.id, params: chosen, start, steps, tol });
      while (!run.advance(steps + 1, pause)) yield { done: made / total, partial: answer() };
      outcome[k] = outcomes.indexOf(run.outcome!);
      taken[k] = run.taken;
      f[k] = run.at.f;
      if (now() - begun > BUDGET && made < total - 1) {
        return { ...answer(), cut: `After ${BUDGET / 1000} s ${made + 1} of ${total} runs were made.` };
      }
      if (pause()) yield { done: (made + 1) / total, partial: answer() };
    }
    return answer();
  },
};

type Params = Readonly<Record<string, Parameter>>;

/** Ids of the parameters that are numbers; those that seldom matter last. */
export const sweepable = (params: Params): string[] =>
  Object.entries(params)
    .filter(([id, { scale }]) => scale !== 'switch' && scale !== 'choice' && id !== 'seed')
    .toSorted(([, a], [, b]) => Number(a.advanced ?? false) - Number(b.advanced ?? false))
    .map(([id]) => id);

function axisOf(
  params: Params,
  { param, min, max, count }: SweptParameter,
  present: Readonly<Record<string, number>>,
  marks: readonly SweepMark[],
  usualCount: number,
): SweepAxis {
  const { label, symbol, scale, limits, ...slider } = params[param]!;
  const value = present[param]!;
  const logarithmic = scale === 'log';
  const entire = scale === 'integer';
  const seen = [value, ...marks.map((mark) => mark.value)].filter(Number.isFinite);
  const wide = logarithmic ? 3 : 1;
  const low = Math.max(limits[0], min ?? Math.min(slider.min, ...seen.map((one) => one / wide)));
  const high = Math.min(limits[1], max ?? Math.max(slider.max, ...seen.map((one) => one * wide)));
  const values = new Set<number>();
  const places = Math.min(MOST_RUNS, Math.max(2, Math.round(count ?? usualCount)));
  const from = logarithmic ? Math.max(low, Number.MIN_VALUE) : low;
  for (let k = 0; k < places; k++) {
    const share = k / (places - 1);
    const at = logarithmic ? from * (high / from) ** share : from + (high - from) * share;
    const inside = Math.min(high, Math.max(low, at));
    values.add(entire ? Math.round(inside) : inside);
  }
  return { param, label, symbol, logarithmic, values: Float64Array.from(values), present: value };
}

/** Every eighth, then every fourth between, then every second, then the rest. */
function order(total: number): number[] {
  const found: number[] = [];
  for (const [stride, offset] of [
    [8, 0],
    [8, 4],
    [4, 2],
    [2, 1],
  ] as const) {
    for (let k = offset; k < total; k += stride) found.push(k);
  }
  return found;
}

function fastest(outcome: Int8Array, taken: Float64Array): number | undefined {
  let best: number | undefined;
  for (let k = 0; k < taken.length; k++) {
    if (outcome[k] === 0 && (best === undefined || taken[k]! < taken[best]!)) best = k;
  }
  return best;
}

/**
 * On a quadratic with curvature λ, steps of SGD with momentum μ shrink up to the rate 2(1 + μ)/λ, in Nesterov's form up
 * to 2(1 + μ)/((1 + 2μ)λ): where an eigenvalue of the 2 × 2 recurrence reaches −1. Weight decay adds to λ.
 */
function* marksOf(
  { problem, setup, run, start, path, pause }: StudyContext,
  params: Readonly<Record<string, number>>,
): Generator<undefined, SweepMark[]> {
  const { momentum, dampening, nesterov = 0, weightDecay = 0 } = params;
  // Only torch's SGD family has these parameters.
  if (momentum === undefined || dampening === undefined) return [];
  if (dampening !== 0 && momentum !== 0) return [];
  const n = start.length;
  if (n > MOST_VARIABLES) return [];
  const bound = (2 * (1 + momentum)) / (nesterov !== 0 ? 1 + 2 * momentum : 1);
  const top = momentum === 0 ? '2' : '2(1+\\mu)';
  const bottom = nesterov !== 0 && momentum !== 0 ? '(1+2\\mu)\\lambda_{\\max}' : '\\lambda_{\\max}';
  const tex = `\\frac{${top}}{${bottom}}`;
  const mark = (x: Float64Array, at: SweepMark['at']): SweepMark[] => {
    const curvature = symmetricEigen(problem.hessian(x), n).values.at(-1)!;
    const value = bound / (curvature + weightDecay);
    return curvature > 0 && value > 0 && Number.isFinite(value) ? [{ value, at, curvature, tex }] : [];
  };
  const first = mark(start, 'start');
  if (pause()) yield;
  // A run that went somewhere leads to its minimum; one that ran away leaves the start's.
  const last = path.x.slice((path.length - 1) * n, path.length * n);
  const from = setup.runs[run] && path.f[path.length - 1]! <= path.f[0]! ? last : start;
  const minimum = yield* minimumFrom(problem, from, pause);
  return minimum ? [...first, ...mark(minimum, 'minimum')] : first;
}

function* minimumFrom(
  problem: Problem,
  start: Float64Array,
  pause: () => boolean,
): Generator<undefined, Float64Array | undefined> {
  const run = createRun(problem, { ...TO_MINIMUM, start });
  while (!run.advance(TO_MINIMUM.steps, pause)) yield;
  const near = norm(run.at.gradient) <= 1e-4 * Math.max(1, Math.abs(run.at.f));
  return near ? run.at.x.slice() : undefined;
}
