import type { Formulas, Parameter } from '../math/formula.ts';

export type { Formula, Formulas, Parameter } from '../math/formula.ts';
export type { Mistake } from '../math/mistake.ts';

export interface Batch {
  /** How many terms there are. */
  readonly terms: number;
  /** The value from the terms at `indices`, scaled to the whole, with its gradient written into `gradient` (n). */
  valueAndGradient(x: Float64Array, indices: Int32Array, gradient: Float64Array): number;
}

/** What is minimised: f: ℝⁿ → ℝ, or ½‖F‖² for F: ℝⁿ → ℝᵐ. Points are Float64Array of length n. */
export interface Problem {
  /** n names, in natural order or as declared; canonical spelling: "x1", "theta". */
  readonly variables: readonly string[];
  readonly parameters: readonly Parameter[];
  /** m; 1 for a scalar function. */
  readonly outputs: number;
  readonly scalar: boolean;
  /** f(x), or ½‖F(x)‖²; NaN outside the domain. */
  value(x: Float64Array): number;
  /** m entries; [f(x)] for a scalar function. */
  residual(x: Float64Array): Float64Array;
  /** n, of the value. */
  gradient(x: Float64Array): Float64Array;
  /** Value, with its gradient written into `gradient` (n); no allocation. */
  valueAndGradient(x: Float64Array, gradient: Float64Array): number;
  /** m × n, by rows, of the residual. */
  jacobian(x: Float64Array): Float64Array;
  /** n × n, by rows, of the value; exactly symmetric. Written into `into`, where it is given. */
  hessian(x: Float64Array, into?: Float64Array): Float64Array;
  /** Hessian times v (n), written into `product` (n), without forming the matrix. */
  hessianVector(x: Float64Array, v: Float64Array, product: Float64Array): void;
  /** For a function that is a sum or a mean over data: estimates from some of its terms. */
  readonly batch?: Batch | undefined;
  /** The value on a lattice: rows × columns, row 0 at y's minimum, both ends included; other variables as in `at`. */
  grid(
    axes: readonly [horizontal: number, vertical: number],
    at: Float64Array,
    xRange: readonly [min: number, max: number],
    yRange: readonly [min: number, max: number],
    columns: number,
    rows: number,
  ): Float64Array;
  /** Made when first asked for. */
  readonly formulas: Formulas;
}
