import { expect, test } from 'vitest';
import oracle from '../../tests/oracle/criticals.json' with { type: 'json' };
import { answerOf, asked } from './asked.testing.ts';
import { jacobian } from './jacobian.ts';

const at = (vars: readonly string[], text: string, x: readonly number[]) =>
  answerOf(
    jacobian.run(
      asked(`f=${encodeURIComponent(`F(${vars.join(', ')}) = ${text}`)}&start=${x.join()}&steps=0`),
      {},
    ),
  );

test.each(oracle.jacobians.filter(({ m }) => m > 1))(
  'singular values, rank and determinant of $name',
  (one) => {
    const found = at(one.vars, one.text, one.x);
    const scale = one.singular[0]!;
    for (const [k, value] of one.singular.entries())
      expect(Math.abs(found.singularValues[k]! - value)).toBeLessThan(1e-10 * scale);
    expect(found.rank).toBe(one.rank);
    if (one.det !== null && one.det !== undefined)
      expect(Math.abs(found.determinant! - one.det)).toBeLessThan(1e-10 * Math.max(1, scale ** one.n));
    else expect(found.determinant).toBeUndefined();
    // J vᵢ = σᵢ uᵢ.
    const k = found.singularValues.length;
    for (let i = 0; i < found.m; i++)
      for (let c = 0; c < k; c++) {
        let sum = 0;
        for (let j = 0; j < found.n; j++) sum += found.jacobian[i * found.n + j]! * found.right[j * k + c]!;
        expect(Math.abs(sum - found.singularValues[c]! * found.left[i * k + c]!)).toBeLessThan(1e-10 * scale);
      }
  },
);

test('what Gauss–Newton drops is the part of the Hessian with second derivatives of F', () => {
  // F = (x² − y², 2xy) at (1.5, 1): H(F₁) = diag(2, −2), H(F₂) = [[0, 2], [2, 0]], F = (1.25, 3).
  const found = at(['x', 'y'], '[x^2 - y^2, 2x y]', [1.5, 1]);
  expect([...found.gaussNewton]).toEqual([13, 0, 0, 13]);
  expect([...found.dropped]).toEqual([2.5, 6, 6, -2.5]);
  expect(found.determinant).toBeCloseTo(4 * (1.5 ** 2 + 1), 12);
  expect(found.condition).toBeCloseTo(1, 12);
});

test('softmax never has full rank', () => {
  const found = at(['a', 'b', 'c'], 'softmax([a, b, c])', [0.2, -1, 0.5]);
  expect(found.rank).toBe(2);
  expect(found.condition).toBe(Number.POSITIVE_INFINITY);
});
