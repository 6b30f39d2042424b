import { expect, test } from 'vitest';
import { project } from './projection.ts';
import { pinched, scaled } from './useGestures.ts';

const before = project({ x: [-2, 2], y: [0, 4] }, 400, 400);

test('two fingers that move alike move the window', () => {
  const window = pinched(
    before,
    [
      [100, 100],
      [300, 100],
    ],
    [
      [140, 180],
      [340, 180],
    ],
  );
  // 100 pixels are 1; the picture follows the fingers, so the window goes the other way, and up.
  expect(window.x[0]).toBeCloseTo(-2.4);
  expect(window.x[1]).toBeCloseTo(1.6);
  expect(window.y[0]).toBeCloseTo(0.8);
  expect(window.y[1]).toBeCloseTo(4.8);
});

test('fingers twice as far apart show half as much, and what was under them stays under them', () => {
  const window = pinched(
    before,
    [
      [150, 100],
      [250, 100],
    ],
    [
      [100, 100],
      [300, 100],
    ],
  );
  expect(window.x[1] - window.x[0]).toBeCloseTo(2);
  expect(window.y[1] - window.y[0]).toBeCloseTo(2);
  const after = project(window, 400, 400);
  expect(after.toAxes([100, 100])[0]).toBeCloseTo(before.toAxes([150, 100])[0]);
  expect(after.toAxes([100, 100])[1]).toBeCloseTo(before.toAxes([150, 100])[1]);
});

test('scaling about a place leaves it where it is', () => {
  const window = scaled(before, [100, 300], 0.5);
  expect(window).toEqual({ x: [-1.5, 0.5], y: [0.5, 2.5] });
  expect(project(window, 400, 400).toAxes([100, 300])).toEqual(before.toAxes([100, 300]));
});
