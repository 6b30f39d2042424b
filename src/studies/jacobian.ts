import { conditionNumber, determinant, rank, svd } from '../math/linear.ts';
import type { Study } from './study.ts';

/** Rows or columns beyond which singular values take longer than a person waits. */
const MOST = 300;

export interface JacobianAnswer {
  readonly m: number;
  readonly n: number;
  /** n: where. */
  readonly at: Float64Array;
  /** m: F there. */
  readonly residual: Float64Array;
  /** m × n by rows. */
  readonly jacobian: Float64Array;
  /** min(m, n), descending. */
  readonly singularValues: Float64Array;
  /** m × k and n × k by rows, k = min(m, n): J vᵢ = σᵢ uᵢ. */
  readonly left: Float64Array;
  readonly right: Float64Array;
  /** Singular values above max(m, n)·2⁻⁵²·σ₁. */
  readonly rank: number;
  /** σ₁/σₖ; infinite for a Jacobian without full rank. */
  readonly condition: number;
  /** Of a square Jacobian. */
  readonly determinant?: number;
  /** n × n by rows: JᵀJ, the Gauss–Newton matrix. */
  readonly gaussNewton: Float64Array;
  /** n × n by rows: H − JᵀJ = Σᵢ Fᵢ ∇²Fᵢ, what Gauss–Newton leaves out. */
  readonly dropped: Float64Array;
}

/** The derivative of a vector function at a point as a linear map. */
export const jacobian: Study<'jacobian', Record<never, never>, JacobianAnswer> = {
  id: 'jacobian',
  dependsOn: 'step',
  unfit: ({ problem: { scalar, outputs, variables } }) =>
    scalar
      ? 'The Jacobian of a function with one value is its gradient, lying down.'
      : Math.max(outputs, variables.length) > MOST
        ? `Singular values of ${outputs} × ${variables.length} matrices are not computed here; up to ${MOST} × ${MOST} are.`
        : variables.length === 0 || outputs === 0
          ? 'There is nothing to differentiate.'
          : undefined,
  *run({ problem, at }) {
    const [m, n] = [problem.outputs, at.length];
    const matrix = problem.jacobian(at).slice();
    const { U, s, V } = svd(matrix, m, n);
    const full = rank(s, m, n);
    const gaussNewton = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let j = i; j < n; j++) {
        let sum = 0;
        for (let row = 0; row < m; row++) sum += matrix[row * n + i]! * matrix[row * n + j]!;
        gaussNewton[i * n + j] = sum;
        gaussNewton[j * n + i] = sum;
      }
    return {
      m,
      n,
      at: at.slice(),
      residual: problem.residual(at).slice(),
      jacobian: matrix,
      singularValues: s.slice(),
      left: U.slice(),
      right: V.slice(),
      rank: full,
      condition: full < s.length ? Number.POSITIVE_INFINITY : conditionNumber(s),
      ...(m === n && { determinant: determinant(matrix, n) }),
      gaussNewton,
      dropped: problem.hessian(at).map((value, index) => value - gaussNewton[index]!),
    };
  },
};
