import { createProblem } from '../descent/createProblem.ts';
import type { Problem } from '../descent/problem.ts';
import { createRun } from '../descent/run.ts';
import { fitSlope, type Slope } from './slope.ts';
import type { Study, StudyProgress } from './study.ts';

/** What is measured: one method of each price. */
export const measuredMethods = ['newton', 'newton-diagonal', 'lbfgs'] as const;
export type MeasuredMethod = (typeof measuredMethods)[number];

export interface CostOptions {
  /** Sizes beyond ALWAYS are measured until so much time has gone, ms. */
  readonly budget: number;
}

export interface CostSeries {
  readonly method: MeasuredMethod;
  /** Numbers of variables, ascending. */
  readonly n: Float64Array;
  /** Time per step, ms; the fastest of several rounds. */
  readonly time: Float64Array;
  /** The line through the sizes from FITTED on: time ≈ factor·n^slope. */
  readonly fit?: Slope;
}

export interface CostAnswer {
  readonly series: readonly CostSeries[];
}

/** These are always measured, the next while the budget lasts. */
const SIZES = [2, 3, 5, 8, 12, 20, 30, 50, 80, 120, 200, 300, 450, 700, 1000, 1500, 2000];
const ALWAYS = 300;
/** A slope is that of many variables: below this size a step is mostly overhead. */
const FITTED = 50;
/** A single step cannot be left: one that would take longer than this is not taken, ms. */
const LONGEST_STEP = 700;
/** Rounds of a measurement go on for so long, ms; a clock may tick only every tenth of a millisecond. */
const LONG_ENOUGH = 30;
/** Steps of a run: Newton's method is soon done. */
const STEPS: Record<MeasuredMethod, number> = { newton: 4, 'newton-diagonal': 8, lbfgs: 24 };
/** Growth that is reckoned with before the next size is tried. */
const GROWTH: Record<MeasuredMethod, number> = { newton: 3, 'newton-diagonal': 2, lbfgs: 1 };

/** The time of a step against the number of variables, on Rosenbrock's function. */
export const cost: Study<'cost', CostOptions, CostAnswer> = {
  id: 'cost',
  dependsOn: 'nothing',
  *run({ now }, { budget }): Generator<StudyProgress<CostAnswer>, CostAnswer> {
    const begun = now();
    const found = new Map(
      measuredMethods.map((method) => [method, { n: [] as number[], time: [] as number[] }]),
    );
    const answer = (): CostAnswer => ({
      series: measuredMethods.map((method) => series(method, found.get(method)!)),
    });
    for (const [index, n] of SIZES.entries()) {
      const told = () => ({ done: index / SIZES.length, partial: answer() });
      if (n > ALWAYS && now() - begun > budget) break;
      yield told();
      const problem = rosenbrock(n);
      for (const method of measuredMethods) {
        const { n: sizes, time } = found.get(method)!;
        const growth = (n / (sizes.at(-1) ?? n)) ** GROWTH[method];
        if ((time.at(-1) ?? 0) * growth > LONGEST_STEP) continue;
        const measured = yield* timePerStep(problem, method, now, told);
        if (measured === undefined) continue;
        sizes.push(n);
        time.push(measured);
      }
    }
    return answer();
  },
};

/** The n-variable function, from its customary start (−1.2, 1, −1.2, 1, …). */
function rosenbrock(n: number): Problem {
  const created = createProblem(`sum(100*(x[i+1] - x[i]^2)^2 + (1 - x[i])^2, i=1..${n - 1})`);
  if ('error' in created) throw new Error(created.error.message);
  return created.problem;
}

/** Undefined where no step is possible. */
function* timePerStep(
  problem: Problem,
  method: MeasuredMethod,
  now: () => number,
  told: () => StudyProgress<CostAnswer>,
): Generator<StudyProgress<CostAnswer>, number | undefined> {
  const start = problem.variables.map((_, i) => (i % 2 === 0 ? -1.2 : 1));
  const prepared = () => createRun(problem, { method, start, steps: STEPS[method], tol: 0 });
  // The first run compiles what it needs.
  const first = prepared();
  const size = problem.variables.length;
  first.advance(size > FITTED ? 1 : STEPS[method]);
  if (first.taken === 0) return undefined;
  yield told();
  const runs = Math.max(1, Math.ceil(200 / size));
  let best = Number.POSITIVE_INFINITY;
  let spent = 0;
  do {
    const batch = Array.from({ length: runs }, prepared);
    const before = now();
    let taken = 0;
    for (const run of batch) {
      // A long step is left after each.
      while (!run.advance(size > FITTED ? 1 : STEPS[method]) && now() - before < LONGEST_STEP / 2);
      taken += run.taken;
    }
    const time = now() - before;
    spent += Math.max(time, 0.1);
    if (time > 0) best = Math.min(best, time / taken);
    yield told();
  } while (spent < LONG_ENOUGH);
  return Number.isFinite(best) ? best : undefined;
}

function series(
  method: MeasuredMethod,
  { n, time }: { n: readonly number[]; time: readonly number[] },
): CostSeries {
  const many = n.findIndex((size) => size >= FITTED);
  const fit = many >= 0 && n.length - many >= 3 ? fitSlope(n.slice(many), time.slice(many)) : undefined;
  return { method, n: Float64Array.from(n), time: Float64Array.from(time), ...(fit && { fit }) };
}
