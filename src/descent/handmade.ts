import type { Problem } from './problem.ts';

/** A function with derivatives written by hand: what tests compare with, since no engine has made them. */
export interface Handmade {
  readonly n: number;
  f(x: Float64Array): number;
  g(x: Float64Array): number[];
  h?(x: Float64Array): number[][];
}

const nothing = { text: '', tex: '' };

function absent(what: string): never {
  throw new Error(`This hand-written problem has no ${what}.`);
}

/** f: ℝⁿ → ℝ. */
export function scalarProblem({ n, f, g, h }: Handmade): Problem {
  const gradient = (x: Float64Array) => Float64Array.from(g(x));
  const hessian = (x: Float64Array) => Float64Array.from((h ?? absent('Hessian'))(x).flat());
  return {
    ...shell(n, 1, true),
    value: f,
    residual: (x) => Float64Array.of(f(x)),
    gradient,
    valueAndGradient(x, into) {
      into.set(g(x));
      return f(x);
    },
    jacobian: gradient,
    hessian,
    hessianVector: (x, v, product) => multiply(hessian(x), v, product),
  };
}

/** F: ℝⁿ → ℝᵐ with its Jacobian by rows; its Hessian is JᵀJ, and exact only where F is linear. */
export function vectorProblem(
  n: number,
  F: (x: Float64Array) => number[],
  J: (x: Float64Array) => number[][],
): Problem {
  const m = F(new Float64Array(n).fill(0.5)).length;
  const value = (x: Float64Array) => F(x).reduce((sum, r) => sum + r * r, 0) / 2;
  const valueAndGradient = (x: Float64Array, gradient: Float64Array) => {
    const jacobian = J(x);
    gradient.fill(0);
    F(x).forEach((r, i) => {
      for (let j = 0; j < n; j++) gradient[j] = gradient[j]! + jacobian[i]![j]! * r;
    });
    return value(x);
  };
  const hessian = (x: Float64Array) => {
    const jacobian = J(x);
    return Float64Array.from({ length: n * n }, (_, k) =>
      jacobian.reduce((sum, row) => sum + row[Math.floor(k / n)]! * row[k % n]!, 0),
    );
  };
  return {
    ...shell(n, m, false),
    value,
    residual: (x) => Float64Array.from(F(x)),
    gradient(x) {
      const gradient = new Float64Array(n);
      valueAndGradient(x, gradient);
      return gradient;
    },
    valueAndGradient,
    jacobian: (x) => Float64Array.from(J(x).flat()),
    hessian,
    hessianVector: (x, v, product) => multiply(hessian(x), v, product),
  };
}

const shell = (n: number, outputs: number, scalar: boolean) => ({
  variables: Array.from({ length: n }, (_, i) => `x${i + 1}`),
  parameters: [],
  outputs,
  scalar,
  grid: () => absent('grid'),
  formulas: { value: nothing, residual: [], gradient: [], jacobian: [], hessian: [] },
});

function multiply(matrix: Float64Array, v: Float64Array, product: Float64Array): void {
  const n = v.length;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += matrix[i * n + j]! * v[j]!;
    product[i] = sum;
  }
}

export const sphere = scalarProblem({
  n: 2,
  f: ([x, y]) => x! * x! + y! * y!,
  g: ([x, y]) => [2 * x!, 2 * y!],
  h: () => [
    [2, 0],
    [0, 2],
  ],
});

export const rosenbrock = scalarProblem({
  n: 2,
  f: ([x, y]) => (1 - x!) ** 2 + 100 * (y! - x! * x!) ** 2,
  g: ([x, y]) => [-2 * (1 - x!) - 400 * x! * (y! - x! * x!), 200 * (y! - x! * x!)],
  h: ([x, y]) => [
    [2 - 400 * (y! - 3 * x! * x!), -400 * x!],
    [-400 * x!, 200],
  ],
});

/** ½xᵀAx for a symmetric matrix A. */
export const quadratic = (A: number[][]): Problem =>
  scalarProblem({
    n: A.length,
    f: (x) => A.reduce((sum, row, i) => sum + row.reduce((s, a, j) => s + a * x[j]!, 0) * x[i]!, 0) / 2,
    g: (x) => A.map((row) => row.reduce((sum, a, j) => sum + a * x[j]!, 0)),
    h: () => A,
  });

/** Rosenbrock's function as residuals. */
export const rosenbrockResiduals = vectorProblem(
  2,
  ([x, y]) => [1 - x!, 10 * (y! - x! * x!)],
  ([x]) => [
    [-1, 0],
    [-20 * x!, 10],
  ],
);
