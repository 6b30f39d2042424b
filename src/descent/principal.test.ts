import { expect, test } from 'vitest';
import { principalPlane } from './principal.ts';

const path = (points: readonly (readonly number[])[]) => ({
  length: points.length,
  x: Float64Array.from(points.flat()),
});

test('a path in a tilted plane lies in its principal plane, in few variables and in many', () => {
  for (const n of [3, 7, 300]) {
    // Two orthogonal directions, the first with the larger spread.
    const a = Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 1 : 0));
    const b = Array.from({ length: n }, (_, i) => (i % 2 === 1 ? 1 : 0));
    const points = Array.from({ length: 40 }, (_, k) =>
      a.map((one, i) => 5 + 9 * Math.cos(k) * one + 2 * Math.sin(k) * b[i]!),
    );
    const { u, v, share } = principalPlane(path(points), n);
    expect(share).toBeCloseTo(1, 12);
    const [sizeA, sizeB] = [Math.hypot(...a), Math.hypot(...b)];
    for (const [i, value] of u.entries()) expect(value).toBeCloseTo(a[i]! / sizeA, n === 300 ? 2 : 1);
    const inPlane = (w: Float64Array) =>
      Math.hypot(
        w.reduce((sum, value, i) => sum + (value * a[i]!) / sizeA, 0),
        w.reduce((sum, value, i) => sum + (value * b[i]!) / sizeB, 0),
      );
    expect(inPlane(u)).toBeCloseTo(1, 10);
    expect(inPlane(v)).toBeCloseTo(1, 8);
    expect(u.reduce((sum, value, i) => sum + value * v[i]!, 0)).toBeCloseTo(0, 12);
  }
});

test('a straight path and a path of one point have a plane too', () => {
  const straight = principalPlane(
    path([
      [0, 0, 0],
      [0, 2, 0],
      [0, 5, 0],
    ]),
    3,
  );
  expect([...straight.u]).toEqual([0, 1, 0]);
  expect([...straight.v]).toEqual([1, 0, 0]);
  expect(straight.share).toBe(1);
  const still = principalPlane(path([[4, 4, 4]]), 3);
  expect([...still.u]).toEqual([1, 0, 0]);
  expect([...still.v]).toEqual([0, 1, 0]);
});
