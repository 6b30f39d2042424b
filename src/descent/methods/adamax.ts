import type { Method } from '../method.ts';
import { decayed, decayLines } from './decay.ts';
import { momentParams } from './moments.ts';

type State = { power1: number; m: Float64Array; u: Float64Array };

const params = momentParams(0.002);

export const adamax = {
  id: 'adamax',
  label: 'Adamax',
  source: 'Kingma & Ba 2015, ICLR, algorithm 2, p. 9; torch.optim.Adamax',
  needs: 'gradient',
  params,
  rule: {
    state: { m: 'm', u: 'u' },
    also: {
      d: decayed,
      rates: {
        tex: 'r_t',
        of: ({ t, after, params }) => after.u.map((u) => params.lr / ((1 - params.beta1 ** t) * u)),
      },
    },
    lines: ({ weightDecay }) => {
      const { g, lines } = decayLines(weightDecay);
      return [
        ...lines,
        `@m = @beta1 * @m_ + (1 - @beta1) * ${g}`,
        `@u = \\max(@beta2 * @u_,\\ |${g}| + @eps)`,
        '@next = @x - \\frac{@lr}{1 - @beta1^{@t}} * \\frac{@m}{@u}',
      ];
    },
    drawn: { arrow: 'm', rates: 'rates' },
  },
  start: ({ n }) => ({ power1: 1, m: new Float64Array(n), u: new Float64Array(n) }),
  step(_problem, { x, gradient }, state, { lr, beta1, beta2, eps, weightDecay }, next) {
    const { m, u } = state;
    const rate = lr / (1 - (state.power1 *= beta1));
    for (let i = 0; i < x.length; i++) {
      const g = gradient[i]! + weightDecay * x[i]!;
      m[i] = beta1 * m[i]! + (1 - beta1) * g;
      u[i] = Math.max(beta2 * u[i]!, Math.abs(g) + eps);
      next.x[i] = x[i]! - (rate * m[i]!) / u[i]!;
    }
    return undefined;
  },
} satisfies Method<State, keyof typeof params>;
