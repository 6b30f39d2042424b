import type { CompiledProblem } from '../src/descent/compiled.ts';

export interface Operations {
  readonly value: number;
  /** Of value and gradient together. */
  readonly gradient: number;
  readonly hessian: number;
}

/** Arithmetic, comparisons, selections and function calls of the compiled code, loops counted as often as they run. */
export function operations({ operations }: CompiledProblem): Operations {
  const { value, valueAndGradient, hessian } = operations;
  return { value, gradient: valueAndGradient, hessian };
}
