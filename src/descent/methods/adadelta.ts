import type { Method } from '../method.ts';
import { advanced, eps, fraction, rate, schedule, stochastic, weightDecay } from '../params.ts';
import { decayed, decayLines } from './decay.ts';

type State = { v: Float64Array; u: Float64Array; move: Float64Array };

const params = {
  lr: rate(1),
  rho: fraction('Averaging', '\\rho', 0.9),
  eps: eps(1e-6),
  weightDecay: advanced(weightDecay(0)),
  ...schedule,
  ...stochastic,
};

export const adadelta = {
  id: 'adadelta',
  label: 'Adadelta',
  source: 'Zeiler 2012, arXiv 1212.5701, algorithm 1, p. 3; torch.optim.Adadelta',
  needs: 'gradient',
  params,
  rule: {
    state: { v: 'v', u: 'u', move: '\\Delta' },
    also: { d: decayed },
    lines: ({ weightDecay }) => {
      const { g, lines } = decayLines(weightDecay);
      return [
        ...lines,
        `@v = @rho * @v_ + (1 - @rho) * ${g}^2`,
        `@move = \\frac{\\sqrt{@u_ + @eps}}{\\sqrt{@v + @eps}} * ${g}`,
        '@u = @rho * @u_ + (1 - @rho) * @move^2',
        '@next = @x - @lr * @move',
      ];
    },
    drawn: { arrow: 'move' },
  },
  start: ({ n }) => ({ v: new Float64Array(n), u: new Float64Array(n), move: new Float64Array(n) }),
  step(_problem, { x, gradient }, { v, u, move }, { lr, rho, eps, weightDecay }, next) {
    for (let i = 0; i < x.length; i++) {
      const g = gradient[i]! + weightDecay * x[i]!;
      v[i] = rho * v[i]! + (1 - rho) * g * g;
      const d = (Math.sqrt(u[i]! + eps) / Math.sqrt(v[i]! + eps)) * g;
      move[i] = d;
      u[i] = rho * u[i]! + (1 - rho) * d * d;
      next.x[i] = x[i]! - lr * d;
    }
    return undefined;
  },
} satisfies Method<State, keyof typeof params>;
