import { expect, test } from 'vitest';
import { explain, quantity, symbol } from './explain.ts';
import {
  quadratic,
  rosenbrock,
  rosenbrockResiduals,
  scalarProblem,
  sphere,
  vectorProblem,
} from './handmade.ts';
import type { Trials } from './method.ts';
import { methods } from './methods/index.ts';
import { levenbergMarquardt } from './methods/levenbergMarquardt.ts';
import { choleskyShifted, subproblem } from './methods/subproblem.ts';
import type { Problem } from './problem.ts';
import { createRun, descend, type Run } from './run.ts';

const valley = quadratic([
  [1, 0],
  [0, 25],
]);
/** ½‖F‖² with three residuals, F = A·x − b; the least-squares solution is (1, 2). */
const regression = vectorProblem(
  2,
  ([a, b]) => [a! + b! - 3, a! - b! + 1, 2 * a! + b! - 4],
  () => [
    [1, 1],
    [1, -1],
    [2, 1],
  ],
);
/** Two circles and a line through their crossing (3, 4). */
const crossing = vectorProblem(
  2,
  ([x, y]) => [x! * x! + y! * y! - 25, x! - y! + 1],
  ([x, y]) => [
    [2 * x!, 2 * y!],
    [1, -1],
  ],
);
const wave = scalarProblem({
  n: 2,
  f: ([x, y]) => Math.sin(x!) + Math.cos(y!) + 0.05 * (x! * x! + y! * y!),
  g: ([x, y]) => [Math.cos(x!) + 0.1 * x!, -Math.sin(y!) + 0.1 * y!],
  h: ([x, y]) => [
    [-Math.sin(x!) + 0.1, 0],
    [0, -Math.cos(y!) + 0.1],
  ],
});

const scalars: [string, Problem, number[]][] = [
  ['the sphere', sphere, [5, 3]],
  ['a valley', valley, [6, 1]],
  ['Rosenbrock', rosenbrock, [-1.2, 1]],
  ['a wave', wave, [2, 1]],
];
const vectors: [string, Problem, number[]][] = [
  ['Rosenbrock’s residuals', rosenbrockResiduals, [-1.2, 1]],
  ['a regression', regression, [5, -5]],
  ['a crossing', crossing, [5, 1]],
];

const pairs = methods.flatMap((method) =>
  [...scalars, ...vectors]
    .filter(([, problem]) => !method.residuals || !problem.scalar)
    .filter(([, problem]) => method.residuals !== 'square' || problem.outputs === 2)
    .map(([name, problem, start]) => [method.id, name, problem, start] as const),
);

/** A rate at which every method that has one is stable on every problem here. */
const params = (id: string): Record<string, number> =>
  methods.find((method) => method.id === id)!.needs === 'gradient' &&
  ['gd', 'momentum', 'nesterov'].includes(id)
    ? { lr: 2e-4 }
    : {};

test.each(pairs)(
  '%s takes steps of finite numbers on %s, the same in two runs',
  (method, _, problem, start) => {
    const options = { method, start, steps: 60, params: params(method) };
    const run = descend(problem, options);
    expect(run.length).toBeGreaterThan(1);
    expect(run.x.length).toBe(2 * run.length);
    for (const numbers of [run.x, run.f, run.gradient]) expect(numbers.every(Number.isFinite)).toBe(true);
    expect(run.x.slice(0, 2)).toEqual(Float64Array.from(start));
    // Newton's full step goes uphill where f curves downwards, and Gauss–Newton's first step on Rosenbrock does too.
    if (method !== 'newton') expect(Math.min(...run.f)).toBeLessThan(run.f[0]!);
    const { point: _p, ...again } = descend(problem, options);
    const { point: _q, ...first } = run;
    expect(again).toEqual(first);
  },
);

test.each(pairs)('%s records f and its gradient at each point of %s', (method, _, problem, start) => {
  const run = descend(problem, { method, start, steps: 20, params: params(method) });
  const gradient = new Float64Array(2);
  for (let k = 0; k < run.length; k++) {
    const { x, f, gradient: recorded } = run.point(k);
    expect(f).toBeCloseTo(problem.valueAndGradient(x, gradient), 10);
    expect(recorded).toEqual(gradient);
  }
});

const finishers = ['cg', 'newton-damped', 'trust-region', 'bfgs', 'lbfgs', 'nelder-mead'];
const solved: [string, Problem, number[], number[]][] = [
  ['Rosenbrock', rosenbrock, [-1.2, 1], [1, 1]],
  ['a valley', valley, [6, 1], [0, 0]],
  ['a regression', regression, [5, -5], [1, 2]],
];

