import { expect, test } from 'vitest';
import { chooseLevels, type Levels } from './levels.ts';

const lattice = (f: (x: number, y: number) => number, reach = 2, size = 81): Float64Array =>
  Float64Array.from({ length: size * size }, (_, at) => {
    const on = (index: number) => -reach + (2 * reach * index) / (size - 1);
    return f(on(at % size), on(Math.floor(at / size)));
  });

const lines = ({ start, end, size }: Levels): number => Math.floor((end - start) / size) + 1;

test('a bowl has even levels with round numbers', () => {
  const levels = chooseLevels(lattice((x, y) => x * x + y * y));
  expect(levels.kind).toBe('linear');
  expect(levels.size).toBe(0.5);
  expect(levels.height(3)).toBe(3);
  expect(levels.ticks.map(({ text }) => text)).toEqual(['0', '2', '4', '6', '8']);
});

test('a valley between high walls has levels that are even in the logarithm', () => {
  const levels = chooseLevels(lattice((x, y) => (1 - x) ** 2 + 100 * (y - x * x) ** 2));
  expect(levels.kind).toBe('logarithmic');
  expect(levels.ticks.map(({ text }) => text)).toContain('100');
  for (const { height, text } of levels.ticks) expect(levels.height(Number(text))).toBeCloseTo(height, 9);
});

test('ticks of a function that bottoms out above zero carry its true values', () => {
  const goldsteinPrice = (x: number, y: number) =>
    (1 + (x + y + 1) ** 2 * (19 - 14 * x + 3 * x * x - 14 * y + 6 * x * y + 3 * y * y)) *
    (30 + (2 * x - 3 * y) ** 2 * (18 - 32 * x + 12 * x * x + 48 * y - 36 * x * y + 27 * y * y));
  const levels = chooseLevels(lattice(goldsteinPrice), 3);
  expect(levels.kind).toBe('logarithmic');
  for (const { text } of levels.ticks)
    expect(Number(text.replace(/·?10<sup>(\d+)<\/sup>/, 'e$1').replace(/^e/, '1e'))).toBeGreaterThan(3);
});

test('poles to both sides leave the middle readable', () => {
  const levels = chooseLevels(lattice((x) => 1 / (x + 0.025)));
  expect(levels.kind).toBe('symmetric');
  expect(levels.height(-0.5)).toBeLessThan(levels.height(0));
  expect(levels.height(0)).toBeLessThan(levels.height(0.5));
});

test.each([
  ['a bowl', (x: number, y: number) => x * x + y * y],
  ['a steep wall', (x: number, y: number) => Math.exp(8 * x) + y * y],
  ['a saddle', (x: number, y: number) => x * x - y * y],
  ['a plane', (x: number) => x],
  ['tiny values', (x: number, y: number) => 1e-30 * (x * x + y * y)],
  ['huge values', (x: number, y: number) => 1e80 * (x ** 4 + y ** 4)],
])('%s has between 5 and 40 lines', (_, f) => {
  const count = lines(chooseLevels(lattice(f)));
  expect(count).toBeGreaterThanOrEqual(5);
  expect(count).toBeLessThanOrEqual(40);
});

test('what has no values, or only one, still has levels', () => {
  for (const values of [[], [Number.NaN], [7, 7, 7], [Number.POSITIVE_INFINITY, 1]]) {
    const { start, end, size } = chooseLevels(values);
    expect(end).toBeGreaterThan(start);
    expect(size).toBeGreaterThan(0);
  }
});

test('a place without a value has no height', () => {
  const levels = chooseLevels(lattice((x, y) => (1 - x) ** 2 + 100 * (y - x * x) ** 2));
  expect(levels.height(Number.NaN)).toBeNaN();
});
