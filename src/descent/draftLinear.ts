import {
  CholeskyDecomposition,
  EigenvalueDecomposition,
  LuDecomposition,
  Matrix,
  SingularValueDecomposition,
} from 'ml-matrix';

const square = (A: Float64Array, n: number) => Matrix.from1DArray(n, n, Array.from(A));
export function solveCholesky(A: Float64Array, b: Float64Array): Float64Array | undefined {
  const d = new CholeskyDecomposition(square(A, b.length));
  if (!d.isPositiveDefinite()) return undefined;
  return Float64Array.from(d.solve(Matrix.columnVector(Array.from(b))).to1DArray());
}
export function solveLinear(A: Float64Array, b: Float64Array): Float64Array | undefined {
  const d = new LuDecomposition(square(A, b.length));
  if (d.isSingular()) return undefined;
  return Float64Array.from(d.solve(Matrix.columnVector(Array.from(b))).to1DArray());
}
export function symmetricEigen(A: Float64Array, n: number): { values: Float64Array; vectors: Float64Array } {
  const d = new EigenvalueDecomposition(square(A, n), { assumeSymmetric: true });
  return {
    values: Float64Array.from(d.realEigenvalues),
    vectors: Float64Array.from(d.eigenvectorMatrix.to1DArray()),
  };
}
/** A = U·diag(s)·Vᵀ with U m × k, V n × k, k = min(m, n), s descending. */
export function svd(
  A: Float64Array,
  m: number,
  n: number,
): { U: Float64Array; s: Float64Array; V: Float64Array } {
  const d = new SingularValueDecomposition(Matrix.from1DArray(m, n, Array.from(A)), { autoTranspose: true });
  return {
    U: Float64Array.from(d.leftSingularVectors.to1DArray()),
    s: Float64Array.from(d.diagonal),
    V: Float64Array.from(d.rightSingularVectors.to1DArray()),
  };
}
