import { expect, test } from 'vitest';
import { answerOf, asked } from './asked.testing.ts';
import { point } from './point.ts';

const at = (formula: string, ...place: number[]) =>
  answerOf(point.run(asked(`f=${formula}&start=1,1&x=0,2&y=0,2`, { at: Float64Array.from(place) }), {}));

test('f and its gradient at any point', () => {
  // ∇(x²y) = (2xy, x²)
  const { f, gradient } = at('x^2 y', 3, 2);
  expect(f).toBe(18);
  expect([...gradient]).toEqual([12, 9]);
});

test('where f has no value there is no gradient either', () => {
  const { f, gradient } = at('log(x) + y^2', -1, 2);
  expect(f).toBeNaN();
  expect([...gradient]).toEqual([Number.NaN, Number.NaN]);
});
