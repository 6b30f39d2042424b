import { expect, test } from 'vitest';
import { type Form, inverseSection, levels, section, semiAxes } from './inner.ts';

const at = ([a, b, d]: Form, [u, v]: readonly [number, number]) => a * u * u + 2 * b * u * v + d * v * v;

test.each<Form>([
  [1, 0, 25],
  [2, 1.5, 3],
  [1330, 480, 200],
  [0.001, 0, 4e6],
])('on its ellipse the form %d %d %d is 1', (...form) => {
  const { positive, negative } = levels(form);
  expect(negative).toEqual([]);
  for (const place of positive[0]!) expect(at(form, place)).toBeCloseTo(1, 6);
});

test('an indefinite form has two branches where it is 1 and two where it is −1', () => {
  const form = [1, 2, -3] as const;
  const { positive, negative } = levels(form);
  for (const place of positive.flat()) expect(at(form, place)).toBeCloseTo(1, 6);
  for (const place of negative.flat()) expect(at(form, place)).toBeCloseTo(-1, 6);
  expect([positive.length, negative.length]).toEqual([2, 2]);
});

test('the ellipse of ½wᵀdiag(1, 25)w is five times as long as wide', () => {
  expect(semiAxes([1, 0, 25])).toEqual([0.2, 1]);
  expect(semiAxes([1, 0, -25])).toBeUndefined();
});

test('a section of an inverse is that of the inverse matrix', () => {
  // The inverse of the Hilbert matrix of order 3.
  const hilbert = Float64Array.of(1, 1 / 2, 1 / 3, 1 / 2, 1 / 3, 1 / 4, 1 / 3, 1 / 4, 1 / 5);
  const form = inverseSection(hilbert, 3, [0, 2])!;
  [9, 30, 180].forEach((value, i) => {
    expect(form[i]).toBeCloseTo(value, 8);
  });
  expect(section(hilbert, 3, [1, 2])).toEqual([1 / 3, 1 / 4, 1 / 5]);
  expect(inverseSection(new Float64Array(4), 2, [0, 1])).toBeUndefined();
});
