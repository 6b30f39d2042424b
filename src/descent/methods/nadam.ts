import type { Method } from '../method.ts';
import { advanced, amount } from '../params.ts';
import { decayed, decayLines } from './decay.ts';
import { corrected, type Moments, momentLines, momentParams, startMoments, V_HAT } from './moments.ts';

/** `product` is μ₁·μ₂⋯μₜ, `warmth` 0.96^((t+1)·ψ), `cooling` 0.96^ψ. */
type State = Moments & { product: number; warmth: number; cooling: number };

const params = {
  ...momentParams(0.002),
  momentumDecay: advanced(amount('Momentum decay', '\\psi', 0.004, 0.1)),
};

/** Dozat's warming momentum at step t. */
const mu = (t: number, params: Readonly<Record<'beta1' | 'momentumDecay', number>>): number =>
  params.beta1 * (1 - 0.5 * 0.96 ** (t * params.momentumDecay));

export const nadam = {
  id: 'nadam',
  label: 'NAdam',
  source: 'Dozat 2016, ICLR workshop, algorithm 2, p. 3; torch.optim.NAdam since 2.0',
  needs: 'gradient',
  params,
  rule: {
    state: { m: 'm', v: 'v', product: 'P' },
    also: {
      d: decayed,
      vHat: corrected.vHat,
      mu: { tex: '\\mu_t', of: ({ t, params }) => mu(t, params) },
      ahead: { tex: '\\mu_{t+1}', of: ({ t, params }) => mu(t + 1, params) },
    },
    lines: ({ weightDecay }) => {
      const { g, lines } = decayLines(weightDecay);
      return [
        ...lines,
        '@mu = @beta1 * (1 - 0.5 * 0.96^{@t * @momentumDecay})',
        '@product = @product_ * @mu',
        ...momentLines(g),
        V_HAT,
        `@next = @x - \\frac{@lr}{\\sqrt{@vHat} + @eps} * \\left(\\frac{1 - @mu}{1 - @product} * ${g} + \\frac{@ahead}{1 - @product * @ahead} * @m\\right)`,
      ];
    },
    drawn: { arrow: 'm' },
  },
  start({ n }, _at, params) {
    const cooling = 0.96 ** params.momentumDecay;
    return { ...startMoments(n), product: 1, warmth: cooling, cooling };
  },
  step(_problem, { x, gradient }, state, params, next) {
    const { lr, beta1, beta2, eps, weightDecay } = params;
    const { m, v } = state;
    const now = beta1 * (1 - 0.5 * state.warmth);
    state.warmth *= state.cooling;
    const ahead = beta1 * (1 - 0.5 * state.warmth);
    state.product *= now;
    const ofGradient = (lr * (1 - now)) / (1 - state.product);
    const ofAverage = (lr * ahead) / (1 - state.product * ahead);
    const correction = 1 - (state.power2 *= beta2);
    for (let i = 0; i < x.length; i++) {
      const g = gradient[i]! + weightDecay * x[i]!;
      m[i] = beta1 * m[i]! + (1 - beta1) * g;
      v[i] = beta2 * v[i]! + (1 - beta2) * g * g;
      next.x[i] = x[i]! - (ofGradient * g + ofAverage * m[i]!) / (Math.sqrt(v[i]! / correction) + eps);
    }
    return undefined;
  },
} satisfies Method<State, keyof typeof params>;
