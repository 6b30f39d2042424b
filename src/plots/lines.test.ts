import { expect, test } from 'vitest';
import { levelLines } from './lines.ts';

test('the level lines of a distance are circles', () => {
  const size = 61;
  const distance = (column: number, row: number) => Math.hypot(column - 30, row - 30);
  const heights = Float64Array.from({ length: size * size }, (_, at) =>
    distance(at % size, Math.floor(at / size)),
  );
  const segments = levelLines(heights, size, size, { start: 5, end: 25, size: 5 });
  let length = 0;
  for (let at = 0; at < segments.length; at += 4) {
    const [x0, y0, x1, y1] = segments.slice(at, at + 4) as [number, number, number, number];
    const radius = distance(x0, y0);
    expect(Math.abs(radius - 5 * Math.round(radius / 5))).toBeLessThan(0.05);
    length += Math.hypot(x1 - x0, y1 - y0);
  }
  // Circumferences of radius 5, 10, 15, 20 and 25.
  expect(Math.abs(length / (2 * Math.PI * 75) - 1)).toBeLessThan(0.01);
});

test('no line is drawn where a value is missing', () => {
  const heights = Float64Array.of(0, 1, Number.NaN, 1);
  expect(levelLines(heights, 2, 2, { start: 0.5, end: 1, size: 1 })).toEqual([]);
});
