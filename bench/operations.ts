import type { Problem } from '../src/descent/problem.ts';

export interface Operations {
  readonly value: number;
  readonly gradient: number;
  readonly hessian: number;
}

/** Arithmetic operations and function calls of the code for the value, for value and gradient, and for the Hessian. */
export function operations(problem: Problem): Operations | undefined {
  return (problem as Problem & { operations?: Operations }).operations;
}
