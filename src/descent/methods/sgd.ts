import type { Method } from '../method.ts';
import { advanced, amount, fraction, onOff, rate, schedule, stochastic, weightDecay } from '../params.ts';
import { decayed, decayLines } from './decay.ts';

type State = { t: number; velocity: Float64Array };
type Description = Pick<Method, 'id' | 'label' | 'source'> & {
  readonly momentum: number;
  readonly nesterov: 0 | 1;
};

/** torch.optim.SGD, of which `gd`, `momentum` and `nesterov` are the settings with a name. */
export function sgd({ id, label, source, momentum, nesterov }: Description) {
  const rarely = momentum === 0 ? advanced : <T>(param: T) => param;
  const params = {
    lr: rate(momentum === 0 ? 0.1 : 0.01),
    momentum: rarely(fraction('Momentum', '\\mu', momentum)),
    dampening: advanced(amount('Dampening', '\\tau', 0, 1)),
    weightDecay: advanced(weightDecay(0)),
    nesterov: advanced({ ...onOff('Nesterov', '\\text{nesterov}'), default: nesterov }),
    ...schedule,
    ...stochastic,
  };
  return {
    id,
    label,
    source,
    needs: 'gradient',
    params,
    rule: {
      state: { velocity: 'v' },
      also: {
        d: decayed,
      },
      lines: ({ momentum, weightDecay, dampening, nesterov }) => {
        const { g, lines } = decayLines(weightDecay);
        if (momentum === 0) return [...lines, `@next = @x - @lr * ${g}`];
        const fresh = dampening === 0 ? g : `(1 - @dampening) * ${g}`;
        return [
          ...lines,
          `@velocity = @momentum * @velocity_ + ${fresh}`,
          nesterov ? `@next = @x - @lr * (${g} + @momentum * @velocity)` : '@next = @x - @lr * @velocity',
        ];
      },
      drawn: momentum === 0 ? {} : { arrow: 'velocity' },
    },
    start: (problem, _at, params) => ({
      t: 0,
      velocity: new Float64Array(params.momentum === 0 ? 0 : problem.n),
    }),
    step(_problem, { x, gradient }, state, { lr, momentum, dampening, weightDecay, nesterov }, next) {
      const { velocity } = state;
      const first = state.t++ === 0;
      for (let i = 0; i < x.length; i++) {
        let g = gradient[i]! + weightDecay * x[i]!;
        if (momentum !== 0) {
          const v = first ? g : momentum * velocity[i]! + (1 - dampening) * g;
          velocity[i] = v;
          g = nesterov !== 0 ? g + momentum * v : v;
        }
        next.x[i] = x[i]! - lr * g;
      }
      return undefined;
    },
  } satisfies Method<State, keyof typeof params>;
}