test.each(finishers.flatMap((method) => solved.map(([name, ...rest]) => [method, name, ...rest] as const)))(
  '%s converges to the known minimum of %s',
  (method, _, problem, start, minimum) => {
    const run = descend(problem, { method, start, steps: 500 });
    expect(run.outcome).toBe('converged');
    const { x } = run.point(run.length - 1);
    minimum.forEach((value, i) => void expect(x[i]).toBeCloseTo(value, 4));
  },
);

test.each(['newton-root', 'gauss-newton', 'levenberg-marquardt'])(
  '%s finds the root of Rosenbrock’s residuals',
  (method) => {
    const run = descend(rosenbrockResiduals, { method, start: [-1.2, 1], steps: 100 });
    expect(run.outcome).toBe('converged');
    expect(Math.hypot(...run.point(run.length - 1).x.map((x) => x - 1))).toBeLessThan(1e-6);
  },
);

test('Gauss–Newton solves Rosenbrock’s residuals in two steps', () => {
  expect(descend(rosenbrockResiduals, { method: 'gauss-newton', start: [-1.2, 1], steps: 9 }).length).toBe(3);
});

test('Newton for F = 0 takes the step −J⁻¹F where that brings ‖F‖ down', () => {
  const run = descend(crossing, { method: 'newton-root', start: [5, 1], steps: 1 });
  // J = (10 2; 1 −1), F = (1, 5): the solution of J·p = −F by hand is (−11/12, 49/12).
  expect(run.point(1).x[0]).toBeCloseTo(5 - 11 / 12, 12);
  expect(run.point(1).x[1]).toBeCloseTo(1 + 49 / 12, 12);
});

/** Runs on until a step's trials are such, and gives that step's number; 0 if there is none. */
function until(run: Run, such: (trials: Trials | undefined) => boolean, most = 500): number {
  for (let k = 1; k <= most; k++) {
    const over = run.advance(1);
    if (such(run.trials)) return k;
    if (over) break;
  }
  return 0;
}

test('Nelder–Mead shrinks towards the best vertex where even a contraction does not help', () => {
  const ripples = scalarProblem({
    n: 2,
    f: ([x, y]) => x! * x! + y! * y! - 3 * Math.cos(20 * x!) * Math.cos(20 * y!),
    g: () => [1, 1],
  });
  const run = createRun(ripples, { method: 'nelder-mead', start: [1, 1], steps: 300, params: { size: 0.5 } });
  let before = new Float64Array();
  const k = until(run, (trials) => {
    if (trials?.kind === 'simplex' && trials.move === 'shrink') return true;
    before = (run.state.simplex as Float64Array).slice();
    return false;
  });
  expect(k).toBeGreaterThan(0);
  const best = before.slice(0, 2);
  const halved = [2, 4].map((row) => [0, 1].map((i) => (best[i]! + before[row + i]!) / 2));
  const after = run.state.simplex as Float64Array;
  const rows = [0, 2, 4].map((row) => [...after.slice(row, row + 2)]);
  for (const vertex of [...halved, [...best]]) expect(rows).toContainEqual(vertex);
});

test.each(['reflection', 'expansion', 'outside contraction', 'inside contraction'])(
  'Nelder–Mead makes an %s',
  (move) => {
    const run = createRun(rosenbrock, { method: 'nelder-mead', start: [-1.2, 1], steps: 200 });
    expect(until(run, (trials) => trials?.kind === 'simplex' && trials.move === move)).toBeGreaterThan(0);
  },
);

/** Its gradient is a lie, so that no step downhill along it lowers f. */
const lying = scalarProblem({
  n: 2,
  f: ([x, y]) => x! * x! + y! * y!,
  g: ([x, y]) => [-2 * x!, -2 * y!],
  h: () => [
    [2, 0],
    [0, 2],
  ],
});

test.each(['gd-backtracking', 'cg', 'bfgs', 'lbfgs', 'newton-damped'])(
  '%s stalls where its line search fails, and says so',
  (method) => {
    const run = descend(lying, { method, start: [1, 1], steps: 50 });
    expect([run.outcome, run.length]).toEqual(['stalled', 1]);
    expect(run.reason).toContain('search direction');
  },
);

test('a trust region that finds no lower f shrinks to nothing and stalls', () => {
  const run = descend(lying, { method: 'trust-region', start: [1, 1], steps: 50 });
  expect([run.outcome, run.reason]).toEqual([
    'stalled',
    'The trust region has shrunk to nothing without a lower f.',
  ]);
});

