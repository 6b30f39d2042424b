import { expect, test } from 'vitest';
import { createProblem, descend } from '../../engine.ts';
import { stabilityOf } from './stability.ts';

/** The distance from the minimum of ½λx² after many steps. */
function distance(method: string, params: Record<string, number>, lambda: number, steps: number): number {
  const created = createProblem(`${lambda}/2 x^2`);
  if ('error' in created) throw new Error(created.error.message);
  const run = descend(created.problem, { method, start: [1], params, steps, tol: 0 });
  const x = run.x.at(-1)!;
  return Number.isFinite(x) && run.length === steps + 1 ? Math.abs(x) : Number.POSITIVE_INFINITY;
}

const cases = [
  { method: 'gd', params: {} },
  { method: 'gd', params: { weightDecay: 0.5 } },
  { method: 'momentum', params: {} },
  { method: 'momentum', params: { momentum: 0.5, dampening: 0.3 } },
  { method: 'nesterov', params: {} },
  { method: 'nesterov', params: { momentum: 0.4 } },
];

test.each(cases)('just below its limit $method $params comes nearer, just above it leaves', (run) => {
  const lambda = 3;
  const limit = stabilityOf(run)!.limit(lambda);
  expect(distance(run.method, { ...run.params, lr: 0.97 * limit }, lambda, 2000)).toBeLessThan(1e-3);
  expect(distance(run.method, { ...run.params, lr: 1.03 * limit }, lambda, 2000)).toBeGreaterThan(1e3);
});

test.each(cases)('the factor of $method $params is what a long run shrinks by per step', (run) => {
  for (const lr of [0.02, 0.3]) {
    const params = { ...run.params, lr };
    const { factor } = stabilityOf({ method: run.method, params })!;
    const steps = 200;
    // Two distances far down the run, averaged over many steps where it turns about.
    const measured =
      (distance(run.method, params, 0.7, 2 * steps) / distance(run.method, params, 0.7, steps)) **
      (1 / steps);
    expect(Math.abs(measured - factor(0.7))).toBeLessThan(0.02);
  }
});

test('the best known: 2/λ for plain descent, four times that for momentum 1 in the limit', () => {
  expect(stabilityOf({ method: 'gd', params: {} })!.limit(1001.6)).toBe(2 / 1001.6);
  expect(stabilityOf({ method: 'momentum', params: { momentum: 0.5 } })!.limit(1)).toBe(3);
  expect(stabilityOf({ method: 'gd', params: {} })!.limit(-1)).toBe(Number.POSITIVE_INFINITY);
});

test('other methods have no such limit', () => {
  expect(stabilityOf({ method: 'adam', params: {} })).toBeUndefined();
  expect(stabilityOf({ method: 'newton', params: {} })).toBeUndefined();
  expect(stabilityOf({ method: 'gd', params: { lr: 'fast' } })).toBeUndefined();
});
