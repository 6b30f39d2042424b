import type { Method } from '../method.ts';
import { advanced, onOff } from '../params.ts';
import { decayed, decayLines } from './decay.ts';
import { corrected, M_HAT, type Moments, momentLines, momentParams, startMoments, V_HAT } from './moments.ts';

type State = Moments & { vMax: Float64Array };
type Description = Pick<Method, 'id' | 'label' | 'source'> & {
  /** Shrinks x itself by lr·λ, instead of adding λx to the gradient. */
  readonly decoupled: boolean;
};

/** torch.optim.Adam and AdamW, which differ only in their weight decay. */
export function adamOf({ id, label, source, decoupled }: Description) {
  const params = {
    ...momentParams(0.001, decoupled ? 0.01 : 0),
    amsgrad: advanced(onOff('AMSGrad', '\\text{amsgrad}')),
  };
  return {
    id,
    label,
    source,
    needs: 'gradient',
    params,
    rule: {
      state: { m: 'm', v: 'v', vMax: 'v^{\\max}' },
      also: {
        d: decayed,
        ...corrected,
        rates: {
          tex: 'r_t',
          of: ({ t, after, params }) =>
            (params.amsgrad ? after.vMax : after.v).map(
              (v) => params.lr / (Math.sqrt(v / (1 - params.beta2 ** t)) + params.eps),
            ),
        },
      },
      lines: ({ weightDecay, amsgrad }) => {
        const { g, lines } = decayLines(decoupled ? 0 : weightDecay);
        const x = decoupled && weightDecay !== 0 ? '(1 - @lr * @weightDecay) * @x' : '@x';
        const v = amsgrad ? '\\frac{@vMax}{1 - @beta2^{@t}}' : '@vHat';
        return [
          ...lines,
          ...momentLines(g),
          M_HAT,
          amsgrad ? '@vMax = \\max(@vMax_, @v)' : V_HAT,
          `@next = ${x} - @lr * \\frac{@mHat}{\\sqrt{${v}} + @eps}`,
        ];
      },
      drawn: { arrow: 'mHat', rates: 'rates' },
    },
    start: ({ n }, _at, params) => ({ ...startMoments(n), vMax: new Float64Array(params.amsgrad ? n : 0) }),
    step(_problem, { x, gradient }, state, params, next) {
      const { lr, beta1, beta2, eps, weightDecay, amsgrad } = params;
      const { m, v, vMax } = state;
      const rate = lr / (1 - (state.power1 *= beta1));
      const root = Math.sqrt(1 - (state.power2 *= beta2));
      const coupled = decoupled ? 0 : weightDecay;
      const shrink = decoupled ? 1 - lr * weightDecay : 1;
      for (let i = 0; i < x.length; i++) {
        const g = gradient[i]! + coupled * x[i]!;
        m[i] = beta1 * m[i]! + (1 - beta1) * g;
        let square = beta2 * v[i]! + (1 - beta2) * g * g;
        v[i] = square;
        if (amsgrad !== 0) vMax[i] = square = Math.max(vMax[i]!, square);
        next.x[i] = shrink * x[i]! - (rate * m[i]!) / (Math.sqrt(square) / root + eps);
      }
      return undefined;
    },
  } satisfies Method<State, keyof typeof params>;
}
