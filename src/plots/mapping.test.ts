import { expect, test } from 'vitest';
import { circleRadius, ellipse, pathOf, planeView, spaceView } from './mapping.ts';

test('a plane has the same scale on both axes, and pixels lead back', () => {
  const view = planeView({ x: [-2, 2], y: [0, 1] }, 400);
  expect(view.scale).toEqual([100, 100]);
  expect(view.toPixels([0, 0.5])).toEqual([200, 200]);
  expect(view.toPlane(view.toPixels([1.25, 0.75]))).toEqual([1.25, 0.75]);
  const long = planeView({ x: [0, 100], y: [0, 1] }, 400);
  expect(long.scale).toEqual([4, 400]);
});

test('the image of the unit circle has the singular values as its half axes', () => {
  // J = [[3, 0], [0, 0.5]].
  const points = ellipse([1, 2], [3, 0, 0, 0.5], 2, 1);
  const distances = Array.from({ length: 73 }, (_, k) =>
    Math.hypot(points[2 * k]! - 1, points[2 * k + 1]! - 2),
  );
  expect(Math.max(...distances)).toBeCloseTo(3, 10);
  expect(Math.min(...distances)).toBeCloseTo(0.5, 10);
});

test('a path lifts the pen where there is no place', () => {
  const path = pathOf([0, 0, 1, 1, Number.NaN, 0, 2, 2, 3, 3], 2, ([a, b]) => [a!, b!], 100);
  expect(path).toBe('M0.0 0.0L1.0 1.0M2.0 2.0L3.0 3.0');
});

test('the circle is round in its radius and fits its window', () => {
  expect(circleRadius({ x: [-2, 2], y: [-2, 2] })).toBe(1);
  expect(circleRadius({ x: [-500, 500], y: [-500, 500] })).toBe(200);
  expect(circleRadius({ x: [0, 0.01], y: [0, 0.01] })).toBeCloseTo(0.002, 12);
});

test('seen from above, space shows its first two axes', () => {
  const line = {
    fixed: -1,
    value: 0,
    domain: new Float64Array(),
    image: Float64Array.of(-1, -1, 0, 1, 1, 0),
  };
  const { project } = spaceView([line], { turn: 0, tilt: 90 }, 100);
  const [left, top] = project([0, 0, 5]);
  expect(left).toBeCloseTo(50, 10);
  expect(top).toBeCloseTo(50, 10);
  expect(project([1, 0, 0])[0]).toBeGreaterThan(50);
  expect(project([0, 1, 0])[1]).toBeLessThan(50);
});
