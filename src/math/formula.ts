/** A value and its typeset form. The text, put after `f(x, y) = ` and the parameters' lines, reads back. */
export interface Formula {
  readonly text: string;
  readonly tex: string;
}

export interface Formulas {
  readonly value: Formula;
  /** m; for a scalar function the value alone. */
  readonly residual: readonly Formula[];
  /** n, of the value. */
  readonly gradient: readonly Formula[];
  /** m × n, of the residual. */
  readonly jacobian: readonly (readonly Formula[])[];
  /** n × n, of the value. */
  readonly hessian: readonly (readonly Formula[])[];
}

export interface Parameter {
  readonly name: string;
  readonly value: number;
}
