import { expect, test } from 'vitest';
import { drawnIndices, extentOf, linearTicks, logTicks, placeOn, tickTexts } from './ticks.ts';

test('ticks of a linear axis are round and within it', () => {
  expect(linearTicks([0, 50], 5)).toEqual([0, 10, 20, 30, 40, 50]);
  expect(linearTicks([-0.31, 0.3], 4)).toEqual([-0.2, 0, 0.2]);
  expect(linearTicks([0, 2], 8, true)).toEqual([0, 1, 2]);
  expect(linearTicks([0, 0.3], 3)).toEqual([0, 0.1, 0.2, 0.3]);
  expect(linearTicks([3, 3], 5)).toEqual([3]);
});

test('ticks of a logarithmic axis are powers of ten, finer where there are few', () => {
  expect(logTicks([1e-3, 1e2], 6)).toEqual([1e-3, 1e-2, 1e-1, 1, 10, 100]);
  expect(logTicks([1e-16, 1], 5)).toEqual([1e-15, 1e-10, 1e-5, 1]);
  expect(logTicks([0.9, 30], 6)).toEqual([1, 2, 5, 10, 20]);
  expect(logTicks([3, 4], 6)).toEqual([3, 3.5, 4]);
  expect(logTicks([1e-300, 1e100], 5)).toEqual([1e-300, 1e-200, 1e-100, 1, 1e100]);
});

test('labels of one axis are written in one manner', () => {
  expect(tickTexts([0.01, 0.1, 1, 10])).toEqual(['0.01', '0.1', '1', '10']);
  expect(tickTexts([1e-12, 1])).toEqual(['10⁻¹²', '10⁰']);
  expect(tickTexts([0, 2e7, -1e7])).toEqual(['0', '2·10⁷', '-10⁷']);
});

test('an axis shows what is finite, and a logarithmic one what is positive', () => {
  expect(extentOf([[1, Number.NaN, 3], [Number.POSITIVE_INFINITY]], 'linear', 0)).toEqual([1, 3]);
  expect(extentOf([[0, -1, 1e-4, 10]], 'log', 0)).toEqual([1e-4, 10]);
  expect(extentOf([[]], 'log')).toEqual([0.1, 10]);
  expect(extentOf([[2, 2]], 'linear')).toEqual([1, 3]);
});

test('a place on an axis reads back', () => {
  for (const scale of ['linear', 'log'] as const) {
    const { share, value } = placeOn([0.5, 200], scale);
    expect(share(0.5)).toBe(0);
    expect(share(200)).toBe(1);
    expect(value(share(7))).toBeCloseTo(7, 12);
  }
  expect(placeOn([0.5, 200], 'log').share(10)).toBeCloseTo(0.5, 12);
  expect(placeOn([1, 10], 'log').share(0)).toBeNaN();
});

test('a long line keeps its peaks, its ends and its gaps', () => {
  const count = 100_000;
  const height = (i: number) => (i === 777 ? 9 : i === 50_001 ? -9 : i === 60_000 ? Number.NaN : Math.sin(i));
  const kept = drawnIndices(count, (i) => (i / count) * 600, height);
  expect(kept.length).toBeLessThan(3200);
  expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
  for (const index of [0, 777, 50_001, 60_000, count - 1]) expect(kept).toContain(index);
});
