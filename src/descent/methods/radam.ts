import type { Method } from '../method.ts';
import { decayed, decayLines } from './decay.ts';
import { corrected, M_HAT, type Moments, momentLines, momentParams, startMoments } from './moments.ts';

type State = Moments & { t: number };

const params = momentParams(0.001);

/** Length of the average that β₂ makes in t steps, and its limit; p. 6 of the paper. */
function lengths(t: number, beta2: number, power = beta2 ** t): [rho: number, limit: number] {
  const limit = 2 / (1 - beta2) - 1;
  return [limit - (2 * t * power) / (1 - power), limit];
}

/** Variance rectification r_t; 0 while the average is too short to have a variance. */
function rectification(t: number, beta2: number, power = beta2 ** t): number {
  const [rho, limit] = lengths(t, beta2, power);
  if (!(rho > 5)) return 0;
  return Math.sqrt(((rho - 4) * (rho - 2) * limit) / ((limit - 4) * (limit - 2) * rho));
}

export const radam = {
  id: 'radam',
  label: 'RAdam',
  source: 'Liu et al. 2020, ICLR, algorithm 2, p. 6; torch.optim.RAdam',
  needs: 'gradient',
  params,
  rule: {
    state: { m: 'm', v: 'v' },
    also: {
      d: decayed,
      mHat: corrected.mHat,
      limit: { tex: '\\rho_\\infty', of: ({ t, params }) => lengths(t, params.beta2)[1] },
      rho: { tex: '\\rho_t', of: ({ t, params }) => lengths(t, params.beta2)[0] },
      r: { tex: 'r_t', of: ({ t, params }) => rectification(t, params.beta2) },
      length: {
        tex: '\\ell_t',
        of: ({ t, after, params }) =>
          after.v.map((v) => Math.sqrt(1 - params.beta2 ** t) / (Math.sqrt(v) + params.eps)),
      },
    },
    lines: ({ weightDecay }) => {
      const { g, lines } = decayLines(weightDecay);
      return [
        ...lines,
        ...momentLines(g),
        M_HAT,
        '@limit = \\frac{2}{1 - @beta2} - 1',
        '@rho = @limit - \\frac{2 * @t * @beta2^{@t}}{1 - @beta2^{@t}}',
        '@r = \\begin{cases} \\sqrt{\\frac{(@rho - 4)(@rho - 2) * @limit}{(@limit - 4)(@limit - 2) * @rho}} & @rho > 5 \\\\ 0 & \\text{otherwise} \\end{cases}',
        '@length = \\frac{\\sqrt{1 - @beta2^{@t}}}{\\sqrt{@v} + @eps}',
        '@next = @x - @lr * @mHat * \\begin{cases} @r * @length & @rho > 5 \\\\ 1 & \\text{otherwise} \\end{cases}',
      ];
    },
    drawn: { arrow: 'mHat' },
  },
  start: ({ n }) => ({ ...startMoments(n), t: 0 }),
  step(_problem, { x, gradient }, state, { lr, beta1, beta2, eps, weightDecay }, next) {
    const { m, v } = state;
    const t = ++state.t;
    const rate = lr / (1 - (state.power1 *= beta1));
    const power2 = (state.power2 *= beta2);
    const r = rectification(t, beta2, power2) * Math.sqrt(1 - power2);
    for (let i = 0; i < x.length; i++) {
      const g = gradient[i]! + weightDecay * x[i]!;
      m[i] = beta1 * m[i]! + (1 - beta1) * g;
      v[i] = beta2 * v[i]! + (1 - beta2) * g * g;
      next.x[i] = x[i]! - rate * m[i]! * (r === 0 ? 1 : r / (Math.sqrt(v[i]!) + eps));
    }
    return undefined;
  },
} satisfies Method<State, keyof typeof params>;
