import { counted, type Disturb, type Evaluations } from './counted.ts';
import type { Point, State, Trials } from './method.ts';
import type { Problem } from './problem.ts';
import { batches, normal } from './random.ts';
import { scheduleFactor } from './schedule.ts';
import { type Options, settings } from './settings.ts';

export type Outcome = 'converged' | 'step limit' | 'diverged' | 'stalled' | 'left the domain';

/** The path of a run in flat arrays, which can be transferred. */
export interface Trajectory {
  /** Steps taken + 1. */
  readonly length: number;
  /** length × n. */
  readonly x: Float64Array;
  /** length. */
  readonly f: Float64Array;
  /** length × n; exact, also where the method saw a disturbed one. */
  readonly gradient: Float64Array;
  /** length; all evaluations that the method had asked for when it reached each point, of whatever kind. */
  readonly spent: Float64Array;
  readonly outcome: Outcome;
  /** The test that was met, as a sentence. */
  readonly reason: string;
  /** Those that the method asked for. */
  readonly evaluations: Readonly<Evaluations>;
  /** Numbers that the method's state holds. */
  readonly memory: number;
  /** point(0) is the start, point(k) is after k steps. */
  point(k: number): { x: Float64Array; f: number; gradient: Float64Array };
}

/** A run that is taken piece by piece. */
export interface Run {
  /** Steps taken so far. */
  readonly taken: number;
  /** Undefined while it goes on. */
  readonly outcome: Outcome | undefined;
  /** The present point: read, not kept, since the next step writes over it. */
  readonly at: Readonly<Point>;
  /** The method's state, and the trials of the last step: read, not written. */
  readonly state: Readonly<State>;
  readonly trials: Trials | undefined;
  /** The parameters of the last step, with the rate that the schedule gave it. */
  readonly params: Readonly<Record<string, number>>;
  /** Takes at most `most` steps, and fewer if `enough` says so after one; true when the run is over. */
  advance(most: number, enough?: () => boolean): boolean;
  /** What was recorded so far, copied; the outcome of an unfinished run is 'step limit'. */
  trajectory(): Trajectory;
}

/** So many coordinates are given room at once: fresh memory costs nothing until it is written to. */
const ROOM = 2 ** 21;
/** More numbers than this are copied by a call, fewer one by one. */
const SHORT = 20;
/** Beyond it a number counts as diverged. */
const HUGE = 1e100;
/** So many steps in a row without moving by one bit are a standstill: Rprop and its kin may pause for one or two. */
const STANDSTILL = 20;
/** Second derivatives below it, where the gradient is below tol too, make a plateau: nothing says it is a minimum. */
const FLAT = 1e-6;

/** All steps at once. Throws a RangeError that says so for a wrong id, length or number. */
export function descend(problem: Problem, options: Options): Trajectory {
  const run = createRun(problem, options);
  run.advance(options.steps);
  return run.trajectory();
}

