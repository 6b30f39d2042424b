import type { Method } from '../method.ts';
import { noise, whole } from '../params.ts';
import { dot, norm } from '../vectors.ts';
import { searchOrRestart, wolfeParams } from './quasi.ts';

/** The last `pairs` steps s and changes of gradient y, in rings of memory × n whose newest row is `newest`. */
type State = {
  s: Float64Array;
  y: Float64Array;
  rho: Float64Array;
  pairs: number;
  newest: number;
  scale: number;
  direction: Float64Array;
};

const params = {
  memory: { ...whole('Memory', 'm', 10, 1, 50), limits: [1, 1000] as const },
  ...wolfeParams(0.9),
  ...noise,
};

/** −H·g by the two loops of Nocedal & Wright 2006, algorithm 7.4, p. 178. */
function twoLoops(state: State, g: Float64Array): void {
  const { s, y, rho, pairs, newest, scale, direction } = state;
  const n = g.length;
  const memory = rho.length;
  const alpha = new Float64Array(pairs);
  for (let i = 0; i < n; i++) direction[i] = -g[i]!;
  for (let k = 0; k < pairs; k++) {
    const row = (newest - k + memory) % memory;
    let sum = 0;
    for (let i = 0; i < n; i++) sum += s[row * n + i]! * direction[i]!;
    alpha[k] = sum * rho[row]!;
    for (let i = 0; i < n; i++) direction[i] = direction[i]! - alpha[k]! * y[row * n + i]!;
  }
  for (let i = 0; i < n; i++) direction[i] = scale * direction[i]!;
  for (let k = pairs - 1; k >= 0; k--) {
    const row = (newest - k + memory) % memory;
    let sum = 0;
    for (let i = 0; i < n; i++) sum += y[row * n + i]! * direction[i]!;
    const beta = sum * rho[row]!;
    for (let i = 0; i < n; i++) direction[i] = direction[i]! + (alpha[k]! - beta) * s[row * n + i]!;
  }
}

/** The matrix H that the pairs stand for, n × n by rows: made for the picture alone. */
function denseInverse(state: Readonly<State>, n: number): Float64Array {
  const H = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    const column = { ...state, direction: new Float64Array(n) };
    twoLoops(
      column,
      Float64Array.from({ length: n }, (_, i) => (i === j ? -1 : 0)),
    );
    for (let i = 0; i < n; i++) H[i * n + j] = column.direction[i]!;
  }
  return H;
}

export const lbfgs = {
  id: 'lbfgs',
  label: 'L-BFGS',
  source: 'Liu & Nocedal 1989, Math. Program. 45, p. 503; Nocedal & Wright 2006, algorithm 7.5, p. 179',
  needs: 'gradient',
  usesValue: true,
  params,
  rule: {
    state: { direction: 'p', scale: '\\gamma' },
    also: {
      length: {
        tex: '\\alpha_t',
        of: ({ trials }) => (trials?.kind === 'line search' ? (trials.tried.at(-1)?.t ?? 0) : 0),
      },
      H: { tex: 'H_t', of: ({ before, at }) => denseInverse(before, at.x.length) },
      held: { tex: '\\ell', of: ({ before }) => before.pairs },
    },
    lines: () => [
      '@direction = -@H * @g,\\quad H_t \\text{ from the last } @held \\text{ pairs}',
      '@next = @x + @length * @direction',
      '@scale = \\frac{s_t^\\top y_t}{y_t^\\top y_t}',
    ],
    drawn: { arrow: 'direction', 'inverse ellipse': 'H' },
  },
  start: ({ n }, _at, { memory }) => ({
    s: new Float64Array(memory * n),
    y: new Float64Array(memory * n),
    rho: new Float64Array(memory),
    pairs: 0,
    newest: 0,
    scale: 1,
    direction: new Float64Array(n),
  }),
  step(problem, at, state, { c1, c2 }, next) {
    const { s, y, rho, direction } = state;
    const n = direction.length;
    const memory = rho.length;
    twoLoops(state, at.gradient);
    const first = state.pairs === 0 ? Math.min(1, 1 / norm(at.gradient)) : 1;
    const trials = searchOrRestart(problem, at, direction, next, { c1, c2, first: () => first }, () => {
      state.pairs = 0;
      state.scale = 1;
    });
    if (trials.failed !== undefined) return trials;
    const row = state.pairs === 0 ? 0 : (state.newest + 1) % memory;
    const step = new Float64Array(n);
    const change = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      step[i] = next.x[i]! - at.x[i]!;
      change[i] = next.gradient[i]! - at.gradient[i]!;
    }
    const sy = dot(step, change);
    // Without sᵀy > 0 the estimate would lose its positive definiteness: this pair is passed over.
    if (sy > Number.EPSILON * norm(step) * norm(change)) {
      s.set(step, row * n);
      y.set(change, row * n);
      rho[row] = 1 / sy;
      state.newest = row;
      state.pairs = Math.min(state.pairs + 1, memory);
      state.scale = sy / dot(change, change);
    }
    return trials;
  },
} satisfies Method<State, keyof typeof params>;
