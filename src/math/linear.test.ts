import { expect, test } from 'vitest';
import oracle from '../../tests/oracle/criticals.json';
import {
  conditionNumber,
  curvature,
  determinant,
  inverse,
  leastSquares,
  rank,
  singularValues,
  solveCholesky,
  solveLinear,
  svd,
  symmetricEigen,
} from './linear.ts';

/** Park & Miller's generator, uniform in (−½, ½). */
const seeded = (seed: number) => () => {
  seed = (seed * 16807) % 2147483647;
  return seed / 2147483647 - 0.5;
};
const random = (size: number, seed: number): Float64Array => {
  const draw = seeded(seed);
  return Float64Array.from({ length: size }, draw);
};
const multiply = (a: Float64Array, b: Float64Array, m: number, k: number, n: number): Float64Array =>
  Float64Array.from({ length: m * n }, (_, at) => {
    let sum = 0;
    for (let j = 0; j < k; j++) sum += a[Math.floor(at / n) * k + j]! * b[j * n + (at % n)]!;
    return sum;
  });
const transposed = (a: Float64Array, m: number, n: number): Float64Array =>
  Float64Array.from({ length: m * n }, (_, at) => a[(at % m) * n + Math.floor(at / m)]!);
const identity = (n: number) => Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 : 0));
const diagonal = (values: Float64Array) => {
  const n = values.length;
  return Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? values[at % n]! : 0));
};
const positiveDefinite = (n: number, seed: number): Float64Array => {
  const a = random(n * n, seed);
  return multiply(transposed(a, n, n), a, n, n, n).map((value, at) => value + (at % (n + 1) === 0 ? 0.1 : 0));
};
const expectClose = (got: ArrayLike<number>, reference: ArrayLike<number>, tolerance: number) => {
  expect(got.length).toBe(reference.length);
  const scale = Math.max(...Array.from(reference, Math.abs));
  for (let k = 0; k < reference.length; k++) {
    expect(Math.abs(got[k]! - reference[k]!), `entry ${k}`).toBeLessThanOrEqual(tolerance * (scale || 1));
  }
};
const expectRelative = (got: number, reference: number, tolerance: number) =>
  expect(Math.abs(got - reference), `${got} for ${reference}`).toBeLessThanOrEqual(
    tolerance * Math.abs(reference),
  );

test.each(oracle.cases.flatMap((c) => c.points.map((p) => ({ name: c.name, ...p }))))(
  'the curvature of $name at $x is the oracle’s',
  (point) => {
    const hessian = Float64Array.from(point.H.flat());
    const found = curvature(hessian, 2);
    const scale = point.spectral_radius;
    point.eig.forEach((eigenvalue, k) => {
      // An eigenvalue that is zero but for the point's own rounding has no relative accuracy.
      const tolerance = point.kind === 'degenerate' ? 1e-10 * scale : 1e-10 * Math.abs(eigenvalue);
      expect(Math.abs(found.eigenvalues[k]! - eigenvalue)).toBeLessThanOrEqual(tolerance);
    });
    if (point.eig_gap > 0) {
      for (const k of [0, 1]) {
        const vector = [found.eigenvectors[k]!, found.eigenvectors[2 + k]!];
        expectClose(vector, point.vec[k]!, 1e-10);
      }
    }
    expect(found.trace).toBe(hessian[0]! + hessian[3]!);
    if (point.kind !== 'degenerate') {
      expectRelative(found.condition, point.cond!, 1e-10);
      expectRelative(found.determinant, point.eig[0]! * point.eig[1]!, 1e-10);
    }
    if ('lr_max' in point && point.lr_max) expectRelative(found.stableRate, point.lr_max, 1e-10);
  },
);

test.each(oracle.jacobians)('the Jacobian of $name has the oracle’s singular values and determinant', (c) => {
  const J = Float64Array.from(c.J.flat());
  const s = singularValues(J, c.m, c.n);
  expect(s.length).toBe(c.singular.length);
  c.singular.forEach((value, k) => {
    expect(Math.abs(s[k]! - value)).toBeLessThanOrEqual(1e-10 * (value || c.fro * 1e-5));
  });
  expect(rank(s, c.m, c.n)).toBe(c.rank);
  if (c.cond) expectRelative(conditionNumber(s), c.cond, 1e-10);
  expectRelative(Math.hypot(...s), c.fro, 1e-10);
  if (c.m === c.n) {
    expect(Math.abs(determinant(J, c.n) - c.det!)).toBeLessThanOrEqual(
      // A vanishing determinant is a difference of products as large as those of the rows' lengths.
      1e-10 * Math.abs(c.det!) + 1e-15 * c.J.reduce((product, row) => product * Math.hypot(...row), 1),
    );
  }
});

