import { expect, test } from 'vitest';
import { needs } from './costs.ts';

/** Additions, subtractions, multiplications and divisions of Gaussian elimination without exchanges, counted. */
function eliminationOperations(n: number): number {
  let count = 0;
  for (let k = 0; k < n; k += 1) {
    for (let i = k + 1; i < n; i += 1) {
      count += 1;
      for (let j = k + 1; j < n; j += 1) count += 2;
    }
  }
  return count;
}

test('the operations of the factors are those of elimination, up to lower powers of n', () => {
  for (const n of [10, 100, 300]) {
    const factors = needs(n, 10).find(({ name }) => name === 'Its factors')!;
    const solves = 2 * n * n;
    expect(Math.abs(factors.work[1] - solves - eliminationOperations(n))).toBeLessThan(n * n);
  }
});

test('L-BFGS needs less than the Hessian exactly when there are more than 2m variables', () => {
  const numbers = (n: number, name: RegExp) => needs(n, 10).find((need) => name.test(need.name))!.stored[1];
  expect(numbers(20, /L-BFGS/)).toBe(numbers(20, /Hessian/));
  expect(numbers(21, /L-BFGS/)).toBeLessThan(numbers(21, /Hessian/));
});
