import { expect, test } from 'vitest';
import { counted, type Evaluations } from './counted.ts';
import { rosenbrock, scalarProblem } from './handmade.ts';
import { backtrack, strongWolfe, type WolfeOptions } from './lineSearch.ts';
import type { Point } from './method.ts';
import type { Problem } from './problem.ts';
import { uniform } from './random.ts';

function begin(problem: Problem, start: number[]) {
  const evaluations: Evaluations = { value: 0, gradient: 0, hessian: 0, jacobian: 0 };
  const x = Float64Array.from(start);
  const gradient = new Float64Array(x.length);
  const f = problem.valueAndGradient(x, gradient);
  const at: Point = { x, f, gradient, known: 'both' };
  const next: Point = { x: x.slice(), f: 0, gradient: gradient.slice(), known: 'nothing' };
  return { oracle: counted(problem, evaluations), evaluations, at, next };
}

/** φ as a function of one variable, searched from t = 0 along +1. */
const along = (f: (t: number) => number, slope: (t: number) => number) =>
  scalarProblem({ n: 1, f: ([t]) => f(t!), g: ([t]) => [slope(t!)] });

function search(problem: Problem, options: WolfeOptions = {}) {
  const { oracle, evaluations, at, next } = begin(problem, [0]);
  const trials = strongWolfe(oracle, at, Float64Array.of(1), next, options);
  return { trials, evaluations, t: next.x[0]!, next };
}

/** The six functions of Moré & Thuente 1994, section 5, pp. 300–304, with the constants of their tables. */
const y = (c: number) => Math.sqrt(1 + c * c) - c;
const smoothed = (b1: number, b2: number): [(t: number) => number, (t: number) => number] => [
  (t) => y(b1) * Math.hypot(1 - t, b2) + y(b2) * Math.hypot(t, b1),
  (t) => (y(b1) * (t - 1)) / Math.hypot(1 - t, b2) + (y(b2) * t) / Math.hypot(t, b1),
];
const table: [string, (t: number) => number, (t: number) => number, c1: number, c2: number][] = [
  ['5.1', (t) => -t / (t * t + 2), (t) => (t * t - 2) / (t * t + 2) ** 2, 1e-3, 0.1],
  [
    '5.2',
    (t) => (t + 0.004) ** 5 - 2 * (t + 0.004) ** 4,
    (t) => 5 * (t + 0.004) ** 4 - 8 * (t + 0.004) ** 3,
    0.1,
    0.1,
  ],
  ['5.4 (1)', ...smoothed(0.001, 0.001), 1e-3, 1e-3],
  ['5.4 (2)', ...smoothed(0.01, 0.001), 1e-3, 1e-3],
  ['5.4 (3)', ...smoothed(0.001, 0.01), 1e-3, 1e-3],
];

test.each(
  table.flatMap(([name, ...rest]) => [1e-3, 1e-1, 10, 1e3].map((first) => [name, first, ...rest] as const)),
)('function %s of Moré & Thuente from t₀ = %d is searched in few trials', (_, first, f, slope, c1, c2) => {
  const { trials, t, evaluations } = search(along(f, slope), { first, c1, c2 });
  expect(trials.failed).toBeUndefined();
  expect(f(t)).toBeLessThanOrEqual(f(0) + c1 * t * slope(0));
  expect(Math.abs(slope(t))).toBeLessThanOrEqual(c2 * Math.abs(slope(0)) * (1 + 1e-9));
  // Their tables need at most twelve.
  expect(evaluations.value).toBeLessThanOrEqual(14);
});

