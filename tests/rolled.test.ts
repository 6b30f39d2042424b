import { expect, test } from 'vitest';
import { createProblem } from '../src/descent/createProblem.ts';

const series = (count: number, seed: number): number[] =>
  Array.from({ length: count }, (_, k) => Number(Math.sin(seed + k * 1.7).toFixed(3)));
const data = (count: number, seed: number): string => `[${series(count, seed).join(', ')}]`;

/** Long sums run as loops in WebAssembly and as straight code in the interpreter: two ways to one number. */
const texts: readonly (readonly [what: string, text: string, n: number])[] = [
  ['neighbours gathered', 'sum(100(x[i+1]-x[i]^2)^2 + (1-x[i])^2, i = 1..59)', 60],
  ['a mean over data', `X = ${data(80, 1)}; Y = ${data(80, 2)}; mean((w*X + b - Y)^2)`, 2],
  ['a root of a mean, whose weight depends on the sum', `X = ${data(80, 1)}; sqrt(mean((w*X + b)^2) + 1)`, 2],
  ['a root of a sum of gathered variables', 'sqrt(1 + sum(x[i]^2, i = 1..40))', 40],
  ['every second variable', 'sum((x[2i] - x[2i-1])^4, i = 1..30)', 60],
  ['variables in no order', 'sum(x[mod(7i, 31) + 1]*x[i]^2, i = 1..30)', 31],
  ['a parameter and a shared part', `a = 0.3; X = ${data(50, 3)}; sum(log(1 + exp(a*X*exp(w) - b)))`, 2],
  ['a fixed variable that is also gathered', 'sum(x[1]*x[i]^3, i = 1..30)', 30],
  [
    'a mean with a penalty',
    `X = ${data(60, 4)}; mean(log(1 + exp(-(a + b*X + c*X^2)))) + 0.1*(a^2 + b^2*c)`,
    3,
  ],
  ['two sums in one function', `X = ${data(40, 3)}; sum(exp(w*X)) * sum((b - X)^2)`, 2],
  ['differences of sums', 'sum(x[i]^2, i = 1..30) - sum(sin(x[i]), i = 1..30) + x1', 30],
];

test.each(texts)('%s', (_, text, n) => {
  const problems = (['wasm', 'tape'] as const).map((backend) => {
    const created = createProblem(text, {}, { backend });
    if ('error' in created) throw new Error(created.error.message);
    return created.problem;
  });
  const [loops, straight] = problems as [(typeof problems)[0], (typeof problems)[0]];
  expect(loops.variables).toHaveLength(n);
  const x = Float64Array.from(series(n, 0.4));
  const one = new Float64Array(n);
  const other = new Float64Array(n);
  const f = loops.valueAndGradient(x, one);
  const g = straight.valueAndGradient(x, other);
  const size = Math.max(...other.map(Math.abs));
  expect(Math.abs(f - g)).toBeLessThanOrEqual(1e-13 * Math.abs(g));
  expect(loops.value(x)).toBe(f);
  for (let k = 0; k < n; k++) expect(Math.abs(one[k]! - other[k]!)).toBeLessThanOrEqual(1e-13 * size);
  const hessian = loops.hessian(x);
  const reference = straight.hessian(x);
  const largest = Math.max(...reference.map(Math.abs));
  for (let k = 0; k < n * n; k++) {
    expect(Math.abs(hessian[k]! - reference[k]!)).toBeLessThanOrEqual(1e-12 * largest);
    expect(hessian[k]).toBe(hessian[(k % n) * n + Math.floor(k / n)]);
  }
  // Twice the same: nothing is left over from a call.
  expect(loops.valueAndGradient(x, one)).toBe(f);
  for (let k = 0; k < n; k++) expect(Math.abs(one[k]! - other[k]!)).toBeLessThanOrEqual(1e-13 * size);
});
