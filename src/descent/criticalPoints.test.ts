import { expect, test } from 'vitest';
import oracle from '../../tests/oracle/criticals.json';
import { createProblem } from './createProblem.ts';
import { type CriticalPoint, criticalPoints, landmarks } from './criticalPoints.ts';
import type { Problem } from './problem.ts';

const problemOf = (formula: string): Problem => {
  const made = createProblem(formula);
  if ('error' in made) throw new Error(`${formula}: ${made.error.message}`);
  return made.problem;
};
type Range = readonly [min: number, max: number];
const kinds = { min: 'minimum', max: 'maximum', saddle: 'saddle', degenerate: 'degenerate' } as const;

test.each(oracle.cases)('$name has the oracle’s critical points, each once, in order', (c) => {
  const problem = problemOf(`f(${c.vars.join(', ')}) = ${c.text}`);
  const [x, y] = c.box as [[number, number], [number, number]];
  const { points, complete, flat } = landmarks(problem, { x, y });
  expect(points.map(({ kind }) => kind)).toEqual(
    c.points.map(({ kind }) => kinds[kind as keyof typeof kinds]),
  );
  c.points.forEach((reference, k) => {
    const tolerance = reference.kind === 'degenerate' ? 1e-6 : 1e-8;
    const found = points[k]!;
    expect(Math.abs(found.x[0]! - reference.x[0]!)).toBeLessThan(tolerance);
    expect(Math.abs(found.x[1]! - reference.x[1]!)).toBeLessThan(tolerance);
    expect(Math.abs(found.f - reference.f)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(reference.f)));
  });
  expect({ complete, flat }).toEqual({ complete: true, flat: false });
});

/** Turns of the gradient around the window, from differences of the value alone on a fine walk. */
const turnsOfDifferences = (problem: Problem, x: Range, y: Range): number => {
  const h = 1e-5;
  const f = (u: number, v: number) => problem.value(Float64Array.of(u, v));
  const steps = 20_000;
  let total = 0;
  let before = Number.NaN;
  for (let k = 0; k <= 4 * steps; k++) {
    const side = Math.floor(k / steps) % 4;
    const s = (k % steps) / steps;
    const across = side === 0 ? s : side === 1 ? 1 : side === 2 ? 1 - s : 0;
    const up = side === 0 ? 0 : side === 1 ? s : side === 2 ? 1 : 1 - s;
    const u = x[0] + across * (x[1] - x[0]);
    const v = y[0] + up * (y[1] - y[0]);
    const angle = Math.atan2(f(u, v + h) - f(u, v - h), f(u + h, v) - f(u - h, v));
    if (k > 0) total += angle - before - 2 * Math.PI * Math.round((angle - before) / (2 * Math.PI));
    before = angle;
  }
  return Math.round(total / (2 * Math.PI));
};
const count = (points: readonly CriticalPoint[]) => {
  const of = (kind: string) => points.filter((point) => point.kind === kind).length;
  return [of('minimum'), of('saddle'), of('maximum')];
};

/** Sign changes of a function of one variable, each bisected: the coordinates of a separable function's points. */
const rootsOf = (slope: (t: number) => number, [min, max]: Range): number[] => {
  const roots: number[] = [];
  const steps = 20_000;
  const at = (k: number) => min + ((max - min) * (k + 0.123)) / steps;
  for (let k = 0; k + 1 < steps; k++) {
    let [low, high] = [at(k), at(k + 1)];
    if (slope(low) < 0 === slope(high) < 0) continue;
    for (let halvings = 0; halvings < 60; halvings++) {
      const middle = (low + high) / 2;
      if (slope(middle) < 0 === slope(low) < 0) low = middle;
      else high = middle;
    }
    roots.push(low);
  }
  return roots;
};

