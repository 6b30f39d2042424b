/** What a way to use second derivatives needs, besides f and its gradient. */
export interface Need {
  readonly name: string;
  /** Numbers kept, as a formula and for this n. */
  readonly stored: readonly [formula: string, numbers: number];
  /** Additions and multiplications of a step. */
  readonly work: readonly [formula: string, operations: number];
  readonly note: string;
}

/**
 * Numbers and operations for n variables and m pairs of L-BFGS. Factorisations and triangular solves: Golub & Van Loan
 * 2013, §3.2 and §4.2; the two loops of L-BFGS: Nocedal & Wright 2006, algorithm 7.4, p. 178.
 */
export function needs(n: number, m: number): readonly Need[] {
  return [
    {
      name: 'Gradient',
      stored: ['n', n],
      work: ['2n', 2 * n],
      note: 'for comparison: one step of gradient descent',
    },
    {
      name: 'Hessian',
      stored: ['n²', n * n],
      work: ['2n²', 2 * n * n],
      note: 'all second derivatives, and one product with a vector',
    },
    {
      name: 'Its factors',
      stored: ['n²', n * n],
      work: ['⅔n³ + 2n²', (2 / 3) * n ** 3 + 2 * n * n],
      note: 'LU, for the Newton step; half of it for Cholesky where H is positive definite',
    },
    {
      name: `L-BFGS, m = ${m}`,
      stored: ['2mn', 2 * m * n],
      work: ['8mn + n', 8 * m * n + n],
      note: 'the last m steps and changes of the gradient',
    },
    {
      name: 'Diagonal',
      stored: ['n', n],
      work: ['n', n],
      note: 'one second derivative per variable, and a division',
    },
  ];
}
