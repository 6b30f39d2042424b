import {
  CholeskyDecomposition,
  EigenvalueDecomposition,
  LuDecomposition,
  Matrix,
  QrDecomposition,
  SingularValueDecomposition,
} from 'ml-matrix';
import { determinant2, jacobiEigen, jacobiSvd } from './jacobi.ts';

/**
 * The door to the linear-algebra library. Matrices are flat Float64Arrays by rows; none is changed. A matrix with
 * an entry that is not finite has no factors: what would be numbers is NaN, what would be a solution undefined.
 */

/** Up to this size Jacobi's methods serve, which also keep the small values of badly scaled matrices. */
const SMALL = 10;

const finite = (a: Float64Array): boolean => {
  for (let k = 0; k < a.length; k++) if (!Number.isFinite(a[k]!)) return false;
  return true;
};
const matrix = (a: Float64Array, m: number, n: number): Matrix => {
  const result = new Matrix(m, n);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) result.set(i, j, a[i * n + j]!);
  return result;
};
const flat = (a: Matrix): Float64Array => {
  const result = new Float64Array(a.rows * a.columns);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.columns; j++) result[i * a.columns + j] = a.get(i, j);
  }
  return result;
};
const solved = (x: Matrix): Float64Array | undefined => {
  const result = flat(x);
  return finite(result) ? result : undefined;
};

/** Columns of a (rows × n) in the given order. */
const pickColumns = (a: Float64Array, rows: number, n: number, order: readonly number[]): Float64Array => {
  const picked = new Float64Array(rows * order.length);
  for (let i = 0; i < rows; i++) {
    for (const [k, j] of order.entries()) picked[i * order.length + k] = a[i * n + j]!;
  }
  return picked;
};

/** Makes each column's largest component positive; of equally large ones the first. */
const fixSigns = (vectors: Float64Array, n: number) => {
  for (let j = 0; j < n; j++) {
    let largest = 0;
    for (let i = 0; i < n; i++) {
      const component = vectors[i * n + j]!;
      if (Math.abs(component) > Math.abs(largest) * (1 + 1e-12)) largest = component;
    }
    if (largest < 0) for (let i = 0; i < n; i++) vectors[i * n + j] = -vectors[i * n + j]!;
  }
};

export interface Eigen {
  /** n, ascending. */
  readonly values: Float64Array;
  /** n × n by rows; column k is the unit eigenvector of values[k], its largest component positive. */
  readonly vectors: Float64Array;
}

/** Eigenvalues and eigenvectors of a symmetric matrix (n × n). */
export const symmetricEigen = (a: Float64Array, n: number): Eigen => {
  if (!finite(a)) {
    return {
      values: new Float64Array(n).fill(Number.NaN),
      vectors: new Float64Array(n * n).fill(Number.NaN),
    };
  }
  if (n === 0) return { values: new Float64Array(0), vectors: new Float64Array(0) };
  let found: Eigen;
  if (n <= SMALL) found = jacobiEigen(a, n);
  else {
    const decomposition = new EigenvalueDecomposition(matrix(a, n, n), { assumeSymmetric: true });
    found = {
      values: Float64Array.from(decomposition.realEigenvalues),
      vectors: flat(decomposition.eigenvectorMatrix),
    };
  }
  const order = Array.from(found.values.keys()).sort((i, j) => found.values[i]! - found.values[j]!);
  const vectors = pickColumns(found.vectors, n, n, order);
  fixSigns(vectors, n);
  return { values: Float64Array.from(order, (k) => found.values[k]!), vectors };
};

export interface Svd {
  /** m × k by rows, k = min(m, n), with orthonormal columns. */
  readonly U: Float64Array;
  /** k, descending. */
  readonly s: Float64Array;
  /** n × k by rows, with orthonormal columns. */
  readonly V: Float64Array;
}

const transpose = (a: Float64Array, m: number, n: number): Float64Array => {
  const result = new Float64Array(m * n);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) result[j * m + i] = a[i * n + j]!;
  return result;
};

/** A = U·diag(s)·Vᵀ for A m × n. */
export const svd = (a: Float64Array, m: number, n: number): Svd => {
  const k = Math.min(m, n);
  if (k === 0) return { U: new Float64Array(0), s: new Float64Array(0), V: new Float64Array(0) };
  if (!finite(a)) {
    const unknown = (size: number) => new Float64Array(size).fill(Number.NaN);
    return { U: unknown(m * k), s: unknown(k), V: unknown(n * k) };
  }
  if (m < n) {
    const { U, s, V } = svd(transpose(a, m, n), n, m);
    return { U: V, s, V: U };
  }
  if (n > SMALL) {
    const decomposition = new SingularValueDecomposition(matrix(a, m, n));
    return {
      U: flat(decomposition.leftSingularVectors),
      s: Float64Array.from(decomposition.diagonal),
      V: flat(decomposition.rightSingularVectors),
    };
  }
  const found = jacobiSvd(a, m, n);
  const order = Array.from(found.s.keys()).sort((i, j) => found.s[j]! - found.s[i]!);
  const s = Float64Array.from(order, (j) => found.s[j]!);
  const U = pickColumns(found.US, m, n, order);
  orthonormalise(U, m, n);
  return { U, s, V: pickColumns(found.V, n, n, order) };
};

