import { solveCholesky, symmetricEigen } from '../draftLinear.ts';
import { backtrack } from '../lineSearch.ts';
import type { Method } from '../method.ts';
import { noise, positive } from '../params.ts';
import { negative } from '../vectors.ts';

/** `B` is the Hessian made positive definite, n × n by rows; `modified` is 1 where that changed it. */
type State = { B: Float64Array; direction: Float64Array; modified: number };

const params = {
  c1: { ...positive('Armijo constant', 'c_1', 1e-4, 1e-6, 0.5), limits: [0, 1] as const },
  ...noise,
};

/** Smallest eigenvalue kept, relative to the largest. */
const FLOOR = 1e-8;

/** H with its eigenvalues made positive, max(|λ|, δ): Nocedal & Wright 2006, p. 50 (3.41). */
function positiveDefinite(H: Float64Array, n: number): { B: Float64Array; inverse: Float64Array } {
  const { values, vectors } = symmetricEigen(H, n);
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const B = new Float64Array(n * n);
  const inverse = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    const size = Math.max(Math.abs(values[k]!), FLOOR * largest);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const product = vectors[i * n + k]! * vectors[j * n + k]!;
        B[i * n + j] = B[i * n + j]! + size * product;
        inverse[i * n + j] = inverse[i * n + j]! + product / size;
      }
    }
  }
  return { B, inverse };
}

export const newtonDamped = {
  id: 'newton-damped',
  label: 'Newton with line search',
  source: 'Nocedal & Wright 2006, algorithm 3.2, p. 48, with the modification of p. 50',
  needs: 'hessian',
  usesValue: true,
  params,
  rule: {
    state: { B: 'B', direction: 'p' },
    also: {
      length: {
        tex: '\\alpha_t',
        of: ({ trials }) => (trials?.kind === 'line search' ? (trials.tried.at(-1)?.t ?? 0) : 0),
      },
    },
    lines: () => [
      '@B = Q * \\operatorname{diag}(\\max(|\\lambda_i|, \\delta)) * Q^\\top,\\quad \\nabla^2 f = Q \\operatorname{diag}(\\lambda_i) Q^\\top',
      '@direction = -@B^{-1} * @g',
      '@next = @x + @length * @direction',
    ],
    drawn: { arrow: 'direction', ellipse: 'B' },
  },
  start: ({ n }) => ({ B: new Float64Array(n * n), direction: new Float64Array(n), modified: 0 }),
  step(problem, at, state, { c1 }, next) {
    const { B, direction } = state;
    const n = direction.length;
    const H = problem.hessian(at.x);
    if (!H.every(Number.isFinite)) return { kind: 'none', failed: 'The Hessian is not finite here.' };
    const p = solveCholesky(H, negative(at.gradient));
    state.modified = p?.every(Number.isFinite) ? 0 : 1;
    if (p && state.modified === 0) {
      B.set(H);
      direction.set(p);
    } else {
      const { B: made, inverse } = positiveDefinite(H, n);
      B.set(made);
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let j = 0; j < n; j++) sum -= inverse[i * n + j]! * at.gradient[j]!;
        direction[i] = sum;
      }
    }
    return backtrack(problem, at, direction, next, { c1 });
  },
} satisfies Method<State, keyof typeof params>;