test('from 200 random points along random descents both Wolfe conditions hold where the search says so', () => {
  const draw = uniform(3);
  for (let k = 0; k < 200; k++) {
    const { oracle, evaluations, at, next } = begin(rosenbrock, [4 * draw() - 2, 4 * draw() - 2]);
    const direction = at.gradient.map((g) => -g * (0.1 + draw()));
    const trials = strongWolfe(oracle, at, direction, next, {
      first: 10 ** (4 * draw() - 4),
      c1: 1e-4,
      c2: 0.4,
    });
    const last = trials.tried.at(-1)!;
    const slope0 = at.gradient[0]! * direction[0]! + at.gradient[1]! * direction[1]!;
    expect(trials.slope).toBeCloseTo(slope0, 9);
    expect(next.f).toBeLessThanOrEqual(at.f + 1e-4 * last.t * slope0);
    expect(
      Math.abs(next.gradient[0]! * direction[0]! + next.gradient[1]! * direction[1]!),
    ).toBeLessThanOrEqual(-0.4 * slope0);
    expect([last.armijo, last.curvature]).toEqual([true, true]);
    expect(evaluations.value).toBe(trials.tried.length);
    for (let i = 0; i < 2; i++) expect(next.x[i]).toBe(at.x[i]! + last.t * direction[i]!);
  }
});

test('a trial outside the domain is followed by shorter ones, and the value that counts is inside', () => {
  // −t − √(1 − t): falls to t = 3/4, no value beyond 1.
  const { t, trials } = search(
    along(
      (t) => (t <= 1 ? -t - Math.sqrt(1 - t) : Number.NaN),
      (t) => (t < 1 ? -1 + 0.5 / Math.sqrt(1 - t) : Number.NaN),
    ),
    { first: 8, c2: 0.1 },
  );
  expect(trials.failed).toBeUndefined();
  expect(trials.tried[0]!.armijo).toBe(false);
  expect(t).toBeGreaterThan(0.6);
  expect(t).toBeLessThan(0.85);
});

test('a search uphill fails at once and evaluates nothing', () => {
  const { trials, evaluations } = search(
    along(
      (t) => t * t + t,
      (t) => 2 * t + 1,
    ),
  );
  expect(trials.failed).toBe('The search direction does not descend.');
  expect(evaluations.value).toBe(0);
});

test('an endless descent ends at a long step that meets Armijo’s condition', () => {
  const { t, trials } = search(
    along(
      (t) => -t,
      () => -1,
    ),
    { longest: 1e6 },
  );
  expect(trials.failed).toBeUndefined();
  expect(t).toBe(1e6);
});

test('what must hold as well is searched for', () => {
  const { t } = search(
    along(
      (t) => (t - 1) ** 2,
      (t) => 2 * (t - 1),
    ),
    {
      first: 0.3,
      accept: ({ x }) => Math.abs(x[0]! - 1) < 1e-6,
    },
  );
  expect(t).toBeCloseTo(1, 6);
});

test('backtracking halves: t is the first of 1, ½, ¼ … with enough decrease', () => {
  const { oracle, at, next, evaluations } = begin(rosenbrock, [-1.2, 1]);
  const direction = at.gradient.map((g) => -g);
  const trials = backtrack(oracle, at, direction, next, { interpolate: false });
  const enough = (t: number) =>
    rosenbrock.value(at.x.map((x, i) => x + t * direction[i]!)) <= at.f + 1e-4 * t * trials.slope;
  let t = 1;
  while (!enough(t)) t /= 2;
  expect(trials.tried.map((trial) => trial.t)).toEqual(
    Array.from({ length: Math.log2(1 / t) + 1 }, (_, k) => 0.5 ** k),
  );
  expect(evaluations).toEqual({ value: trials.tried.length, gradient: 0, hessian: 0, jacobian: 0 });
});

test('interpolation goes to the minimum of a parabola in its second trial', () => {
  const { oracle, at, next } = begin(
    along(
      (t) => (t - 0.2) ** 2,
      (t) => 2 * (t - 0.2),
    ),
    [0],
  );
  const trials = backtrack(oracle, at, Float64Array.of(1), next, { c1: 0.3 });
  expect(trials.tried.length).toBe(2);
  expect(next.x[0]).toBeCloseTo(0.2, 12);
});
