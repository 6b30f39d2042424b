import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createProblem } from '../src/descent/createProblem.ts';

const formulas = JSON.parse(
  readFileSync(new URL('./oracle/benchmarks.json', import.meta.url), 'utf8'),
) as Record<string, { vars: string[]; expr: string; at: number[] }>;

/** Texts by what their code does: parts that depend on one axis, on none, on both; branches; calls in lanes. */
const texts: readonly (readonly [text: string, n: number])[] = [
  ['exp(300x) + 0*y', 2],
  ['sin(y) + 0*x', 2],
  ['0*x + 0*y + 3', 2],
  ['if(x < y, log(x), if(y < 0, sign(x), max(x, y)))', 2],
  ['x^y', 2],
  ['(x/(1 + y^2))/(y/(2 + x^2))', 2],
  ['a = 2; exp(-a*x^2) + round(y) + |x - y|', 2],
  ['z^2 + x*y', 3],
  ['atan2(y, x) + mod(x, 0.7) + tanh(x*y)', 2],
  ...Object.values(formulas).map(({ expr, vars }) => [expr, vars.length] as const),
];

test.each(texts)('a lattice holds the values at its points: %s', (text, n) => {
  const created = createProblem(text);
  if ('error' in created) throw new Error(created.error.message);
  const { problem } = created;
  const at = Float64Array.from({ length: n }, (_, k) => 0.3 + 0.01 * k);
  for (const [columns, rows] of [
    [40, 20],
    [7, 5],
  ] as const) {
    const lattice = problem.grid([0, 1], at, [-3, 3], [-2, 2.5], columns, rows);
    const point = Float64Array.from(at);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        point[0] = column === columns - 1 ? 3 : -3 + (column * 6) / (columns - 1);
        point[1] = row === rows - 1 ? 2.5 : -2 + (row * 4.5) / (rows - 1);
        const expected = problem.value(point);
        const got = lattice[row * columns + column]!;
        const same = Object.is(got, expected) || got === expected;
        const near = Math.abs(got - expected) <= 1e-13 * Math.max(1, Math.abs(expected));
        expect(same || near, `${text} at ${point}: ${got}, not ${expected}`).toBe(true);
      }
    }
  }
});

test('one variable gives a row, and the axes may be any two', () => {
  const created = createProblem('x^2 + 10y + 100z');
  if ('error' in created) throw new Error(created.error.message);
  const at = Float64Array.of(1, 2, 3);
  expect(Array.from(created.problem.grid([2, 0], at, [0, 1], [1, 2], 2, 2))).toEqual([21, 121, 24, 124]);
  const curve = createProblem('x^2');
  if ('error' in curve) throw new Error(curve.error.message);
  expect(Array.from(curve.problem.grid([0, 0], Float64Array.of(0), [0, 2], [0, 2], 3, 1))).toEqual([0, 1, 4]);
});
