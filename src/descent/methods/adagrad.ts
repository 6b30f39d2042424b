import type { Method } from '../method.ts';
import { advanced, amount, eps, rate, schedule, stochastic, weightDecay } from '../params.ts';
import { decayed, decayLines } from './decay.ts';

type State = { t: number; sum: Float64Array };

const params = {
  lr: rate(0.01),
  lrDecay: advanced(amount('Rate decay per step', '\\gamma', 0, 1)),
  initialAccumulatorValue: advanced(amount('Initial sum', 's_0', 0, 10)),
  eps: advanced(eps(1e-10)),
  weightDecay: advanced(weightDecay(0)),
  ...schedule,
  ...stochastic,
};

export const adagrad = {
  id: 'adagrad',
  label: 'Adagrad',
  source: 'Duchi, Hazan & Singer 2011, JMLR 12, p. 2125; torch.optim.Adagrad',
  needs: 'gradient',
  params,
  rule: {
    state: { sum: 's' },
    also: {
      d: decayed,
      rate: { tex: '\\eta_t', of: ({ t, params }) => params.lr / (1 + (t - 1) * params.lrDecay) },
      rates: {
        tex: 'r_t',
        of: ({ t, after, params }) =>
          after.sum.map((s) => params.lr / (1 + (t - 1) * params.lrDecay) / (Math.sqrt(s) + params.eps)),
      },
    },
    lines: ({ weightDecay, lrDecay }) => {
      const { g, lines } = decayLines(weightDecay);
      const rate = lrDecay === 0 ? '@lr' : '@rate';
      if (lrDecay !== 0) lines.push('@rate = \\frac{@lr}{1 + (@t - 1) * @lrDecay}');
      return [...lines, `@sum = @sum_ + ${g}^2`, `@next = @x - \\frac{${rate}}{\\sqrt{@sum} + @eps} * ${g}`];
    },
    drawn: { rates: 'rates' },
  },
  start: ({ n }, _at, params) => ({ t: 0, sum: new Float64Array(n).fill(params.initialAccumulatorValue) }),
  step(_problem, { x, gradient }, state, { lr, lrDecay, eps, weightDecay }, next) {
    const { sum } = state;
    const rate = lr / (1 + state.t++ * lrDecay);
    for (let i = 0; i < x.length; i++) {
      const g = gradient[i]! + weightDecay * x[i]!;
      const s = sum[i]! + g * g;
      sum[i] = s;
      next.x[i] = x[i]! - (rate * g) / (Math.sqrt(s) + eps);
    }
    return undefined;
  },
} satisfies Method<State, keyof typeof params>;