/** The loop: propose, check that all is finite, commit. Throws as `descend`. */
export function createRun(problem: Problem, options: Options): Run {
  const { method, start, params: given, steps, tol } = settings(problem, options);
  const n = start.length;
  const params: Record<string, number> = { ...given };
  const evaluations: Evaluations = { value: 0, gradient: 0, hessian: 0, jacobian: 0 };
  const scheduled = params.schedule !== undefined && params.schedule > 0;
  const countsGradient = method.needs === 'gradient' || method.needs === 'hessian' ? 1 : 0;
  const countsValue = method.usesValue ? countsGradient : 0;

  const noisy = (params.noise ?? 0) > 0 && countsGradient > 0;
  const draw = normal(params.seed ?? 0);
  const sigma = params.noise ?? 0;
  const disturb: Disturb | undefined = noisy
    ? (gradient) => {
        for (let i = 0; i < n; i++) gradient[i] = gradient[i]! + sigma * draw();
      }
    : undefined;
  const { batch } = problem;
  const size = batch ? Math.min(params.batch ?? 0, batch.terms) : 0;
  const deal = batch && size > 0 ? batches(batch.terms, size, params.seed ?? 0) : undefined;
  const exact = !noisy && !deal;

  const oracle = counted(problem, evaluations, disturb);
  let here: Point = { x: start.slice(), f: 0, gradient: new Float64Array(n), known: 'nothing' };
  let next: Point = { x: start.slice(), f: 0, gradient: new Float64Array(n), known: 'nothing' };
  /** The exact gradient at the latest point that was looked at. */
  let truth: Float64Array = new Float64Array(n);

  let capacity = Math.min(steps + 1, Math.max(1024, Math.floor(ROOM / Math.max(1, n))));
  let xs: Float64Array = new Float64Array(capacity * n);
  let fs: Float64Array = new Float64Array(capacity);
  let gradients: Float64Array = new Float64Array(capacity * n);
  let counts: Float64Array = new Float64Array(capacity);
  let length = 0;
  let still = 0;
  /** Something at the latest point is beyond HUGE. */
  let far = false;
  /** ‖∇f‖² there. */
  let slope = 0;
  let outcome: Outcome | undefined;
  let reason = '';
  let trials: Trials | undefined;

  /** Fills in what is not known of `point`; false when something there is not finite. */
  function look(point: Point): boolean {
    if (exact) {
      if (point.known !== 'both') {
        point.f = problem.valueAndGradient(point.x, point.gradient);
        evaluations.gradient += countsGradient;
        if (point.known === 'nothing') evaluations.value += countsValue;
      }
      truth = point.gradient;
    } else {
      truth = new Float64Array(n);
      const f = problem.valueAndGradient(point.x, truth);
      if (point.known !== 'both') {
        if (deal && batch) batch.valueAndGradient(point.x, deal(), point.gradient);
        else point.gradient.set(truth);
        disturb?.(point.gradient);
        evaluations.gradient += countsGradient;
        if (point.known === 'nothing') evaluations.value += countsValue;
      }
      point.f = f;
    }
    // The sum is finite only if each number is.
    const { x, f } = point;
    let largest = Math.abs(f);
    let sum = largest;
    let squares = 0;
    const gradient = truth;
    for (let i = 0; i < n; i++) {
      const g = gradient[i]!;
      const size = Math.max(Math.abs(x[i]!), Math.abs(g));
      sum += size;
      squares += g * g;
      if (size > largest) largest = size;
    }
    slope = squares;
    far = largest > HUGE;
    return sum - sum === 0;
  }

  function commit(point: Point): void {
    if (length === capacity) {
      capacity = Math.min(2 * capacity, steps + 1);
      xs = grown(xs, capacity * n);
      fs = grown(fs, capacity);
      gradients = grown(gradients, capacity * n);
      counts = grown(counts, capacity);
    }
    const { x } = point;
    const offset = length * n;
    if (n > SHORT) {
      xs.set(x, offset);
      gradients.set(truth, offset);
    } else {
      for (let i = 0; i < n; i++) {
        xs[offset + i] = x[i]!;
        gradients[offset + i] = truth[i]!;
      }
    }
    counts[length] = evaluations.value + evaluations.gradient + evaluations.hessian + evaluations.jacobian;
    fs[length++] = point.f;
  }

  function end(how: Outcome, why: string): void {
    outcome = how;
    reason = why;
  }

  /** Names what is wrong with a point: not finite, or far beyond. */
  function refuse({ x, f }: Point, where: string): void {
    const lost = x.findIndex((value) => !(Math.abs(value) <= HUGE));
    // Inf − Inf has no value either: what was already far above the start has overflowed.
    const soaring = length > 0 && Math.abs(fs[length - 1]!) > 1000 * Math.max(Math.abs(fs[0]!), 1);
    if (lost >= 0) end('diverged', `${problem.variables[lost]} is beyond 1e100 ${where}.`);
    else if (Number.isNaN(f) && !soaring) end('left the domain', `The function has no value ${where}.`);
    else if (!(Math.abs(f) <= HUGE)) end('diverged', `f is beyond 1e100 ${where}.`);
    else end('diverged', `A derivative is not finite or beyond 1e100 ${where}.`);
  }

  function converged(): boolean {
    if (tol === 0) return false;
    const { measure } = method;
    if (measure) {
      const size = measure.of(here, state);
      if (!(size < tol)) return false;
      end('converged', `${measure.name} is ${size.toPrecision(3)}, below tol = ${tol.toExponential()}.`);
      return true;
    }
    if (!(slope < tol * tol)) return false;
    const norm = slope === 0 ? '0' : Math.sqrt(slope).toPrecision(3);
    const name = `‖∇${problem.scalar ? 'f' : 'φ'}‖`;
    if (n > 0 && n <= 256 && problem.hessian(here.x).every((entry) => Math.abs(entry) < FLAT)) {
      end(
        'stalled',
        `${name} is ${norm}, below tol = ${tol.toExponential()}, but all second derivatives are below 1e-6 too: a plateau, which need not be a minimum.`,
      );
    } else end('converged', `${name} is ${norm}, below tol = ${tol.toExponential()}.`);
    return true;
  }

  const usable = look(here);
  commit(here);
  if (!usable) refuse(here, 'at the start');
  const state: State = usable ? method.start(oracle, here, params) : {};
  if (usable && !converged() && steps === 0) end('step limit', 'No step was allowed.');

  function step(): void {
    if (scheduled) params.lr = given.lr! * scheduleFactor(given.schedule!, length - 1, steps, given);
    next.known = 'nothing';
    trials = method.step(oracle, here, state, params, next);
    if (trials?.failed !== undefined) {
      if (!method.measure && truth.every((g) => g * g === 0))
        end('converged', '‖∇f‖² is 0 in double precision.');
      else end('stalled', trials.failed);
      return;
    }
    if (!look(next)) {
      refuse(next, `after step ${length}`);
      return;
    }
    commit(next);
    still = same(next.x, here.x) ? still + 1 : 0;
    const left = here;
    here = next;
    next = left;
    if (far) {
      refuse(here, `after step ${length - 1}`);
      return;
    }
    if (converged()) return;
    if (length > steps) {
      const risen = 1000 * Math.max(Math.abs(fs[0]!), 1);
      if (here.f > risen) end('diverged', `f is above ${risen.toPrecision(3)} after all ${steps} steps.`);
      else end('step limit', `All ${steps} steps were taken.`);
    } else if (still >= STANDSTILL && tol > 0 && method.needs !== 'value') {
      end('stalled', `The last ${STANDSTILL} steps did not change the point.`);
    }
  }

  return {
    get taken() {
      return length - 1;
    },
    get outcome() {
      return outcome;
    },
    get at() {
      return here;
    },
    get state() {
      return state;
    },
    get trials() {
      return trials;
    },
    params,
    advance(most, enough) {
      for (let k = 0; k < most && outcome === undefined; k++) {
        step();
        if (enough?.()) break;
      }
      return outcome !== undefined;
    },
    trajectory() {
      // A run that is over writes no more: full arrays need no copy.
      const final = outcome !== undefined && length === capacity;
      const recorded = (array: Float64Array, count: number) => (final ? array : array.slice(0, count));
      const x = recorded(xs, length * n);
      const f = recorded(fs, length);
      const gradient = recorded(gradients, length * n);
      return {
        length,
        x,
        f,
        gradient,
        spent: recorded(counts, length),
        outcome: outcome ?? 'step limit',
        reason: reason || `Stopped after ${length - 1} steps.`,
        evaluations: { ...evaluations },
        memory: memory(state),
        point(k) {
          if (!(Number.isInteger(k) && k >= 0 && k < f.length)) {
            throw new RangeError(`The run has points 0 to ${f.length - 1}, not ${k}.`);
          }
          return { x: x.slice(k * n, k * n + n), f: f[k]!, gradient: gradient.slice(k * n, k * n + n) };
        },
      };
    },
  };
}

function same(one: Float64Array, other: Float64Array): boolean {
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}

function grown(array: Float64Array, length: number): Float64Array {
  const larger = new Float64Array(length);
  larger.set(array);
  return larger;
}

function memory(state: Readonly<State>): number {
  let numbers = 0;
  for (const value of Object.values(state)) numbers += typeof value === 'number' ? 0 : value.length;
  return numbers;
}
