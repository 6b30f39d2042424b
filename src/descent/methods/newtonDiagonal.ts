import type { Method } from '../method.ts';
import { amount, noise, rate } from '../params.ts';

type State = { diagonal: Float64Array };

const params = { lr: rate(1), mu: amount('Damping', '\\mu', 0, 10), ...noise };

export const newtonDiagonal = {
  id: 'newton-diagonal',
  label: 'Newton, diagonal only',
  source: 'Becker & LeCun 1988, Connectionist Models Summer School, eq. 2, p. 30',
  needs: 'hessian',
  params,
  rule: {
    state: { diagonal: 'h' },
    also: {
      rates: {
        tex: 'r_t',
        of: ({ after, params }) => after.diagonal.map((h) => params.lr / (Math.abs(h) + params.mu)),
      },
    },
    lines: () => [
      '@diagonal = \\operatorname{diag} \\nabla^2 f(@x)',
      '@next = @x - @lr * \\frac{@g}{|@diagonal| + @mu}',
    ],
    drawn: { rates: 'rates' },
  },
  start: ({ n }) => ({ diagonal: new Float64Array(n) }),
  step(problem, { x, gradient }, { diagonal }, { lr, mu }, next) {
    problem.hessianDiagonal(x, diagonal);
    for (let i = 0; i < x.length; i++) {
      const curvature = Math.abs(diagonal[i]!) + mu;
      if (curvature === 0 && gradient[i] !== 0) {
        return {
          kind: 'none',
          failed: `The Hessian's diagonal is 0 in coordinate ${i + 1}, so that the step does not exist.`,
        };
      }
      next.x[i] = gradient[i] === 0 ? x[i]! : x[i]! - (lr * gradient[i]!) / curvature;
    }
    return undefined;
  },
} satisfies Method<State, keyof typeof params>;
