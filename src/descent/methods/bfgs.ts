import type { Method } from '../method.ts';
import { noise } from '../params.ts';
import { dot, norm } from '../vectors.ts';
import { firstLength, searchOrRestart, startPrevious, wolfeParams } from './quasi.ts';

/** `H` is the inverse Hessian's estimate, n × n by rows; `s` and `y` are the last step and change of gradient. */
type State = { H: Float64Array; s: Float64Array; y: Float64Array; direction: Float64Array; previous: number };

const params = { ...wolfeParams(0.9), ...noise };

function identity(H: Float64Array, n: number): void {
  H.fill(0);
  for (let i = 0; i < n; i++) H[i * n + i] = 1;
}

/** H ← (I − ρsyᵀ)H(I − ρysᵀ) + ρssᵀ, ρ = 1/sᵀy. */
export function updateInverse(H: Float64Array, s: Float64Array, y: Float64Array): void {
  const n = s.length;
  const rho = 1 / dot(s, y);
  const Hy = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += H[i * n + j]! * y[j]!;
    Hy[i] = sum;
  }
  const factor = rho * (1 + rho * dot(y, Hy));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const change = factor * s[i]! * s[j]! - rho * (s[i]! * Hy[j]! + Hy[i]! * s[j]!);
      H[i * n + j] = H[j * n + i] = H[i * n + j]! + change;
    }
  }
}

export const bfgs = {
  id: 'bfgs',
  label: 'BFGS',
  source: 'Broyden, Fletcher, Goldfarb & Shanno 1970; Nocedal & Wright 2006, algorithm 6.1, p. 140',
  needs: 'gradient',
  usesValue: true,
  params,
  rule: {
    state: { H: 'H', s: 's', y: 'y', direction: 'p' },
    also: {
      length: {
        tex: '\\alpha_t',
        of: ({ trials }) => (trials?.kind === 'line search' ? (trials.tried.at(-1)?.t ?? 0) : 0),
      },
      gNext: { tex: 'g_{t+1}', of: ({ next }) => next.gradient },
      rho: { tex: '\\rho_t', of: ({ after }) => 1 / dot(after.s, after.y) },
    },
    lines: () => [
      '@direction = -@H_ * @g',
      '@next = @x + @length * @direction',
      '@s = @next - @x',
      '@y = @gNext - @g',
      '@rho = \\frac{1}{@s^\\top @y}',
      '@H = (I - \\rho_t s_t y_t^\\top) * @H_ * (I - \\rho_t y_t s_t^\\top) + \\rho_t s_t s_t^\\top',
    ],
    drawn: { arrow: 'direction', 'inverse ellipse': 'H' },
  },
  start({ n }, at) {
    const H = new Float64Array(n * n);
    identity(H, n);
    const vector = () => new Float64Array(n);
    return { H, s: vector(), y: vector(), direction: vector(), previous: startPrevious(at) };
  },
  step(problem, at, state, { c1, c2 }, next) {
    const { H, s, y, direction } = state;
    const n = s.length;
    const g = at.gradient;
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum -= H[i * n + j]! * g[j]!;
      direction[i] = sum;
    }
    const trials = searchOrRestart(
      problem,
      at,
      direction,
      next,
      { c1, c2, first: (slope) => firstLength(at, state.previous, slope) },
      () => identity(H, n),
    );
    if (trials.failed !== undefined) return trials;
    for (let i = 0; i < n; i++) {
      s[i] = next.x[i]! - at.x[i]!;
      y[i] = next.gradient[i]! - g[i]!;
    }
    // Without sᵀy > 0 the estimate would lose its positive definiteness: this pair is passed over.
    if (dot(s, y) > Number.EPSILON * norm(s) * norm(y)) updateInverse(H, s, y);
    state.previous = at.f;
    return trials;
  },
} satisfies Method<State, keyof typeof params>;
