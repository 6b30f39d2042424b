import { describe, expect, test } from 'vitest';
import { createProblem } from '../src/descent/createProblem.ts';

function at(text: string, x: readonly number[], backend: 'wasm' | 'tape' = 'wasm') {
  const created = createProblem(text, {}, { backend });
  if ('error' in created) throw new Error(created.error.message);
  const { problem } = created;
  const point = Float64Array.from(x);
  return {
    f: problem.value(point),
    gradient: Array.from(problem.gradient(point)),
    hessian: Array.from(problem.hessian(point)),
  };
}
const NONE = Number.NaN;
const INF = Number.POSITIVE_INFINITY;

/** Text, point, value, gradient: by the definition of the derivative, or the stated convention at a kink. */
const table: readonly (readonly [text: string, x: number[], f: number, gradient: number[]])[] = [
  ['x^2', [0], 0, [0]],
  ['x^3', [-2], -8, [12]],
  ['x^-2', [-2], 0.25, [0.25]],
  ['x^2.0', [-1], 1, [-2]],
  ['x^0', [0], 1, [0]],
  ['x^1.5', [0], 0, [0]],
  ['x^1.5', [-1], NONE, [NONE]],
  ['(x^2)^0.5', [-3], 3, [-1]],
  ['sqrt(x^2)', [-3], 3, [-1]],
  ['sqrt(x^2)', [0], 0, [0]],
  ['sqrt(x^2 + y^2)', [3, -4], 5, [0.6, -0.8]],
  ['sqrt(x^2 + y^2)', [0, 0], 0, [0, 0]],
  ['norm([x, y])', [0, 0], 0, [0, 0]],
  ['hypot(x, y)', [3e200, -4e200], 5e200, [0.6, -0.8]],
  ['x*sqrt(x)', [0], 0, [0]],
  ['sqrt(x)^2', [0], 0, [1]],
  ['cbrt(x)^3', [0], 0, [1]],
  ['cbrt(x)', [-8], -2, [1 / 12]],
  ['(-8)^(1/3)*x', [1], NONE, [NONE]],
  ['x*sqrt(y)', [0, 0], 0, [0, 0]],
  ['x*sqrt(y)', [2, 0], 0, [0, INF]],
  ['sqrt(x)', [0], 0, [INF]],
  ['x^y', [0, 2], 0, [0, 0]],
  ['x^y', [0, 1.5], 0, [0, 0]],
  ['x^y', [2, 3], 8, [12, 8 * Math.LN2]],
  ['x*y*z', [0, 0, 5], 0, [0, 0, 0]],
  ['x*y*z', [0, 3, 5], 0, [15, 0, 0]],
  ['prod([x, y, z])', [0, 3, 5], 0, [15, 0, 0]],
  ['abs(x)', [0], 0, [0]],
  ['abs(x)', [-2], 2, [-1]],
  ['sign(x)*x', [-2], 2, [-1]],
  ['floor(x) + ceil(x) + round(x)', [1.3], 4, [0]],
  ['round(x)', [2.5], 2, [0]],
  ['mod(x, 3)', [-1], 2, [1]],
  ['mod(x, 1)', [1], 0, [1]],
  ['mod(7, x)', [-3], -2, [3]],
  ['max(x, y)', [2, 2], 2, [0.5, 0.5]],
  ['max(x, y, z)', [2, 2, 2], 2, [1 / 3, 1 / 3, 1 / 3]],
  ['min(x, y)', [1, 2], 1, [1, 0]],
  ['max(x, sqrt(y))', [1, 0], 1, [1, 0]],
  ['relu(x)', [0], 0, [0]],
  ['relu(x)', [3], 3, [1]],
  ['max(x, 0)', [0], 0, [0.5]],
  ['leakyrelu(x)', [-1], -0.01, [0.01]],
  ['huber(x)', [3], 2.5, [1]],
  ['huber(x)', [-0.5], 0.125, [-0.5]],
  ['if(x == 0, 1, sin(x)/x)', [0], 1, [0]],
  ['if(x > 0, x*log(x), 0)', [0], 0, [0]],
  ['if(x > 0, sqrt(x), x^2)', [-1], 1, [-2]],
  ['if(x < 0, 0, if(y > 0, log(y), x))', [1, 0], 1, [1, 0]],
  ['log(1 + exp(x))', [1000], 1000, [1]],
  ['log(1 + exp(x))', [-1000], 0, [0]],
  ['softplus(x)', [-40], Math.exp(-40), [Math.exp(-40)]],
  ['log(exp(x) + exp(y))', [1000, 1000], 1000 + Math.LN2, [0.5, 0.5]],
  ['logsumexp([x, y, z])', [-2000, -2000, -3000], -2000 + Math.LN2, [0.5, 0.5, 0]],
  ['1/(1 + exp(-x))', [-1000], 0, [0]],
  ['sigmoid(x)', [1000], 1, [0]],
  ['-log(1 - sigmoid(x))', [800], 800, [1]],
  ['tanh(x)', [400], 1, [0]],
  ['log(x)', [-1], NONE, [NONE]],
  ['atan2(y, x)', [0, 0], 0, [NONE, NONE]],
  ['x*sin(sqrt(abs(x)))', [0], 0, [0]],
  ['asin(x)', [1], Math.PI / 2, [INF]],
  ['0^0 + x', [1], 2, [1]],
  ['cos(x)^2 + sin(x)^2', [0.3], 1, [0]],
];

