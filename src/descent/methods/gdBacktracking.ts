import { backtrack } from '../lineSearch.ts';
import type { Method, State } from '../method.ts';
import { fraction, noise, positive, rate } from '../params.ts';
import { negative } from '../vectors.ts';

const params = {
  lr: rate(1, 't_0', 'First step length'),
  c1: { ...positive('Armijo constant', 'c_1', 1e-4, 1e-6, 0.5), limits: [0, 1] as const },
  shrink: { ...fraction('Shrink factor', '\\rho', 0.5), min: 0.1, max: 0.9, limits: [0.01, 0.99] as const },
  ...noise,
};

export const gdBacktracking = {
  id: 'gd-backtracking',
  label: 'Gradient descent with backtracking',
  source: 'Armijo 1966, Pacific J. Math. 16, p. 1; Nocedal & Wright 2006, algorithm 3.1, p. 37',
  needs: 'gradient',
  usesValue: true,
  params,
  rule: {
    also: {
      length: {
        tex: 't_k',
        of: ({ trials }) => (trials?.kind === 'line search' ? (trials.tried.at(-1)?.t ?? 0) : 0),
      },
    },
    lines: () => [
      '@length = \\max\\{t_0\\rho^j : f(x - t * \\nabla f) \\le f(x) - c_1 * t * \\|\\nabla f\\|^2\\}',
      '@next = @x - @length * @g',
    ],
  },
  start: (): State => ({}),
  step(problem, at, _state, { lr, c1, shrink }, next) {
    return backtrack(problem, at, negative(at.gradient), next, { first: lr, c1, shrink, interpolate: false });
  },
} satisfies Method<State, keyof typeof params>;
