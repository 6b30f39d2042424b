import { expect, test } from 'vitest';
import { createProblem } from '../engine.ts';
import type { Field } from '../worker/protocol.ts';
import { modelAt, modelOnPlane } from './localModel.ts';

function derivatives(formula: string, at: readonly number[]) {
  const created = createProblem(formula);
  if ('error' in created) throw new Error(created.error.message);
  const { problem } = created;
  const x = Float64Array.from(at);
  return {
    problem,
    known: { at: x, f: problem.value(x), gradient: problem.gradient(x), hessian: problem.hessian(x) },
  };
}

const none = new Float64Array(0);
const field: Field = {
  key: '',
  x: [0, 1],
  y: [0, 1],
  columns: 0,
  rows: 0,
  at: none,
  values: none,
  arrows: { columns: 0, rows: 0, u: none, v: none },
};

test('of a polynomial of degree two the quadratic model is the function, the linear one its tangent plane', () => {
  const { problem, known } = derivatives('3x^2 - 4x*y + y^2 + x - 7', [2, -1]);
  const model = modelOnPlane({ axes: [0, 1], field }, known);
  for (const [x, y] of [
    [0, 0],
    [5, 3],
    [-2, 8],
  ] as const) {
    expect(modelAt(model, 2, x, y)).toBeCloseTo(problem.value(Float64Array.of(x, y)), 10);
  }
  // ∇f(2, −1) = (6·2 + 4 + 1, −8 − 2) = (17, −10).
  expect(modelAt(model, 1, 3, -1) - modelAt(model, 1, 2, -1)).toBeCloseTo(17, 10);
});

test('on other axes, and on a slanted plane, it is the function along the plane', () => {
  const { problem, known } = derivatives('x^2 + 2y^2 + 3z^2 + x*y - y*z', [1, 2, 3]);
  const turned = modelOnPlane({ axes: [2, 0], field }, known);
  expect(modelAt(turned, 2, -1, 4)).toBeCloseTo(problem.value(Float64Array.of(4, 2, -1)), 10);

  const r = Math.SQRT1_2;
  const plane = {
    origin: Float64Array.of(0, 1, 2),
    u: Float64Array.of(r, r, 0),
    v: Float64Array.of(0, 0, 1),
    share: 1,
  };
  const slanted = modelOnPlane({ axes: [0, 1], field: { ...field, plane } }, known);
  // The point lies over (√2, 1), and 2 further along u at (1 + √2, 2 + √2, 3).
  expect(modelAt(slanted, 2, Math.SQRT2 + 2, 1)).toBeCloseTo(
    problem.value(Float64Array.of(1 + Math.SQRT2, 2 + Math.SQRT2, 3)),
    10,
  );
});

test('of one variable it is the parabola', () => {
  const { known } = derivatives('x^3', [2]);
  const model = modelOnPlane({ axes: [0, 0], field }, known);
  // 8 + 12·0.5 + 6·0.25.
  expect(modelAt(model, 2, 2.5, 0)).toBeCloseTo(15.5, 12);
});
