import type { Method, RegionTrial } from '../method.ts';
import { advanced, amount, noise, positive } from '../params.ts';
import { along, dot, norm } from '../vectors.ts';
import { ratioParts } from './ratio.ts';
import { subproblem } from './subproblem.ts';

/** `H` is the Hessian where the last step began, n × n by rows; `sigma` the shift of its subproblem. */
type State = { H: Float64Array; radius: number; sigma: number; step: Float64Array; ratio: number };

const params = {
  radius: positive('First radius', '\\Delta_0', 1, 0.01, 100),
  radiusMax: advanced(positive('Largest radius', '\\Delta_{\\max}', 1000, 1, 1e6)),
  eta: { ...advanced(amount('Acceptance', '\\eta', 0.15, 0.25)), limits: [0, 0.249] as const },
  ...noise,
};

export const trustRegion = {
  id: 'trust-region',
  label: 'Trust region',
  source:
    'Moré & Sorensen 1983, SIAM J. Sci. Stat. Comput. 4, p. 553; Nocedal & Wright 2006, algorithm 4.1, p. 69',
  needs: 'hessian',
  usesValue: true,
  params,
  rule: {
    state: { H: 'H', radius: '\\Delta', sigma: '\\sigma', step: 'p', ratio: '\\rho' },
    also: ratioParts,
    lines: () => [
      '@H = \\nabla^2 f(@x)',
      '(@H + @sigma * I) * @step = -@g,\\quad \\|p_t\\| \\le @radius_',
      '@ratio = \\frac{@actual}{@predicted}',
      '@next = @x + @step',
      '@radius = \\begin{cases} \\frac14 * @radius_ & @ratio < \\frac14 \\\\ 2 * @radius_ & @ratio > \\frac34,\\ \\|p_t\\| = @radius_ \\\\ @radius_ & \\text{otherwise} \\end{cases}',
    ],
    drawn: { arrow: 'step', circle: 'radius', ellipse: 'H' },
  },
  start: ({ n }, _at, { radius }) => ({
    H: new Float64Array(n * n),
    radius,
    sigma: 0,
    step: new Float64Array(n),
    ratio: 1,
  }),
  step(problem, at, state, { radiusMax, eta }, next) {
    const { H } = state;
    const n = state.step.length;
    H.set(problem.hessian(at.x));
    if (!H.every(Number.isFinite)) return { kind: 'none', failed: 'The Hessian is not finite here.' };
    const tried: RegionTrial[] = [];
    const smallest = Number.EPSILON * Math.max(norm(at.x), Number.MIN_VALUE);
    while (state.radius > smallest) {
      const { p, sigma } = subproblem(H, at.gradient, state.radius);
      let bend = 0;
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) bend += p[i]! * H[i * n + j]! * p[j]!;
      const predicted = -dot(at.gradient, p) - bend / 2;
      along(at.x, 1, p, next.x);
      const f = problem.value(next.x);
      // Where both decreases of a Newton step drown in f's rounding, the model is believed.
      const noise = 8 * Number.EPSILON * Math.abs(at.f);
      const drowned = sigma === 0 && predicted <= noise && Math.abs(at.f - f) <= noise;
      const ratio = drowned ? 1 : (at.f - f) / predicted;
      const size = state.radius;
      const accepted = ratio > eta && f > Number.NEGATIVE_INFINITY;
      tried.push({ size, step: p, f, predicted, ratio, accepted });
      if (!(ratio >= 0.25)) state.radius = size / 4;
      else if (ratio > 0.75 && sigma > 0) state.radius = Math.min(2 * size, Math.max(radiusMax, size));
      if (accepted) {
        state.step.set(p);
        state.sigma = sigma;
        state.ratio = ratio;
        next.f = f;
        next.known = 'value';
        return { kind: 'trust region', tried };
      }
    }
    state.radius = smallest;
    return {
      kind: 'trust region',
      tried,
      failed: 'The trust region has shrunk to nothing without a lower f.',
    };
  },
} satisfies Method<State, keyof typeof params>;