// Both sides of the size where the method changes.
test.each([1, 2, 3, 5, 10, 11, 40])('A = Q·diag(λ)·Qᵀ with orthonormal Q, ascending λ, for n = %i', (n) => {
  const a = random(n * n, n + 1);
  const symmetric = a.map((value, at) => value + a[(at % n) * n + Math.floor(at / n)]!);
  const { values, vectors } = symmetricEigen(symmetric, n);
  const Qt = transposed(vectors, n, n);
  expectClose(multiply(Qt, vectors, n, n, n), identity(n), 1e-14);
  expectClose(multiply(multiply(vectors, diagonal(values), n, n, n), Qt, n, n, n), symmetric, 1e-14);
  expect([...values]).toEqual([...values].sort((x, y) => x - y));
  for (let k = 0; k < n; k++) {
    const column = Array.from({ length: n }, (_, i) => vectors[i * n + k]!);
    expect(Math.max(...column)).toBe(Math.max(...column.map(Math.abs)));
  }
});

test.each([
  [1, 1],
  [1, 4],
  [3, 1],
  [2, 2],
  [3, 2],
  [2, 5],
  [50, 7],
  [10, 10],
  [11, 11],
  [12, 30],
  [30, 12],
])('A = U·diag(s)·Vᵀ with orthonormal columns, descending s, for %i × %i', (m, n) => {
  const k = Math.min(m, n);
  const A = random(m * n, 7 * m + n);
  const { U, s, V } = svd(A, m, n);
  const Vt = transposed(V, n, k);
  expectClose(multiply(multiply(U, diagonal(s), m, k, k), Vt, m, k, n), A, 2e-14);
  expectClose(multiply(transposed(U, m, k), U, k, m, k), identity(k), 1e-14);
  expectClose(multiply(Vt, V, k, n, k), identity(k), 1e-14);
  expect([...s]).toEqual([...s].sort((x, y) => y - x));
});

test('the left vectors are orthonormal where singular values vanish', () => {
  for (const { U, s } of [svd(new Float64Array(6), 3, 2), svd(Float64Array.of(1, 2, 2, 4, 3, 6), 3, 2)]) {
    expectClose(multiply(transposed(U, 3, 2), U, 2, 3, 2), identity(2), 1e-14);
    expect(rank(s, 3, 2)).toBeLessThan(2);
  }
});

test.each([
  // λ₁λ₂ = ad − b² and λ₁ + λ₂ = a + d, worked out by hand.
  { matrix: [1e20, 1e5, 1e5, 1], values: [1 - 1e-10, 1e20] },
  { matrix: [1e10, 1, 1, 1e-10], values: [0, 1e10] },
  { matrix: [1e200, 1, 1, 1e-190], values: [9.999999999e-191, 1e200] },
  { matrix: [3e-300, 1e-300, 1e-300, 3e-300], values: [2e-300, 4e-300] },
  { matrix: [4e307, 1e307, 1e307, 4e307], values: [3e307, 5e307] },
  { matrix: [0, 1e-9, 1e-9, 0], values: [-1e-9, 1e-9] },
  { matrix: [1e12, 0, 0, -1e-12], values: [-1e-12, 1e12] },
  // The Rosenbrock function's minimum: 501 ± √250601.
  { matrix: [802, -400, -400, 200], values: [0.39936076748763305, 1001.6006392325123] },
])('badly scaled 2 × 2 matrix $matrix keeps its small eigenvalue', ({ matrix, values }) => {
  const found = symmetricEigen(Float64Array.from(matrix), 2).values;
  // 1e-10 as a double is not a tenth of 1e-9: the product 1e10·1e-10 − 1 is rounding of the input.
  values.forEach((value, k) => {
    expect(Math.abs(found[k]! - value)).toBeLessThanOrEqual(
      4e-16 * Math.abs(value) + (value === 0 ? 1e-26 : 0),
    );
  });
});

