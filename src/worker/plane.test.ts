import { expect, test } from 'vitest';
import { alongPlane, distanceFromPlane, pointOnPlane } from '../plots/plane.ts';
import { defaultSetup, fromLink, type Setup, toLink } from '../setup.ts';
import { createSolver } from './solve.ts';

const resolution = { columns: 9, rows: 7, arrows: 4 };

function solve(setup: Partial<Setup>, look?: { run: number; step: number }) {
  const steps = createSolver().answer({
    kind: 'solve',
    id: 1,
    setup: { ...defaultSetup, ...setup },
    resolution,
    ...(look && { look }),
  });
  let step = steps.next();
  while (!step.done) step = steps.next();
  if (step.value.kind !== 'result') throw new Error(JSON.stringify(step.value));
  return step.value.result;
}

const bowl = { formula: 'x^2 + 2y^2 + 3z^2', start: [3, 2, 1] };
const f = ([x, y, z]: Float64Array) => x! ** 2 + 2 * y! ** 2 + 3 * z! ** 2;

test('the plane of two variables goes through the point that is looked at', () => {
  const { field } = solve({ ...bowl, x: [-4, 4], y: [-4, 4] }, { run: 0, step: 2 });
  // z after two steps at rate 0.1: 1·(1 − 0.6)².
  expect(field.at[2]).toBeCloseTo(0.16, 14);
  expect(field.values[0]).toBeCloseTo(16 + 2 * 16 + 3 * 0.16 ** 2, 12);
  expect(solve({ ...bowl, x: [-4, 4], y: [-4, 4] }).field.at[2]).toBe(1);
});

test('the plane of the path holds the current point and the values of f', () => {
  const result = solve({ ...bowl, axes: 'principal' }, { run: 0, step: 3 });
  const { field, paths } = result;
  const { origin, u, v, share } = field.plane!;
  expect(result.setup.axes).toBe('principal');
  expect(share).toBeGreaterThan(0.99);
  const point = paths[0]!.x.subarray(9, 12);
  expect(distanceFromPlane(result, point)).toBeLessThan(1e-12);
  expect([...u, ...v].every(Number.isFinite)).toBe(true);
  const at = (a: number, b: number) => origin.map((value, i) => value + a * u[i]! + b * v[i]!);
  expect(field.values[0]).toBeCloseTo(f(at(field.x[0], field.y[0])), 10);
  expect(field.values.at(-1)).toBeCloseTo(f(at(field.x[1], field.y[1])), 10);
  // Moved within the plane, the start keeps its distance from it.
  const [h, v2] = alongPlane(result, result.start);
  const moved = pointOnPlane(result, [h + 1, v2 - 2], result.start);
  expect(distanceFromPlane(result, moved)).toBeCloseTo(distanceFromPlane(result, result.start), 12);
  expect(Math.hypot(...moved.map((value, i) => value - result.start[i]!))).toBeCloseTo(Math.sqrt(5), 12);
});

test('a link carries the plane of the path', () => {
  const { setup, notes } = fromLink('f=x+y+z&axes=principal');
  expect(notes).toEqual([]);
  expect(setup.axes).toBe('principal');
  expect(fromLink(toLink(setup, 0)).setup.axes).toBe('principal');
});

test('the start keeps its place on the path’s plane under a pointer that keeps still', () => {
  let start: readonly number[] = bowl.start;
  let result = solve({ ...bowl, axes: 'principal' });
  // Dragged to one place again and again, as while a pointer trembles.
  for (let k = 0; k < 12; k += 1) {
    start = pointOnPlane(result, [2, 1], result.start);
    result = solve({ ...bowl, start, axes: 'principal' });
  }
  expect(Math.hypot(...start)).toBeLessThan(2 * Math.hypot(...bowl.start));
});
