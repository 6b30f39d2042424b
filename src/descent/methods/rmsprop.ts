import type { Method } from '../method.ts';
import { advanced, eps, fraction, onOff, rate, schedule, stochastic, weightDecay } from '../params.ts';
import { decayed, decayLines } from './decay.ts';

type State = { v: Float64Array; mean: Float64Array; b: Float64Array };

const params = {
  lr: rate(0.01),
  alpha: fraction('Averaging of squares', '\\alpha', 0.99),
  momentum: advanced(fraction('Momentum', '\\mu', 0)),
  centered: advanced(onOff('Centered', '\\text{centered}')),
  eps: advanced(eps(1e-8)),
  weightDecay: advanced(weightDecay(0)),
  ...schedule,
  ...stochastic,
};

/** A variance that rounding has made negative is 0. */
const spread = (v: number, mean: number): number => Math.sqrt(Math.max(v - mean * mean, 0));

export const rmsprop = {
  id: 'rmsprop',
  label: 'RMSprop',
  source:
    'Tieleman & Hinton 2012, Coursera lecture 6e, slide 29; centred: Graves 2013, arXiv 1308.0850, p. 23; torch.optim.RMSprop',
  needs: 'gradient',
  params,
  rule: {
    state: { v: 'v', mean: '\\bar g', b: 'b' },
    also: {
      d: decayed,
      rates: {
        tex: 'r_t',
        of: ({ after, params }) =>
          after.v.map((v, i) => params.lr / (spread(v, after.mean[i] ?? 0) + params.eps)),
      },
    },
    lines: ({ weightDecay, centered, momentum }) => {
      const { g, lines } = decayLines(weightDecay);
      lines.push(`@v = @alpha * @v_ + (1 - @alpha) * ${g}^2`);
      if (centered) lines.push(`@mean = @alpha * @mean_ + (1 - @alpha) * ${g}`);
      const scaled = `\\frac{${g}}{\\sqrt{@v${centered ? ' - @mean^2' : ''}} + @eps}`;
      if (momentum !== 0) lines.push(`@b = @momentum * @b_ + ${scaled}`);
      return [...lines, `@next = @x - @lr * ${momentum === 0 ? scaled : '@b'}`];
    },
    drawn: { rates: 'rates' },
  },
  start: ({ n }, _at, params) => ({
    v: new Float64Array(n),
    mean: new Float64Array(params.centered ? n : 0),
    b: new Float64Array(params.momentum === 0 ? 0 : n),
  }),
  step(_problem, { x, gradient }, { v, mean, b }, params, next) {
    const { lr, alpha, momentum, centered, eps, weightDecay } = params;
    for (let i = 0; i < x.length; i++) {
      const g = gradient[i]! + weightDecay * x[i]!;
      v[i] = alpha * v[i]! + (1 - alpha) * g * g;
      if (centered !== 0) mean[i] = alpha * mean[i]! + (1 - alpha) * g;
      let move = g / ((centered === 0 ? Math.sqrt(v[i]!) : spread(v[i]!, mean[i]!)) + eps);
      if (momentum !== 0) move = b[i] = momentum * b[i]! + move;
      next.x[i] = x[i]! - lr * move;
    }
    return undefined;
  },
} satisfies Method<State, keyof typeof params>;