test.each(['newton-damped', 'trust-region'])('%s descends from where the Hessian is indefinite', (method) => {
  // f = x²/2 + y⁴/4 − y²/2: a saddle at 0, minima at (0, ±1).
  const saddle = scalarProblem({
    n: 2,
    f: ([x, y]) => x! ** 2 / 2 + y! ** 4 / 4 - y! ** 2 / 2,
    g: ([x, y]) => [x!, y! ** 3 - y!],
    h: ([, y]) => [
      [1, 0],
      [0, 3 * y! ** 2 - 1],
    ],
  });
  const run = descend(saddle, { method, start: [1, 0.1], steps: 100 });
  expect(run.outcome).toBe('converged');
  expect(run.point(run.length - 1).x[1]).toBeCloseTo(1, 6);
  expect(descend(saddle, { method: 'newton', start: [1, 0.1], steps: 100 }).f.at(-1)).toBeCloseTo(0, 9);
});

test('a trust region leaves a saddle even from the point itself, which a line search cannot', () => {
  const H = Float64Array.of(1, 0, 0, -1);
  const { p } = subproblem(H, new Float64Array(2), 0.5);
  expect(Math.abs(p[1]!)).toBeCloseTo(0.5, 9);
  expect(p[0]).toBeCloseTo(0, 9);
});

test('the hard case: a gradient without a part along the lowest curvature still gets a step to the boundary', () => {
  const { p } = subproblem(Float64Array.of(2, 0, 0, -2), Float64Array.of(1, 0), 1);
  expect(Math.hypot(...p)).toBeCloseTo(1, 6);
  // The best is σ = 2 with p = (−1/4, ±√15/4), where the model is −9/8; a fifth may be lost.
  expect(p[0]! + p[0]! ** 2 - p[1]! ** 2).toBeLessThan(0.8 * (-9 / 8));
});

test('a step of the trust region is nearly the best of 2000 points on its circle', () => {
  const H = Float64Array.of(1, 3, 3, -2);
  const g = Float64Array.of(0.7, -1.1);
  const model = ([a, b]: Iterable<number>) =>
    g[0]! * a! + g[1]! * b! + (H[0]! * a! * a! + 2 * H[1]! * a! * b! + H[3]! * b! * b!) / 2;
  const { p, sigma } = subproblem(H, g, 0.8);
  const circle = Array.from({ length: 2000 }, (_, k) => (2 * Math.PI * k) / 2000);
  const best = Math.min(...circle.map((angle) => model([0.8 * Math.cos(angle), 0.8 * Math.sin(angle)])));
  expect(model(p)).toBeLessThan(0.8 * best);
  expect(choleskyShifted(H, sigma, 2)).toBeDefined();
});

test.each(['bfgs', 'lbfgs'])('%s passes over a pair with s·y ≤ 0 and keeps its estimate', (method) => {
  // On a line of constant slope y = 0; the estimate stays what it was.
  const slope = scalarProblem({ n: 2, f: ([x, y]) => x! + y!, g: () => [1, 1] });
  const run = createRun(slope, { method, start: [0, 0], steps: 2 });
  run.advance(1);
  if (method === 'bfgs') expect(run.state.H).toEqual(Float64Array.of(1, 0, 0, 1));
  else expect(run.state.pairs).toBe(0);
});

test('Newton stalls at a singular Hessian and says so', () => {
  const flat = quadratic([
    [1, 1],
    [1, 1],
  ]);
  const run = descend(flat, { method: 'newton', start: [3, 1], steps: 5 });
  expect([run.outcome, run.reason]).toEqual([
    'stalled',
    'The Hessian is singular here, so that the Newton step does not exist.',
  ]);
});

test('newton-diagonal stalls where a curvature is 0', () => {
  const slope = scalarProblem({
    n: 2,
    f: ([x, y]) => x! + y! * y!,
    g: ([, y]) => [1, 2 * y!],
    h: () => [
      [0, 0],
      [0, 2],
    ],
  });
  const run = descend(slope, { method: 'newton-diagonal', start: [1, 1], steps: 5 });
  expect([run.outcome, run.reason]).toEqual([
    'stalled',
    "The Hessian's diagonal is 0 in coordinate 1, so that the step does not exist.",
  ]);
});

/** F = (x + y, x + y): J = (1 1; 1 1) everywhere. */
const parallel = vectorProblem(
  2,
  ([x, y]) => [x! + y!, x! + y!],
  () => [
    [1, 1],
    [1, 1],
  ],
);
/** F = (x + y, x + y + 1), whose least squares is −½ between the two lines. */
const inconsistent = vectorProblem(
  2,
  ([x, y]) => [x! + y!, x! + y! + 1],
  () => [
    [1, 1],
    [1, 1],
  ],
);

test.each(['newton-root', 'gauss-newton', 'levenberg-marquardt'])(
  '%s takes the shortest of the steps that a singular Jacobian allows',
  (method) => {
    const run = descend(parallel, { method, start: [3, 1], steps: 5 });
    expect(run.outcome).toBe('converged');
    const { x } = run.point(run.length - 1);
    expect(x[0]).toBeCloseTo(1, 6);
    expect(x[1]).toBeCloseTo(-1, 6);
  },
);

