import type { Counted } from '../counted.ts';
import type { Derived, Method, Moment, Trials } from '../method.ts';
import { advanced, amount, positive } from '../params.ts';

/** n + 1 vertices by rows, best first, and f at each (+∞ where it has no value). */
type State = { simplex: Float64Array; f: Float64Array };
type Simplex = Extract<Trials, { kind: 'simplex' }>;

const params = {
  size: { ...positive('First simplex', '\\delta', 0.05, 0.001, 1), limits: [1e-12, 1e12] as const },
  reflection: { ...advanced(amount('Reflection', '\\rho', 1, 2)), min: 0.1, limits: [0.01, 10] as const },
  expansion: { ...advanced(amount('Expansion', '\\chi', 2, 5)), min: 1, limits: [1, 100] as const },
  contraction: {
    ...advanced(amount('Contraction', '\\gamma', 0.5, 1)),
    min: 0.1,
    limits: [0.01, 0.99] as const,
  },
  shrink: { ...advanced(amount('Shrink', '\\sigma', 0.5, 1)), min: 0.1, limits: [0.01, 0.99] as const },
};

/** Edge where a coordinate of the start is 0, of which 5 % would be nothing; as in MATLAB's fminsearch. */
const ZERO_EDGE = 0.00025 / 0.05;

const valueOrInfinity = (problem: Counted, x: Float64Array): number => {
  const f = problem.value(x);
  return Number.isNaN(f) ? Number.POSITIVE_INFINITY : f;
};

/** Sorts the vertices by f, ties as they stood. */
function sort({ simplex, f }: State): void {
  const n = f.length - 1;
  const order = Array.from(f.keys()).sort((a, b) => f[a]! - f[b]! || a - b);
  const vertices = simplex.slice();
  const values = f.slice();
  for (const [row, from] of order.entries()) {
    simplex.set(vertices.subarray(from * n, from * n + n), row * n);
    f[row] = values[from]!;
  }
}

/** Largest distance in a coordinate of a vertex from the best one. */
function simplexSize({ simplex, f }: Readonly<State>): number {
  const n = f.length - 1;
  let size = 0;
  for (let k = n; k < simplex.length; k++) size = Math.max(size, Math.abs(simplex[k]! - simplex[k % n]!));
  return size;
}

/** What a step may try, with its name in the rule. */
const MOVES = new Map([
  [
    'reflection',
    { id: 'reflected', tex: 'x_r', line: '@reflected = @centre + @reflection * (@centre - @worst)' },
  ],
  [
    'expansion',
    {
      id: 'expanded',
      tex: 'x_e',
      line: '@expanded = @centre + @reflection * @expansion * (@centre - @worst)',
    },
  ],
  [
    'outside contraction',
    {
      id: 'outside',
      tex: 'x_o',
      line: '@outside = @centre + @reflection * @contraction * (@centre - @worst)',
    },
  ],
  [
    'inside contraction',
    { id: 'inside', tex: 'x_i', line: '@inside = @centre - @contraction * (@centre - @worst)' },
  ],
  ['shrink', { id: 'shrunk', tex: 'x_s', line: '@shrunk = @best + @shrink * (@second - @best)' }],
]);

/** Where the first trial of a name was; NaN where the step did not try it. */
const triedPoint = (name: string, tex: string): Derived<State, string> => ({
  tex,
  of: ({ trials, at }: Moment<State, string>) =>
    (trials?.kind === 'simplex' && trials.tried.find((trial) => trial.name === name)?.x) ||
    at.x.map(() => Number.NaN),
});

const vertex = ({ simplex, f }: Readonly<State>, row: number): Float64Array =>
  simplex.slice(row * (f.length - 1), (row + 1) * (f.length - 1));