const rastrigin = (t: number) => 2 * t + 20 * Math.PI * Math.sin(2 * Math.PI * t);
const styblinskiTang = (t: number) => (4 * t ** 3 - 32 * t + 5) / 2;
const schwefel = (t: number) => {
  const r = Math.sqrt(Math.abs(t));
  return -Math.sin(r) - (r / 2) * Math.cos(r);
};
test.each([
  {
    name: 'Rastrigin’s function',
    formula: '20 + x^2 + y^2 - 10(cos(2pi*x) + cos(2pi*y))',
    slope: rastrigin,
    x: [-5.12, 5.12],
    y: [-5.12, 5.12],
  },
  {
    name: 'Rastrigin’s function in a lopsided window',
    formula: '20 + x^2 + y^2 - 10(cos(2pi*x) + cos(2pi*y))',
    slope: rastrigin,
    x: [-2.3, 2.4],
    y: [-0.2, 4.7],
  },
  {
    name: 'Styblinski and Tang’s function',
    formula: '(x^4 - 16x^2 + 5x + y^4 - 16y^2 + 5y)/2',
    slope: styblinskiTang,
    x: [-5, 5],
    y: [-5, 5],
  },
  {
    name: 'Schwefel’s function to the right of its kinks',
    formula: '837.9657745448674 - x sin(sqrt(abs(x))) - y sin(sqrt(abs(y)))',
    slope: schwefel,
    x: [1, 500],
    y: [2, 480],
  },
] as const)('$name has the product of its coordinates’ points', ({ formula, slope, x, y }) => {
  const { points, complete } = landmarks(problemOf(formula), { x, y });
  const places = rootsOf(slope, x).flatMap((u) => rootsOf(slope, y).map((v) => [u, v] as const));
  expect(points.length).toBe(places.length);
  places.forEach(([u, v], k) => {
    expect(Math.hypot(points[k]!.x[0]! - u, points[k]!.x[1]! - v)).toBeLessThan(
      1e-8 * Math.max(1, Math.abs(u)),
    );
  });
  expect(complete).toBe(true);
});

const ackley = '-20exp(-0.2sqrt(0.5(x^2 + y^2))) - exp(0.5(cos(2pi*x) + cos(2pi*y))) + e + 20';
const levi = 'sin(3pi*x)^2 + (x - 1)^2 (1 + sin(3pi*y)^2) + (y - 1)^2 (1 + sin(2pi*y)^2)';
const peaks = '3(1-x)^2 e^(-x^2-(y+1)^2) - 10(x/5-x^3-y^5)e^(-x^2-y^2) - e^(-(x+1)^2-y^2)/3';
const beale = '(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2';

// Numbers of minima, saddles and maxima as field studies give them, where they do.
test.each([
  {
    name: 'Himmelblau',
    formula: '(x^2 + y - 11)^2 + (x + y^2 - 7)^2',
    x: [-5, 5],
    y: [-5, 5],
    counts: [4, 4, 1],
  },
  {
    name: 'six-hump camel',
    formula: '(4 - 2.1x^2 + x^4/3)x^2 + x*y + (4y^2 - 4)y^2',
    x: [-3, 3],
    y: [-2, 2],
    counts: [6, 7, 2],
  },
  { name: 'peaks', formula: peaks, x: [-3, 3], y: [-3, 3], counts: [3, 3, 3] },
  { name: 'Griewank', formula: '1 + (x^2 + y^2)/4000 - cos(x)cos(y/sqrt(2))', x: [-10, 10], y: [-10, 10] },
  {
    name: 'Levy',
    formula:
      'sin(pi(1 + (x-1)/4))^2 + ((x-1)/4)^2 (1 + 10sin(pi(1 + (x-1)/4) + 1)^2) + ((y-1)/4)^2 (1 + sin(2pi(1 + (y-1)/4))^2)',
    x: [-10, 10],
    y: [-10, 10],
  },
  { name: 'Levi no. 13', formula: levi, x: [-1, 3], y: [-1, 3] },
  {
    name: 'McCormick',
    formula: 'sin(x + y) + (x - y)^2 - 1.5x + 2.5y + 1',
    x: [-1.5, 4],
    y: [-3, 4],
    counts: [2, 1, 0],
  },
  { name: 'Ackley beside its cusp', formula: ackley, x: [0.4, 3.4], y: [0.4, 3.4] },
  { name: 'Rosenbrock', formula: '(1-x)^2 + 100(y - x^2)^2', x: [-2, 2], y: [-1, 3], counts: [1, 0, 0] },
  {
    name: 'Rosenbrock from far away',
    formula: '(1-x)^2 + 100(y - x^2)^2',
    x: [-2000, 2000],
    y: [-1000, 3e6],
    counts: [1, 0, 0],
  },
  { name: 'Beale', formula: beale, x: [-4.5, 4.5], y: [-4.5, 4.5] },
  { name: 'Easom', formula: '-cos(x)cos(y)exp(-((x - pi)^2 + (y - pi)^2))', x: [0, 7], y: [0, 6.5] },
  {
    name: 'Schaffer no. 2',
    formula: '0.5 + (sin(x^2 - y^2)^2 - 0.5)/(1 + 0.001(x^2 + y^2))^2',
    x: [-3, 3.1],
    y: [-3, 3.1],
  },
  {
    name: 'two wells',
    formula: 'x^2 + y^2 - 2exp(-((x-1)^2 + y^2)/0.2) - 3exp(-((x+1)^2 + y^2)/0.2)',
    x: [-2, 2],
    y: [-2, 2],
    counts: [2, 1, 0],
  },
  {
    name: 'saddle with minima',
    formula: 'x^2/2 + y^4/4 - y^2/2',
    x: [-2, 2],
    y: [-2, 2.1],
    counts: [2, 1, 0],
  },
  {
    name: 'logistic loss',
    formula: 'log(1+exp(-x)) + log(1+exp(-y)) + 0.05(x^2+y^2)',
    x: [-4, 6],
    y: [-4, 6],
    counts: [1, 0, 0],
  },
  {
    name: '½‖F‖² of Himmelblau’s residuals',
    formula: '[x^2 + y - 11, x + y^2 - 7]',
    x: [-5, 5],
    y: [-5, 5],
    counts: [4, 4, 1],
  },
  { name: 'a mild bowl', formula: 'x^2 + 1e-7 y^2', x: [-6, 6], y: [-2, 2.1], counts: [1, 0, 0] },
] as const)('$name: the points’ indices sum to the turns of the gradient around the window', (c) => {
  const problem = problemOf(c.formula);
  const { points, complete } = landmarks(problem, c);
  const [minima, saddles, maxima] = count(points) as [number, number, number];
  if (c.name !== 'a mild bowl' && c.name !== 'Rosenbrock from far away') {
    expect(minima - saddles + maxima).toBe(turnsOfDifferences(problem, c.x, c.y));
  }
  if ('counts' in c) expect([minima, saddles, maxima]).toEqual(c.counts);
  expect(points.filter(({ kind }) => kind === 'degenerate')).toEqual([]);
  expect(complete).toBe(true);
  for (const { x } of points) {
    const slope = problem.gradient(x);
    // A Newton step from where it claims to be leads nowhere.
    const H = problem.hessian(x);
    const det = H[0]! * H[3]! - H[1]! * H[2]!;
    const step =
      Math.hypot(H[3]! * slope[0]! - H[1]! * slope[1]!, H[0]! * slope[1]! - H[2]! * slope[0]!) /
      Math.abs(det);
    expect(step).toBeLessThan(1e-9 * (c.x[1] - c.x[0]));
  }
});

