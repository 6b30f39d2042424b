import { solveLinear } from '../../math/linear.ts';
import type { Method } from '../method.ts';
import { noise } from '../params.ts';
import { negative } from '../vectors.ts';

/** `H` is the Hessian where the last step began, n × n by rows. */
type State = { H: Float64Array; direction: Float64Array };

const params = { ...noise };

export const newton = {
  id: 'newton',
  label: 'Newton',
  source: 'Nocedal & Wright 2006, eq. 3.30, p. 44',
  needs: 'hessian',
  params,
  rule: {
    state: { H: 'H', direction: 'p' },
    lines: () => ['@H = \\nabla^2 f(@x)', '@H * @direction = -@g', '@next = @x + @direction'],
    drawn: { arrow: 'direction', ellipse: 'H' },
  },
  start: ({ n }) => ({ H: new Float64Array(n * n), direction: new Float64Array(n) }),
  step(problem, { x, gradient }, { H, direction }, _params, next) {
    H.set(problem.hessian(x));
    const p = H.every(Number.isFinite) ? solveLinear(H, negative(gradient)) : undefined;
    if (!p?.every(Number.isFinite)) {
      return {
        kind: 'none',
        failed: 'The Hessian is singular here, so that the Newton step does not exist.',
      };
    }
    direction.set(p);
    for (let i = 0; i < x.length; i++) next.x[i] = x[i]! + p[i]!;
    return undefined;
  },
} satisfies Method<State, keyof typeof params>;