describe.each(['wasm', 'tape'] as const)('where rules alone would give NaN (%s)', (backend) => {
  test.each(table)('%s at %j', (text, x, f, gradient) => {
    const got = at(text, x, backend);
    const near = (value: number, expected: number) => {
      const size = Math.max(1, Math.abs(expected));
      if (Number.isFinite(expected)) expect(value / size).toBeCloseTo(expected / size, 12);
      else expect(value).toBe(expected);
    };
    near(got.f, f);
    gradient.forEach((expected, k) => {
      near(got.gradient[k]!, expected);
    });
  });
});

test('second derivatives exist where the function is twice differentiable', () => {
  expect(at('x^2', [0]).hessian).toEqual([2]);
  expect(at('x^3', [0]).hessian).toEqual([0]);
  expect(at('x^y', [0, 2]).hessian[0]).toBe(2);
  expect(at('log(1 + exp(x))', [1000]).hessian).toEqual([0]);
  const [xx, xy] = at('log(exp(x) + exp(y))', [900, 900]).hessian;
  expect(xx).toBeCloseTo(0.25, 12);
  expect(xy).toBeCloseTo(-0.25, 12);
  expect(at('if(x > 0, sqrt(x), x^2)', [-1]).hessian).toEqual([2]);
  expect(at('x*y*z', [0, 0, 0]).hessian).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0]);
});

/** Text, point, Hessian: where a slope passes through 0 under a root, or beside one. */
const curved: readonly (readonly [text: string, x: number[], hessian: number[]])[] = [
  ['sqrt(1 + x^2)', [0], [1]],
  ['sqrt(1 + x^2 + 25y^2)', [0, 0], [1, 0, 0, 25]],
  ['sqrt(exp(x) + y^2)', [0, 0], [0.25, 0, 0, 1]],
  ['x*sqrt(y)', [0, 1], [0, 0.5, 0.5, 0]],
  ['x*cbrt(y)', [0, 1], [0, 1 / 3, 1 / 3, 0]],
  ['x*y^0.5', [0, 4], [0, 0.25, 0.25, 0]],
  ['(1 + x^2)^0.7', [0], [1.4]],
  ['asin(x^2 + y^2/2)', [0, 0], [2, 0, 0, 1]],
  ['acosh(2 + x^2)', [0], [2 / Math.sqrt(3)]],
  ['abs(x^2)', [0], [2]],
  ['abs(x)^2 + relu(y^2)', [0, 0], [2, 0, 0, 2]],
  ['cos(abs(x - y))', [1, 1], [-1, 1, 1, -1]],
  ['hypot(x, y)', [3, 4], [0.128, -0.096, -0.096, 0.072]],
];

test.each(curved)('the Hessian of %s at %j', (text, x, hessian) => {
  for (const backend of ['wasm', 'tape'] as const) {
    at(text, x, backend).hessian.forEach((entry, k) => {
      expect(entry).toBeCloseTo(hessian[k]!, 12);
    });
  }
});

test('Ackley, Drop-wave and Bukin have a gradient at their very minimum', () => {
  const ackley = '-20*exp(-0.2*sqrt(0.5*(x^2+y^2)))-exp(0.5*(cos(2*pi*x)+cos(2*pi*y)))+e+20';
  expect(at(ackley, [0, 0]).gradient).toEqual([0, 0]);
  expect(at('-(1+cos(12*sqrt(x^2+y^2)))/(0.5*(x^2+y^2)+2)', [0, 0]).gradient).toEqual([0, 0]);
});