test('no two points are the same', () => {
  const points = criticalPoints(problemOf(levi), { x: [-2, 2], y: [-2, 2] });
  for (const [k, p] of points.entries()) {
    for (const q of points.slice(k + 1)) {
      expect(Math.hypot(p.x[0]! - q.x[0]!, p.x[1]! - q.x[1]!)).toBeGreaterThan(1e-3);
    }
  }
});

test.each([
  { formula: 'x^3 - 3x*y^2', at: [0, 0] },
  { formula: 'x^4 + y^4', at: [0, 0] },
  { formula: '(x - 0.3)^4 + (y + 0.7)^4', at: [0.3, -0.7] },
  { formula: '(x - 0.3)^4 + (y + 0.7)^6', at: [0.3, -0.7] },
  { formula: 'x^4 - 1.2x^3 + 0.54x^2 - 0.108x + 0.0081 + y^2', at: [0.3, 0] },
  { formula: '(x + y - 0.1)^4 + (x - y)^2', at: [0.05, 0.05] },
  { formula: 'x^3 + y^2', at: [0, 0] },
  { formula: 'x^2 - y^4 + x*y^2', at: [0, 0] },
])('$formula has one degenerate point', ({ formula, at }) => {
  const points = criticalPoints(problemOf(formula), { x: [-2, 2.3], y: [-2, 2.1] });
  expect(points.map(({ kind }) => kind)).toEqual(['degenerate']);
  expect(points[0]!.curve).toBeUndefined();
  expect(Math.hypot(points[0]!.x[0]! - at[0]!, points[0]!.x[1]! - at[1]!)).toBeLessThan(1e-6);
});