test('newton-root stalls where a singular Jacobian leaves no way to a root', () => {
  const run = descend(inconsistent, { method: 'newton-root', start: [3, 1], steps: 50 });
  expect(run.outcome).toBe('stalled');
  expect(run.f.at(-1)).toBeCloseTo(0.25, 9);
});

test('Levenberg–Marquardt finds the least squares of equations that contradict each other', () => {
  const run = descend(inconsistent, { method: 'levenberg-marquardt', start: [3, 1], steps: 50 });
  expect(run.outcome).toBe('converged');
  expect(run.f.at(-1)).toBeCloseTo(0.25, 12);
});

test('an infinite radius makes Levenberg–Marquardt’s first step Gauss–Newton’s', () => {
  const step = (method: string) => descend(regression, { method, start: [5, -5], steps: 1 }).point(1).x;
  expect(step(levenbergMarquardt.id)).toEqual(step('gauss-newton'));
});

test.each(methods.map((method) => [method.id, method] as const))(
  'the rule of %s names only what its step has',
  (id, method) => {
    const [, problem, start] = (method.residuals ? vectors : scalars)[0]!;
    const more = Object.keys(method.params).filter((key) => method.params[key]!.scale === 'switch');
    const settings = [
      {},
      ...more.map((key) => ({ [key]: 1 })),
      'weightDecay' in method.params ? { weightDecay: 0.1 } : {},
    ];
    for (const params of settings) {
      const explained = explain(problem, { method: id, start, steps: 9, params, tol: 0 }, 1, (name) => name)!;
      for (const line of method.rule.lines(explained.moment.params)) {
        for (const [, name, mark] of line.matchAll(/@([A-Za-z][A-Za-z0-9]*)(_?)/g)) {
          expect(symbol(method, name!, mark === '_'), `@${name}`).not.toBe(name === 't' ? '' : name);
          const value = quantity(method, explained.moment, name!, mark === '_');
          expect(value, `@${name}`).toBeDefined();
          expect(
            [value].flat().every((number) => typeof number === 'object' || Number.isFinite(number)),
          ).toBe(true);
        }
      }
      expect(explained.lines.every(({ forms }) => forms.length > 0)).toBe(true);
    }
  },
);

test('a step of momentum is explained with its numbers', () => {
  const options = { method: 'momentum', params: { lr: 0.1 }, start: [5, 3], steps: 5 };
  const { lines } = explain(sphere, options, 2, (name) => name)!;
  expect(lines.map(({ paper }) => paper)).toEqual([
    'v_t = \\mu\\,v_{t-1} + g_t',
    'x_t = x_{t-1} - \\eta\\,v_t',
  ]);
  // After x = 5 the velocity is 10, so that x becomes 4, g = 8, v = 0.9·10 + 8 = 17 and x = 4 − 1.7.
  expect(lines[0]!.forms[0]).toEqual({
    symbols:
      '\\left[v_t\\right]_{x1} = \\mu\\,\\left[v_{t-1}\\right]_{x1} + \\frac{\\partial f}{\\partial x1}',
    numbers: '17 = 0.9 \\cdot 10 + 8',
    value: 17,
  });
  expect(lines[1]!.forms[0]!.numbers).toBe('2.3 = 4 - 0.1 \\cdot 17');
  expect(explain(sphere, options, 6, (name) => name)).toBeUndefined();
});

test('states are plain numbers and vectors', () => {
  for (const { id, residuals } of methods) {
    const [, problem, start] = (residuals ? vectors : scalars)[0]!;
    const run = createRun(problem, { method: id, start, steps: 2 });
    run.advance(1);
    expect(structuredClone(run.state), id).toEqual(run.state);
    for (const value of Object.values(run.state)) {
      expect(typeof value === 'number' || value instanceof Float64Array, id).toBe(true);
    }
  }
});

test('every method has an id of its own, a source and parameters within their limits', () => {
  expect(new Set(methods.map(({ id }) => id)).size).toBe(24);
  for (const { id, label, source, params } of methods) {
    expect(label.length * source.length, id).toBeGreaterThan(0);
    for (const parameter of Object.values(params)) {
      if (typeof parameter.default === 'string') expect(parameter.choices).toContain(parameter.default);
      else {
        expect(parameter.default).toBeGreaterThanOrEqual(parameter.limits[0]);
        expect(parameter.default).toBeLessThanOrEqual(parameter.limits[1]);
        expect(parameter.min).toBeGreaterThanOrEqual(parameter.limits[0]);
      }
    }
  }
});
