import { expect, test } from 'vitest';
import { quadratic, rosenbrock } from './handmade.ts';
import { measuredRate } from './rate.ts';
import { descend } from './run.ts';

const norms = (run: { length: number; gradient: Float64Array }) =>
  Array.from({ length: run.length }, (_, k) => Math.hypot(run.gradient[2 * k]!, run.gradient[2 * k + 1]!));

test('gradient descent on a quadratic is linear with the ratio max |1 − αλ|', () => {
  const valley = quadratic([
    [1, 0],
    [0, 25],
  ]);
  const run = descend(valley, { method: 'gd', params: { lr: 0.05 }, start: [6, 1], steps: 400 });
  const rate = measuredRate(norms(run))!;
  expect(rate.kind).toBe('linear');
  expect(rate.ratio).toBeCloseTo(0.95, 3);
});

test('Newton’s method ends quadratically', () => {
  const run = descend(rosenbrock, { method: 'newton-damped', start: [-1.2, 1], steps: 100, tol: 1e-10 });
  expect(measuredRate(norms(run).slice(-5))!.kind).toBe('quadratic');
});

test('known sequences have their known rates', () => {
  const sequence = (length: number, of: (k: number) => number) => Array.from({ length }, (_, k) => of(k));
  expect(measuredRate(sequence(6, (k) => 0.5 ** (2 ** k)))).toMatchObject({ kind: 'quadratic', order: 2 });
  expect(measuredRate(sequence(12, (k) => 0.9 ** (1.5 ** k)))).toMatchObject({ kind: 'superlinear' });
  expect(measuredRate(sequence(30, (k) => 3 * 0.8 ** k))!.ratio).toBeCloseTo(0.8, 12);
  expect(measuredRate(sequence(2000, (k) => 1 / (k + 1)))!.kind).toBe('sublinear');
  expect(measuredRate([1, 2, 4, 8])).toBeUndefined();
  expect(measuredRate([1, 0.5])).toBeUndefined();
});
