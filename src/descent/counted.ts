import type { Problem } from './problem.ts';

/** How often a method asked. */
export interface Evaluations {
  /** Of f, or of all residuals. */
  value: number;
  gradient: number;
  hessian: number;
  /** Counted by themselves: one costs anything from one gradient to one per residual. */
  jacobian: number;
}

/** A problem as a method sees it: every question is counted. */
export interface Counted {
  /** Number of variables. */
  readonly n: number;
  /** Number of residuals. */
  readonly m: number;
  value(x: Float64Array): number;
  /** Writes the gradient (n), returns the value; one of each is counted. */
  valueAndGradient(x: Float64Array, gradient: Float64Array): number;
  /** n × n, by rows; new at each call. */
  hessian(x: Float64Array): Float64Array;
  /** Writes the n diagonal entries of the Hessian, in O(n) memory; counts as one Hessian. */
  hessianDiagonal(x: Float64Array, diagonal: Float64Array): void;
  /** m; new at each call. */
  residual(x: Float64Array): Float64Array;
  /** m × n, by rows; new at each call. */
  jacobian(x: Float64Array): Float64Array;
}

/** Changes an exact gradient in place into the one that the method is to see. */
export type Disturb = (gradient: Float64Array) => void;

export function counted(problem: Problem, evaluations: Evaluations, disturb?: Disturb): Counted {
  const n = problem.variables.length;
  return {
    n,
    m: problem.outputs,
    value(x) {
      evaluations.value++;
      return problem.value(x);
    },
    valueAndGradient(x, gradient) {
      evaluations.value++;
      evaluations.gradient++;
      const f = problem.valueAndGradient(x, gradient);
      disturb?.(gradient);
      return f;
    },
    hessian(x) {
      evaluations.hessian++;
      return problem.hessian(x).slice();
    },
    hessianDiagonal(x, diagonal) {
      evaluations.hessian++;
      const unit = new Float64Array(n);
      const column = new Float64Array(n);
      for (let i = 0; i < n; i++) {
        unit[i] = 1;
        problem.hessianVector(x, unit, column);
        diagonal[i] = column[i]!;
        unit[i] = 0;
      }
    },
    residual(x) {
      evaluations.value++;
      return problem.residual(x).slice();
    },
    jacobian(x) {
      evaluations.jacobian++;
      return problem.jacobian(x).slice();
    },
  };
}