test.each([
  { matrix: [1, 1, 0, 1e-20], values: [Math.SQRT2, 1e-20 / Math.SQRT2] },
  { matrix: [1e200, 0, 0, 1e-150], values: [1e200, 1e-150] },
  { matrix: [1e-160, 0, 0, 3e-160], values: [3e-160, 1e-160] },
])('badly scaled 2 × 2 matrix $matrix keeps its small singular value', ({ matrix, values }) => {
  const found = singularValues(Float64Array.from(matrix), 2, 2);
  for (const [k, value] of values.entries()) expectRelative(found[k]!, value, 4e-16);
});

test('a graded 3 × 3 matrix keeps its small values', () => {
  // D·M·D with D = diag(1, 1e-8, 1e-16) and M near the identity; by mpmath at 60 digits.
  const graded = Float64Array.of(1, 1e-9, 1e-17, 1e-9, 1e-16, 1e-25, 1e-17, 1e-25, 1e-32);
  const references = [9.818181818181819e-33, 9.9e-17, 1.0];
  const { values } = symmetricEigen(graded, 3);
  for (const [k, value] of references.entries()) expectRelative(values[k]!, value, 1e-14);
  const s = singularValues(graded, 3, 3);
  for (const [k, value] of references.toReversed().entries()) expectRelative(s[k]!, value, 1e-14);
});

test.each([1, 2, 3, 30])('Cholesky, LU and the inverse undo the product with A, n = %i', (n) => {
  const A = positiveDefinite(n, 11 * n);
  const x = random(n, 3);
  const b = multiply(A, x, n, n, 1);
  expectClose(solveCholesky(A, b)!, x, 1e-11);
  expectClose(solveLinear(A, b)!, x, 1e-11);
  expectClose(multiply(inverse(A, n)!, A, n, n, n), identity(n), 1e-11);
});

test('Cholesky refuses what is not positive definite, LU what is singular', () => {
  const b = Float64Array.of(1, 1);
  expect(solveCholesky(Float64Array.of(1, 2, 2, 1), b)).toBeUndefined();
  expect(solveCholesky(Float64Array.of(1, 1, 1, 1), b)).toBeUndefined();
  expect(solveCholesky(new Float64Array(4), b)).toBeUndefined();
  expect(solveLinear(Float64Array.of(1, 2, 2, 4), b)).toBeUndefined();
  expect(inverse(new Float64Array(4), 2)).toBeUndefined();
});

test('what is not finite has no factors', () => {
  const a = Float64Array.of(1, Number.NaN, Number.NaN, 1);
  expect([...symmetricEigen(a, 2).values]).toEqual([Number.NaN, Number.NaN]);
  expect([...singularValues(a, 2, 2)]).toEqual([Number.NaN, Number.NaN]);
  expect(determinant(a, 2)).toBeNaN();
  expect(solveCholesky(a, Float64Array.of(1, 1))).toBeUndefined();
  expect(
    solveLinear(Float64Array.of(1, 0, 0, Number.POSITIVE_INFINITY), Float64Array.of(1, 1)),
  ).toBeUndefined();
});

test('a least-squares line goes through the means, and its residual is orthogonal to the columns', () => {
  const A = Float64Array.of(1, 0, 1, 1, 1, 2, 1, 5);
  const b = Float64Array.of(1, 3, 2, 8);
  const x = leastSquares(A, 4, 2, b)!;
  const residual = multiply(A, x, 4, 2, 1).map((value, i) => value - b[i]!);
  expectClose(multiply(transposed(A, 4, 2), residual, 2, 4, 1), [0, 0], 1e-13);
  expect(leastSquares(Float64Array.of(1, 1, 1, 1, 1, 1), 3, 2, Float64Array.of(1, 2, 3))).toBeUndefined();
});

test('determinants that cancel keep their digits', () => {
  // (1 + 2⁻⁵⁰)(1 − 2⁻⁵⁰) − 1 = −2⁻¹⁰⁰, which rounds to 0 when multiplied plainly.
  expect(determinant(Float64Array.of(1 + 2 ** -50, 1, 1, 1 - 2 ** -50), 2)).toBe(-(2 ** -100));
  expect(determinant(Float64Array.of(2, 0, 0, 0, 3, 0, 0, 0, 4), 3)).toBe(24);
  expect(determinant(new Float64Array(0), 0)).toBe(1);
});

test('nothing curves upwards: every learning rate is stable', () => {
  expect(curvature(Float64Array.of(-2, 0, 0, -3), 2).stableRate).toBe(Number.POSITIVE_INFINITY);
  expect(curvature(Float64Array.of(4), 1)).toMatchObject({
    condition: 1,
    determinant: 4,
    trace: 4,
    stableRate: 0.5,
  });
});