/** Makes the columns of U (m × n, orthogonal but for rounding, longest first) unit; a null one becomes a fitting one. */
const orthonormalise = (U: Float64Array, m: number, n: number) => {
  const length = (j: number): number => {
    let largest = 0;
    for (let i = 0; i < m; i++) largest = Math.max(largest, Math.abs(U[i * n + j]!));
    if (largest === 0) return 0;
    let sum = 0;
    for (let i = 0; i < m; i++) sum += (U[i * n + j]! / largest) ** 2;
    return largest * Math.sqrt(sum);
  };
  const clear = (j: number) => {
    for (let k = 0; k < j; k++) {
      let along = 0;
      for (let i = 0; i < m; i++) along += U[i * n + j]! * U[i * n + k]!;
      for (let i = 0; i < m; i++) U[i * n + j] = U[i * n + j]! - along * U[i * n + k]!;
    }
  };
  for (let j = 0; j < n; j++) {
    const size = length(j);
    if (size > 0) {
      for (let i = 0; i < m; i++) U[i * n + j] = U[i * n + j]! / size;
      continue;
    }
    // Some unit vector has at least the share 1/√m outside the span of the earlier columns.
    for (let axis = 0; axis < m; axis++) {
      for (let i = 0; i < m; i++) U[i * n + j] = i === axis ? 1 : 0;
      clear(j);
      clear(j);
      const rest = length(j);
      if (rest < 0.5 / Math.sqrt(m)) continue;
      for (let i = 0; i < m; i++) U[i * n + j] = U[i * n + j]! / rest;
      break;
    }
  }
};

/** The singular values of a Jacobian (m × n by rows): min(m, n), descending. */
export const singularValues = (jacobian: Float64Array, m: number, n: number): Float64Array =>
  svd(jacobian, m, n).s;

/** How many singular values (descending) of an m × n matrix stand above rounding, max(m, n)·2⁻⁵²·s₁. */
export const rank = (s: Float64Array, m: number, n: number): number => {
  const noise = Math.max(m, n) * Number.EPSILON * (s[0] ?? 0);
  return s.reduce((count, value) => count + (value > noise ? 1 : 0), 0);
};

/** The largest over the smallest magnitude of singular values or eigenvalues; ∞ if one is zero, NaN for none. */
export const conditionNumber = (values: Float64Array): number => {
  const sizes = values.map(Math.abs);
  const smallest = Math.min(...sizes);
  return smallest === 0 ? Number.POSITIVE_INFINITY : Math.max(...sizes) / smallest;
};

/** x with Ax = b for a symmetric positive definite A (n × n); undefined when it is not, or its factor is not finite. */
export const solveCholesky = (a: Float64Array, b: Float64Array): Float64Array | undefined => {
  if (!finite(a)) return undefined;
  const decomposition = new CholeskyDecomposition(matrix(a, b.length, b.length));
  return decomposition.isPositiveDefinite() ? solved(decomposition.solve(matrix(b, b.length, 1))) : undefined;
};

/** x with Ax = b for a square A (n × n), by LU with row exchanges; undefined when A is singular. */
export const solveLinear = (a: Float64Array, b: Float64Array): Float64Array | undefined => {
  if (!finite(a)) return undefined;
  const decomposition = new LuDecomposition(matrix(a, b.length, b.length));
  return decomposition.isSingular() ? undefined : solved(decomposition.solve(matrix(b, b.length, 1)));
};

/** The inverse (n × n by rows) of a square matrix; undefined when it is singular. */
export const inverse = (a: Float64Array, n: number): Float64Array | undefined => {
  if (!finite(a)) return undefined;
  const decomposition = new LuDecomposition(matrix(a, n, n));
  return decomposition.isSingular() ? undefined : solved(decomposition.solve(Matrix.eye(n)));
};

/** det A of a square matrix (n × n). */
export const determinant = (a: Float64Array, n: number): number => {
  if (!finite(a)) return Number.NaN;
  if (n === 0) return 1;
  if (n === 1) return a[0]!;
  if (n === 2) return determinant2(a[0]!, a[1]!, a[2]!, a[3]!);
  return new LuDecomposition(matrix(a, n, n)).determinant;
};

/** The x with the least ‖Ax − b‖ for A m × n with m ≥ n and independent columns, by QR; otherwise undefined. */
export const leastSquares = (
  a: Float64Array,
  m: number,
  n: number,
  b: Float64Array,
): Float64Array | undefined => {
  if (m < n || !finite(a)) return undefined;
  const decomposition = new QrDecomposition(matrix(a, m, n));
  const scales = decomposition.upperTriangularMatrix.diagonal().map(Math.abs);
  const independent = Math.min(...scales) > m * Number.EPSILON * Math.max(...scales);
  return independent ? solved(decomposition.solve(matrix(b, m, 1))) : undefined;
};

export interface Curvature {
  /** n, ascending. */
  readonly eigenvalues: Float64Array;
  /** n × n by rows; column k is the unit eigenvector of eigenvalues[k], its largest component positive. */
  readonly eigenvectors: Float64Array;
  /** |λ|max/|λ|min; ∞ for a singular Hessian. */
  readonly condition: number;
  readonly determinant: number;
  readonly trace: number;
  /** 2/λmax, above which gradient descent with a constant rate leaves a minimum; ∞ where nothing curves upwards. */
  readonly stableRate: number;
}

/** What a Hessian (n × n by rows, symmetric) says about a point. */
export const curvature = (hessian: Float64Array, n: number): Curvature => {
  const { values, vectors } = symmetricEigen(hessian, n);
  let trace = 0;
  for (let i = 0; i < n; i++) trace += hessian[i * n + i]!;
  const largest = values.at(-1) ?? 0;
  return {
    eigenvalues: values,
    eigenvectors: vectors,
    condition: conditionNumber(values),
    determinant: determinant(hessian, n),
    trace,
    stableRate: largest <= 0 ? Number.POSITIVE_INFINITY : 2 / largest,
  };
};
