import { solveCholesky } from '../../math/linear.ts';
import { backtrack } from '../lineSearch.ts';
import type { Method } from '../method.ts';
import { noise, positive } from '../params.ts';
import { dot, negative } from '../vectors.ts';

/** `H` is the Hessian where the last step began, n × n by rows; `modified` is 1 where it was not positive definite. */
type State = { H: Float64Array; direction: Float64Array; modified: number };

const params = {
  c1: { ...positive('Armijo constant', 'c_1', 1e-4, 1e-6, 0.5), limits: [0, 1] as const },
  ...noise,
};

/** Curvature along d, relative to ‖d‖², that counts as none beside the largest entry of H. */
const NONE = 1e-12;

/**
 * −B⁻¹g, where B is H on the directions of positive curvature that conjugate gradients meet before the first other
 * one, and |dᵀHd| along −g where that is the first: Nocedal & Wright 2006, algorithm 7.1, p. 169. The residual's
 * bound, min(½, √‖g‖)·‖g‖, is theirs too.
 */
export function truncatedDirection(H: Float64Array, g: Float64Array): Float64Array {
  const n = g.length;
  const p = new Float64Array(n);
  const Hd = new Float64Array(n);
  const residual = g.slice();
  const d = negative(g);
  const taxicab = (v: Float64Array): number => v.reduce((sum, value) => sum + Math.abs(value), 0);
  const enough = Math.min(0.5, Math.sqrt(taxicab(g))) * taxicab(g);
  const largest = H.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  let square = dot(residual, residual);
  for (let k = 0; k < 20 * n && taxicab(residual) > enough; k++) {
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += H[i * n + j]! * d[j]!;
      Hd[i] = sum;
    }
    const curvature = dot(d, Hd);
    const none = Math.abs(curvature) <= NONE * largest * dot(d, d);
    if (curvature <= 0 || none) {
      if (k > 0) break;
      return none ? d : d.map((value) => (value * square) / -curvature);
    }
    const alpha = square / curvature;
    for (let i = 0; i < n; i++) {
      p[i] = p[i]! + alpha * d[i]!;
      residual[i] = residual[i]! + alpha * Hd[i]!;
    }
    const before = square;
    square = dot(residual, residual);
    for (let i = 0; i < n; i++) d[i] = (square / before) * d[i]! - residual[i]!;
  }
  return p;
}

export const newtonDamped = {
  id: 'newton-damped',
  label: 'Newton with line search',
  source: 'Nocedal & Wright 2006, algorithm 3.2, p. 48; modified by algorithm 7.1, p. 169',
  needs: 'hessian',
  usesValue: true,
  params,
  rule: {
    state: { H: 'H', direction: 'p' },
    also: {
      length: {
        tex: '\\alpha_t',
        of: ({ trials }) => (trials?.kind === 'line search' ? (trials.tried.at(-1)?.t ?? 0) : 0),
      },
    },
    lines: () => [
      '@H = \\nabla^2 f(@x)',
      '@H * @direction = -@g \\quad\\text{(on positive curvature)}',
      '@next = @x + @length * @direction',
    ],
    drawn: { arrow: 'direction', ellipse: 'H' },
  },
  start: ({ n }) => ({ H: new Float64Array(n * n), direction: new Float64Array(n), modified: 0 }),
  step(problem, at, state, { c1 }, next) {
    const { H, direction } = state;
    H.set(problem.hessian(at.x));
    if (!H.every(Number.isFinite)) return { kind: 'none', failed: 'The Hessian is not finite here.' };
    const newton = solveCholesky(H, negative(at.gradient));
    state.modified = newton ? 0 : 1;
    direction.set(newton ?? truncatedDirection(H, at.gradient));
    return backtrack(problem, at, direction, next, { c1 });
  },
} satisfies Method<State, keyof typeof params>;
