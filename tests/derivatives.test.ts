import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createProblem } from '../src/descent/createProblem.ts';
import type { Problem } from '../src/descent/problem.ts';

interface ScalarCase {
  id: string;
  name: string;
  text: string;
  vars: string[];
  points: { x: number[]; f: number; g: number[]; H: number[][]; amp: [number, number, number] }[];
}
interface VectorCase {
  id: string;
  name: string;
  text: string;
  vars: string[];
  points: { x: number[]; f: number[]; J: number[][]; amp: [number, number] }[];
}
const oracle = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`./oracle/${name}.json`, import.meta.url), 'utf8')) as T;
const { cases } = oracle<{ cases: ScalarCase[] }>('derivatives');
const vectors = oracle<{ cases: VectorCase[] }>('jacobians');
const { cases: maps } = vectors;

function problemOf(text: string, vars: readonly string[], backend: 'wasm' | 'tape'): Problem {
  // Names that the language would cut into letters are declared, so that each is one name.
  const declared = vars.some((name) => /^[a-zA-Z]{2,}$/.test(name))
    ? `f(${vars.join(', ')}) = ${text}`
    : text;
  const created = createProblem(declared, {}, { backend });
  if ('error' in created) throw new Error(`${text}: ${created.error.message}`);
  return created.problem;
}

/** Largest excess over the acceptance of the reference numbers: rounding, amplified as much as it must be. */
function excess(got: ArrayLike<number>, reference: readonly number[], amp: number): number {
  const size = Math.max(...reference.map(Math.abs), 0);
  const allowed = 4 * (1e-13 * size + 64 * amp * 2 ** -53);
  let worst = 0;
  reference.forEach((value, k) => {
    const error = Math.abs(got[k]! - value);
    worst = Math.max(worst, Number.isNaN(error) ? Number.POSITIVE_INFINITY : error / allowed);
  });
  return worst;
}

describe.each(['wasm', 'tape'] as const)('%s agrees with SymPy at 50 digits', (backend) => {
  test.each(cases.map((one) => [one.name, one] as const))('value, gradient, Hessian: %s', (_, one) => {
    const problem = problemOf(one.text, one.vars, backend);
    expect(problem.variables).toEqual(one.vars.map((name) => name.replaceAll('_', '')));
    for (const { x, f, g, H, amp } of one.points) {
      const point = Float64Array.from(x);
      const gradient = new Float64Array(x.length);
      const both = problem.valueAndGradient(point, gradient);
      expect(excess([problem.value(point)], [f], amp[0])).toBeLessThanOrEqual(1);
      expect(excess([both], [f], amp[0])).toBeLessThanOrEqual(1);
      expect(excess(gradient, g, amp[1])).toBeLessThanOrEqual(1);
      expect(excess(problem.hessian(point), H.flat(), amp[2])).toBeLessThanOrEqual(1);
    }
  });

  test.each(maps.map((one) => [one.name, one] as const))('value and Jacobian: %s', (_, one) => {
    const problem = problemOf(one.text, one.vars, backend);
    for (const { x, f, J, amp } of one.points) {
      const point = Float64Array.from(x);
      expect(excess(problem.residual(point), f, amp[0])).toBeLessThanOrEqual(1);
      expect(excess(problem.jacobian(point), J.flat(), amp[1])).toBeLessThanOrEqual(1);
      // The gradient of ½‖F‖² is Jᵀ·F.
      const expected = x.map((__, j) => f.reduce((sum, value, i) => sum + value * J[i]![j]!, 0));
      const scale = Math.max(...f.map(Math.abs)) * Math.max(...J.flat().map(Math.abs), 1e-300);
      const gradient = problem.gradient(point);
      expected.forEach((value, j) => {
        expect(Math.abs(gradient[j]! - value)).toBeLessThanOrEqual(
          1e-10 * scale + 1e-12 + 1e-12 * amp[1] * scale,
        );
      });
    }
  });
});