export const nelderMead = {
  id: 'nelder-mead',
  label: 'Nelder–Mead',
  source: 'Nelder & Mead 1965, Comput. J. 7, p. 308; Lagarias et al. 1998, SIAM J. Optim. 9, p. 117',
  needs: 'value',
  params,
  rule: {
    state: { simplex: 'S' },
    also: {
      worst: { tex: 'x_{n+1}', of: ({ before }) => vertex(before, before.f.length - 1) },
      best: { tex: 'x_1', of: ({ before }) => vertex(before, 0) },
      second: { tex: 'x_2', of: ({ before }) => vertex(before, 1) },
      ...Object.fromEntries([...MOVES].map(([name, { id, tex }]) => [id, triedPoint(name, tex)])),
      centre: { tex: '\\bar x', of: ({ before }) => centroid(before) },
    },
    lines: (_params, trials) => {
      const tried = trials?.kind === 'simplex' ? new Set(trials.tried.map(({ name }) => name)) : undefined;
      const moves = [...MOVES].filter(([name]) => !tried || tried.has(name)).map(([, { line }]) => line);
      return ['@centre = \\frac1n \\sum_{i=1}^n x_i', ...moves, '@next = \\arg\\min_i f(x_i)'];
    },
    drawn: { simplex: 'simplex' },
  },
  measure: { name: 'The size of the simplex', of: (_at, state) => simplexSize(state) },
  start(problem, at, { size }) {
    const { n } = problem;
    const simplex = new Float64Array((n + 1) * n);
    const f = new Float64Array(n + 1);
    for (let k = 0; k <= n; k++) {
      const vertex = at.x.slice();
      if (k > 0) vertex[k - 1] = vertex[k - 1] === 0 ? size * ZERO_EDGE : vertex[k - 1]! * (1 + size);
      simplex.set(vertex, k * n);
      f[k] = valueOrInfinity(problem, vertex);
    }
    const state = { simplex, f };
    sort(state);
    return state;
  },
  step(problem, _at, state, { reflection, expansion, contraction, shrink }, next) {
    const { simplex, f } = state;
    const n = f.length - 1;
    const last = n * n;
    const centre = centroid(state);
    const tried: { name: string; x: Float64Array; f: number }[] = [];
    /** The point centre + t·(centre − worst). */
    const look = (name: string, t: number) => {
      const x = centre.map((c, i) => (1 + t) * c - t * simplex[last + i]!);
      const trial = { name, x, f: valueOrInfinity(problem, x) };
      tried.push(trial);
      return trial;
    };

    const reflected = look('reflection', reflection);
    let chosen: typeof reflected | undefined = reflected;
    let move: Simplex['move'] = 'reflection';
    if (reflected.f < f[0]!) {
      const expanded = look('expansion', reflection * expansion);
      if (expanded.f < reflected.f) {
        chosen = expanded;
        move = 'expansion';
      }
    } else if (!(reflected.f < f[n - 1]!)) {
      const outside = reflected.f < f[n]!;
      const contracted = outside
        ? look('outside contraction', contraction * reflection)
        : look('inside contraction', -contraction);
      chosen = (outside ? contracted.f <= reflected.f : contracted.f < f[n]!) ? contracted : undefined;
      move = chosen ? (outside ? 'outside contraction' : 'inside contraction') : 'shrink';
    }
    if (chosen) {
      simplex.set(chosen.x, last);
      f[n] = chosen.f;
    } else {
      for (let k = 1; k <= n; k++) {
        const x = simplex.slice(0, n).map((best, i) => best + shrink * (simplex[k * n + i]! - best));
        simplex.set(x, k * n);
        f[k] = valueOrInfinity(problem, x);
        tried.push({ name: 'shrink', x, f: f[k]! });
      }
    }
    sort(state);
    next.x.set(simplex.subarray(0, n));
    next.f = f[0]!;
    next.known = 'value';
    const failed = { failed: 'All vertices of the simplex are the same point.' };
    return { kind: 'simplex', move, tried, ...(simplexSize(state) === 0 && failed) };
  },
} satisfies Method<State, keyof typeof params>;

/** Mean of all vertices but the worst. */
function centroid({ simplex, f }: Readonly<State>): Float64Array {
  const n = f.length - 1;
  const centre = new Float64Array(n);
  for (let k = 0; k < n * n; k++) centre[k % n] = centre[k % n]! + simplex[k]! / n;
  return centre;
}
