import { symmetricEigen } from '../draftLinear.ts';
import type { Method, RegionTrial } from '../method.ts';
import { advanced, amount, noise, positive } from '../params.ts';
import { along, dot, norm } from '../vectors.ts';

/** `H` is the Hessian where the last step began, n × n by rows; `sigma` the shift of its subproblem. */
type State = { H: Float64Array; radius: number; sigma: number; step: Float64Array; ratio: number };

const params = {
  radius: positive('First radius', '\\Delta_0', 1, 0.01, 100),
  radiusMax: advanced(positive('Largest radius', '\\Delta_{\\max}', 1000, 1, 1e6)),
  eta: { ...advanced(amount('Acceptance', '\\eta', 0.15, 0.25)), limits: [0, 0.249] as const },
  ...noise,
};

/** The model in the Hessian's eigenvectors: eigenvalues and the gradient's components. */
interface Model {
  readonly values: Float64Array;
  /** n × n by rows, eigenvectors in the columns. */
  readonly vectors: Float64Array;
  readonly g: Float64Array;
}

/**
 * Minimiser of gᵀp + ½pᵀHp in the ball ‖p‖ ≤ radius, by the eigenvectors of H: p = −(H + σI)⁻¹g with the least σ ≥ 0
 * that fits. Nocedal & Wright 2006, section 4.3, pp. 83–88, with the hard case of p. 87.
 */
export function subproblem(
  { values, vectors, g }: Model,
  radius: number,
): { p: Float64Array; sigma: number } {
  const n = g.length;
  let lowest = 0;
  for (let k = 1; k < n; k++) if (values[k]! < values[lowest]!) lowest = k;
  const least = values[lowest]!;
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const tiny = Number.EPSILON * Math.max(largest, Number.MIN_VALUE);
  const component = (k: number, sigma: number): number => {
    const d = values[k]! + sigma;
    return d > tiny ? -g[k]! / d : 0;
  };
  const length = (sigma: number): number => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += component(k, sigma) ** 2;
    return Math.sqrt(sum);
  };
  const assemble = (sigma: number, extra = 0): { p: Float64Array; sigma: number } => {
    const p = new Float64Array(n);
    for (let k = 0; k < n; k++) {
      const c = component(k, sigma) + (k === lowest ? extra : 0);
      for (let i = 0; i < n; i++) p[i] = p[i]! + c * vectors[i * n + k]!;
    }
    return { p, sigma };
  };

  if (least > tiny && length(0) <= radius) return assemble(0);
  const floor = Math.max(0, -least);
  // Hard case: g has no part along the lowest eigenvectors, so that no σ makes p long enough; one of them does.
  const inside = length(floor);
  let alongLowest = 0;
  for (let k = 0; k < n; k++)
    if (values[k]! + floor <= tiny) alongLowest = Math.max(alongLowest, Math.abs(g[k]!));
  if (inside <= radius && alongLowest <= Number.EPSILON * norm(g)) {
    return assemble(floor, least <= tiny ? Math.sqrt(radius * radius - inside * inside) : 0);
  }
  // ‖p(σ)‖ falls in σ; Newton on 1/‖p‖, which is nearly linear, kept inside a bracket.
  let below = floor;
  let above = floor + norm(g) / radius + tiny;
  let sigma = Math.min(above, Math.max(floor + alongLowest / radius, floor + tiny));
  for (let k = 0; k < 60; k++) {
    const size = length(sigma);
    if (Math.abs(size - radius) <= 1e-10 * radius) break;
    if (size > radius) below = sigma;
    else above = sigma;
    let sum = 0;
    for (let j = 0; j < n; j++) {
      const d = values[j]! + sigma;
      if (d > tiny) sum += component(j, sigma) ** 2 / d;
    }
    const newton = sigma + ((size * size) / sum) * ((size - radius) / radius);
    sigma = newton > below && newton < above ? newton : (below + above) / 2;
  }
  return assemble(sigma);
}

export const trustRegion = {
  id: 'trust-region',
  label: 'Trust region',
  source:
    'Moré & Sorensen 1983, SIAM J. Sci. Stat. Comput. 4, p. 553; Nocedal & Wright 2006, algorithm 4.1, p. 69',
  needs: 'hessian',
  usesValue: true,
  params,
  rule: {
    state: { H: '\\nabla^2 f', radius: '\\Delta', sigma: '\\sigma', step: 'p', ratio: '\\rho' },
    lines: () => [
      '(@H + @sigma * I) * @step = -@g,\\quad \\|p_t\\| \\le @radius_',
      '@ratio = \\frac{f(x_{t-1}) - f(x_{t-1} + p_t)}{-g_t^\\top p_t - \\frac12 p_t^\\top \\nabla^2 f\\, p_t}',
      '@next = @x + @step',
      '@radius = \\begin{cases} \\frac14 @radius_ & @ratio < \\frac14 \\\\ 2 * @radius_ & @ratio > \\frac34,\\ \\|p_t\\| = @radius_ \\\\ @radius_ & \\text{otherwise} \\end{cases}',
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
    const { values, vectors } = symmetricEigen(H, n);
    const g = new Float64Array(n);
    for (let k = 0; k < n; k++)
      for (let i = 0; i < n; i++) g[k] = g[k]! + vectors[i * n + k]! * at.gradient[i]!;
    const tried: RegionTrial[] = [];
    const smallest = Number.EPSILON * Math.max(norm(at.x), Number.MIN_VALUE);
    while (state.radius > smallest) {
      const { p, sigma } = subproblem({ values, vectors, g }, state.radius);
      let bend = 0;
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) bend += p[i]! * H[i * n + j]! * p[j]!;
      const predicted = -dot(at.gradient, p) - bend / 2;
      along(at.x, 1, p, next.x);
      const f = problem.value(next.x);
      // Where both decreases drown in f's rounding, the model is believed.
      const noise = 8 * Number.EPSILON * Math.abs(at.f);
      const drowned = predicted <= noise && Math.abs(at.f - f) <= noise;
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