test.each([
  {
    formula: '(x*y - 1)^2',
    on: (x: number, y: number) => x * y - 1,
    curves: ['minimum', 'minimum'],
    others: 1,
  },
  {
    formula: '(x^2 + y^2 - 1)^2',
    on: (x: number, y: number) => x * x + y * y - 1,
    curves: ['minimum'],
    others: 1,
  },
  {
    formula: '-(x^2 + 4y^2 - 1)^2',
    on: (x: number, y: number) => x * x + 4 * y * y - 1,
    curves: ['maximum'],
    others: 1,
  },
  { formula: 'f(x, y) = x^2', on: (x: number) => x, curves: ['minimum'], others: 0 },
  { formula: 'x^2 y^2', on: (x: number, y: number) => x * y, curves: ['minimum', 'minimum'], others: 0 },
  {
    formula: '(tanh(x tanh(y)) - 0.5)^2',
    on: (x: number, y: number) => Math.tanh(x * Math.tanh(y)) - 0.5,
    curves: ['minimum', 'minimum'],
    others: 1,
  },
])('$formula: its curves are named as such, with points along them', ({ formula, on, curves, others }) => {
  const points = criticalPoints(problemOf(formula), { x: [-2.9, 3], y: [-3, 3.1] });
  const found = points.flatMap(({ curve }) => (curve ? [curve] : []));
  expect(found.map(({ kind }) => kind)).toEqual(curves);
  expect(points.filter(({ curve }) => !curve).length).toBe(others);
  for (const { points: along } of found) {
    expect(along.length).toBeGreaterThan(40);
    for (let k = 0; k < along.length; k += 2) {
      expect(Math.abs(on(along[k]!, along[k + 1]!))).toBeLessThan(1e-7);
      if (k > 0) {
        expect(Math.hypot(along[k]! - along[k - 2]!, along[k + 1]! - along[k - 1]!)).toBeLessThan(0.13);
      }
    }
  }
  for (const { x, curve } of points) if (curve) expect(Math.abs(on(x[0]!, x[1]!))).toBeLessThan(1e-7);
});

test('a closed curve ends where it begins', () => {
  const [ring] = criticalPoints(problemOf('(x^2 + y^2 - 1)^2'), { x: [-2, 2], y: [-2, 2] }).filter(
    (p) => p.curve,
  );
  const along = ring!.curve!.points;
  expect([...along.slice(0, 2)]).toEqual([...along.slice(-2)]);
});

test('kinks are not critical points, and flat pieces are said rather than dotted', () => {
  const window = { x: [-3, 3.1], y: [-3, 3.2] } as const;
  expect(landmarks(problemOf('abs(x) + abs(y)'), window)).toEqual({
    points: [],
    complete: false,
    flat: false,
  });
  expect(landmarks(problemOf('f(x, y) = 3'), window)).toEqual({ points: [], complete: false, flat: true });
  expect(landmarks(problemOf('relu(x)^2 + relu(y)^2'), window)).toMatchObject({ flat: true });
  expect(criticalPoints(problemOf('exp(-x^2 - y^2)'), { x: [-30, 30], y: [-30, 30] })).toHaveLength(1);
  expect(criticalPoints(problemOf('exp(x + 2y)'), window)).toEqual([]);
});

test('where the domain ends, what lies inside is found', () => {
  const points = criticalPoints(problemOf('x log(x) + y log(y)'), { x: [-1, 3], y: [-1, 3] });
  expect(points.map(({ kind }) => kind)).toEqual(['minimum']);
  for (const coordinate of points[0]!.x) expect(coordinate).toBeCloseTo(1 / Math.E, 12);
});

test('work is bounded, and what is left over is admitted', () => {
  const problem = problemOf(levi);
  let calls = 0;
  const counted: Problem = {
    ...problem,
    value: (x) => problem.value(x),
    hessian(x) {
      calls++;
      return problem.hessian(x);
    },
    valueAndGradient(x, g) {
      calls++;
      return problem.valueAndGradient(x, g);
    },
  };
  const { complete, points } = landmarks(counted, { x: [-10, 10], y: [-10, 10] });
  expect(complete).toBe(false);
  expect(points.length).toBeGreaterThan(100);
  expect(calls).toBeLessThan(450_000);
});

test('two runs are identical', () => {
  const run = () => landmarks(problemOf(peaks), { x: [-3, 3], y: [-3, 3] });
  expect(run()).toEqual(run());
});

test('one variable, or a window that does not ascend, is a mistake of the caller', () => {
  const window = { x: [0, 1], y: [0, 1] } as const;
  expect(() => criticalPoints(problemOf('x^2'), window)).toThrow(RangeError);
  expect(() => criticalPoints(problemOf('x + y'), { ...window, x: [1, 1] })).toThrow(RangeError);
});
