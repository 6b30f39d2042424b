import { expect, test } from 'vitest';
import { fromLink, type Range } from '../setup.ts';
import type { Result } from './protocol.ts';
import { createSolver } from './solve.ts';

function resultOf(link: string, aspect = 1): Result {
  const resolution = { columns: 5, rows: 5, arrows: 2, aspect };
  const steps = createSolver().answer({ kind: 'solve', id: 1, setup: fromLink(link).setup, resolution });
  let step = steps.next();
  while (!step.done) step = steps.next();
  if (step.value.kind !== 'result') throw new Error(JSON.stringify(step.value));
  return step.value.result;
}

const size = ([min, max]: Range) => max - min;
const isIn = (value: number, [min, max]: Range) => value > min && value < max;

function expectSeen({ field }: Result, points: readonly (readonly [number, number])[]): void {
  for (const [x, y] of points) {
    expect(isIn(x, field.x), `${x} in ${field.x}`).toBe(true);
    expect(isIn(y, field.y), `${y} in ${field.y}`).toBe(true);
  }
}

test('the window shows the start, the path and the minimum that it goes to', () => {
  const result = resultOf('f=(x-7)^2+(y+2)^2&start=1,1&lr=0.01&steps=5');
  expectSeen(result, [
    [1, 1],
    [7, -2],
  ]);
  // And not much more.
  expect(size(result.field.x)).toBeLessThan(12);
});

test('both axes have the same scale, in the shape of the plot', () => {
  for (const aspect of [0.6, 1, 1.8]) {
    const { field } = resultOf('f=x^2+2y^2+x&start=3,2', aspect);
    expect(size(field.x) / size(field.y)).toBeCloseTo(aspect, 1);
  }
});

test('a path that diverges does not take the window with it', () => {
  const result = resultOf('f=x^2+3y^2&start=2,1&lr=1.2');
  expect(result.paths[0]?.outcome).toBe('diverged');
  expectSeen(result, [
    [2, 1],
    [0, 0],
  ]);
  expect(size(result.field.x)).toBeLessThan(50);
});

test('what flattens out for ever has no minimum to show', () => {
  for (const formula of ['1/x + y^2', 'exp(-x) + y^2', 'log(1+x^2)/x + y^2']) {
    const result = resultOf(`f=${formula}&start=2,1`);
    expectSeen(result, [[2, 1]]);
    expect(size(result.field.x), formula).toBeLessThan(30);
  }
});

test('beyond the minimum the function is seen to rise again', () => {
  expectSeen(resultOf('f=x^2+y^2&start=2,1'), [
    [-0.7, 0],
    [0, -0.3],
  ]);
});

test('along an axis on which nothing happens the scale is that of the other', () => {
  const { field } = resultOf('f=x*0+y&start=2,1');
  expect(size(field.x) / size(field.y)).toBeCloseTo(1, 1);
});

test('a start that nobody gave is one from which the usual rate does not diverge at once', () => {
  for (const formula of ['e^(x^2+y^2)', 'x^4+y^4'])
    expect(resultOf(`f=${formula}`).paths[0]?.outcome, formula).not.toBe('diverged');
});

test('nor does one that falls for ever', () => {
  const result = resultOf('f=a^2-b^2&start=1,0.1&steps=300');
  expectSeen(result, [[1, 0.1]]);
  expect(size(result.field.y)).toBeLessThan(30);
});

test('minima near the start are seen, though another method would go elsewhere', () => {
  const result = resultOf('f=(x^2-1)^2+2y^2&start=0.6,0.5');
  expectSeen(result, [
    [0.6, 0.5],
    [1, 0],
    [-1, 0],
  ]);
});

test('a start at the minimum still has a window around it', () => {
  const { field } = resultOf('f=x^2+5y^2&start=0,0');
  expect(size(field.x)).toBeGreaterThan(0.5);
  expect(size(field.x)).toBeLessThan(20);
});

test('a start far out is shown as far out as it is', () => {
  const result = resultOf('f=x^2+5y^2&start=1e6,-2e5');
  expectSeen(result, [
    [1e6, -2e5],
    [0, 0],
  ]);
});

test('the ends of the window are short to write', () => {
  const { field } = resultOf('f=(x-1/3)^2+(y-pi)^2&start=2.123456789,1.987654321');
  for (const end of [...field.x, ...field.y]) expect(String(end).length).toBeLessThan(9);
});

test('what the person set of the window stays', () => {
  const { field } = resultOf('f=x^2+y^2+x&x=3,4');
  expect(field.x).toEqual([3, 4]);
  expect(size(field.y)).toBeGreaterThan(0);
});

test('a start is found where the function has a value and a slope', () => {
  for (const formula of [
    'log(x)+sqrt(y)',
    '1/x+1/y',
    'log(x-15)+y^2',
    'exp(a)+b',
    'x^2+y^2+z^2',
    'p q r s t',
  ]) {
    const { start, paths, field } = resultOf(`f=${formula}`);
    expect(Number.isFinite(paths[0]?.f[0]), formula).toBe(true);
    expect(Math.hypot(...(paths[0]?.gradient.subarray(0, start.length) ?? [])), formula).toBeGreaterThan(0);
    expect(field.values.some(Number.isFinite), formula).toBe(true);
  }
});

test('a function without any value is answered all the same', () => {
  const { paths, field } = resultOf('f=sqrt(-1-x^2)+y');
  expect(paths[0]?.outcome).toBe('left the domain');
  expect(field.values.every(Number.isNaN)).toBe(true);
});
