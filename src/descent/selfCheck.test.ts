import { expect, test } from 'vitest';
import oracle from '../../tests/oracle/derivatives.json';
import { createProblem } from './createProblem.ts';
import type { Problem } from './problem.ts';
import { selfCheck } from './selfCheck.ts';

const problemOf = (formula: string): Problem => {
  const made = createProblem(formula);
  if ('error' in made) throw new Error(`${formula}: ${made.error.message}`);
  return made.problem;
};
const check = (formula: string, ...x: number[]) => selfCheck(problemOf(formula), Float64Array.from(x));

test.each([
  { formula: '(1-x)^2 + 100(y - x^2)^2', at: [-1.2, 1] },
  { formula: 'sin(x)cos(y) + exp(x*y)', at: [0.3, -0.7] },
  { formula: 'log(x) + 1/y', at: [0.001, 5] },
  { formula: 'x^2', at: [0] },
  { formula: '1e9 x^4 + 1e-9 y', at: [3, 1] },
  { formula: 'sum(100(x[i+1] - x[i]^2)^2 + (1 - x[i])^2, i = 1..9)', at: Array(10).fill(0.4) },
  { formula: '[x*y, x + sin(y), x^2]', at: [1, 2] },
])('$formula at $at: rules and differences agree, closely', ({ formula, at }) => {
  const result = check(formula, ...at);
  expect(result.kind).toBe('agrees');
  if (!('comparisons' in result)) return;
  for (const { deviation, steps, entries } of result.comparisons) {
    expect(deviation).toBeLessThan(1e-7);
    expect(steps[0]).toBeGreaterThan(steps[1]);
    expect(entries % at.length).toBe(0);
  }
});

test('what was compared is named, the Jacobian for vector functions', () => {
  const whats = (formula: string) => {
    const result = check(formula, 1, 2);
    return 'comparisons' in result ? result.comparisons.map(({ what, entries }) => `${what} ${entries}`) : [];
  };
  expect(whats('x*y^2')).toEqual(['gradient 2', 'hessian 4']);
  expect(whats('[x*y, x + y, y]')).toEqual(['gradient 2', 'hessian 4', 'jacobian 6']);
});

test('the oracle’s smooth functions agree at most of their points, and none is called wrong', () => {
  let agree = 0;
  let points = 0;
  for (const { text, vars, kinks, points: at } of oracle.cases) {
    if (kinks || vars.length > 4) continue;
    const problem = problemOf(`f(${vars.join(', ')}) = ${text}`);
    for (const { x } of at.slice(0, 2)) {
      const result = selfCheck(problem, Float64Array.from(x));
      expect(result.kind, `${text} at ${x}: ${JSON.stringify(result)}`).not.toBe('differs');
      points++;
      if (result.kind === 'agrees') agree++;
    }
  }
  expect(agree).toBeGreaterThan(0.9 * points);
});

test.each([
  { spoiled: 'gradient' as const, at: [0, 1] },
  { spoiled: 'hessian' as const, at: [0, 1] },
])('a wrong $spoiled is found, with its place', ({ spoiled, at }) => {
  const problem = problemOf('x^2*y + sin(y)');
  const wrong: Problem = Object.assign(Object.create(problem), {
    [spoiled]: (x: Float64Array) =>
      problem[spoiled](x).map((entry, k) => (k === 1 ? entry * 1.00001 : entry)),
  });
  const result = selfCheck(wrong, Float64Array.of(1.1, 0.6));
  expect(result.kind).toBe('differs');
  if (!('comparisons' in result)) return;
  const worst = result.comparisons.find(({ what }) => what === spoiled)!;
  expect(worst.at).toEqual(at);
  expect(worst.deviation).toBeGreaterThan(1e-6);
});

test.each([
  { formula: 'abs(x) + y', at: [0, 1] },
  { formula: 'max(x, y)', at: [1, 1] },
  { formula: 'floor(x) + y', at: [2, 1] },
  { formula: 'sqrt(x) + y', at: [0, 1] },
  { formula: 'log(x) + y', at: [-1, 1] },
  { formula: 'relu(x)^2 + y', at: [0, 1] },
  { formula: 'huber(x) + y', at: [1, 1] },
])('$formula at $at cannot be checked, and says so', ({ formula, at }) => {
  const result = check(formula, ...at);
  expect(result.kind).toBe('cannot be checked here');
  if ('reason' in result) expect(result.reason).toMatch(/^[A-Z].*\.$/);
});

test('beside a kink and near the domain’s end it still agrees', () => {
  expect(check('abs(x) + y', 0.01, 1).kind).toBe('agrees');
  expect(check('sqrt(x) + y', 0.015, 1).kind).toBe('agrees');
});
