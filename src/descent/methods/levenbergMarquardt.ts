import type { Method, RegionTrial } from '../method.ts';
import { advanced, positive } from '../params.ts';
import { along, norm } from '../vectors.ts';
import { dampedStep, type Factored, factor, halfSquare, normalEquations } from './leastSquares.ts';
import { ratioParts } from './ratio.ts';

/** `radius` and `lambda` are 0 before the first step; F and J belong to the present point. */
type State = {
  F: Float64Array;
  J: Float64Array;
  radius: number;
  lambda: number;
  direction: Float64Array;
  ratio: number;
};

const params = {
  factor: advanced(positive('First radius, in lengths of the start', '\\Delta_0', 100, 0.1, 1000)),
};

/** Steps are accepted from this ratio of actual to predicted decrease on; Moré 1978, p. 111. */
const ACCEPT = 1e-4;

/**
 * λ whose damped step is as long as the radius, within a tenth; 0 where the undamped one is no longer.
 * Moré 1978, section 5: Newton on 1/‖p(λ)‖ between bounds that always hold it.
 */
export function damping({ s, UF, rank }: Factored, radius: number, before: number): number {
  const sums = (lambda: number): [length: number, fall: number] => {
    let square = 0;
    let fall = 0;
    for (let j = 0; j < rank; j++) {
      const d = s[j]! * s[j]! + lambda;
      const c = (s[j]! * UF[j]!) / d;
      square += c * c;
      fall += (c * c) / d;
    }
    const length = Math.sqrt(square);
    return [length, fall / length];
  };
  let [length, fall] = sums(0);
  if (!(length > 1.1 * radius)) return 0;
  let low = rank === s.length ? ((length / radius) * (length - radius)) / fall : 0;
  let gradient = 0;
  for (let j = 0; j < rank; j++) gradient += (s[j]! * UF[j]!) ** 2;
  let high = Math.sqrt(gradient) / radius;
  let lambda = Math.min(Math.max(before, low), high) || Math.sqrt(gradient) / length;
  for (let k = 0; k < 10; k++) {
    if (lambda === 0) lambda = Math.max(Number.MIN_VALUE, 0.001 * high);
    [length, fall] = sums(lambda);
    if (Math.abs(length - radius) <= 0.1 * radius) break;
    if (length > radius) low = Math.max(low, lambda);
    else high = Math.min(high, lambda);
    lambda = Math.max(low, lambda + ((length / radius) * (length - radius)) / fall);
  }
  return lambda;
}

export const levenbergMarquardt = {
  id: 'levenberg-marquardt',
  label: 'Levenberg–Marquardt',
  source: 'Moré 1978, Lecture Notes in Math. 630, p. 105 (MINPACK lmder); Nocedal & Wright 2006, p. 258',
  needs: 'jacobian',
  residuals: 'any',
  params,
  rule: {
    state: { lambda: '\\lambda', direction: 'p', ratio: '\\rho', radius: '\\Delta' },
    also: { ...ratioParts, ...normalEquations(({ before }) => before) },
    lines: () => [
      '(@JJ + @lambda * I) * @direction = -@JF',
      '@ratio = \\frac{@actual}{@predicted}',
      '@next = @x + @direction',
    ],
    drawn: { arrow: 'direction', circle: 'radius' },
  },
  start: (problem, { x }) => ({
    F: problem.residual(x),
    J: problem.jacobian(x),
    radius: 0,
    lambda: 0,
    direction: new Float64Array(x.length),
    ratio: 1,
  }),
  step(problem, at, state, params, next) {
    const { F, J, direction } = state;
    const n = direction.length;
    if (!J.every(Number.isFinite)) return { kind: 'none', failed: 'The Jacobian is not finite here.' };
    const factored = factor(J, F, n);
    const f = halfSquare(F);
    const fresh = state.radius === 0;
    if (fresh) state.radius = params.factor * (norm(at.x) || 1);
    const tried: RegionTrial[] = [];
    const smallest = Number.EPSILON * Math.max(norm(at.x), Number.MIN_VALUE);
    while (state.radius > smallest) {
      const lambda = damping(factored, state.radius, state.lambda);
      const p = dampedStep(factored, lambda);
      const length = norm(p);
      if (fresh && tried.length === 0) state.radius = Math.min(state.radius, length);
      along(at.x, 1, p, next.x);
      const residual = problem.residual(next.x);
      const reached = halfSquare(residual);
      // ½‖F‖² − ½‖F + Jp‖² = ½‖Jp‖² + λ‖p‖², by the normal equations.
      const Jp = new Float64Array(F.length);
      for (let i = 0; i < F.length; i++) for (let j = 0; j < n; j++) Jp[i] = Jp[i]! + J[i * n + j]! * p[j]!;
      const linear = halfSquare(Jp);
      const predicted = linear + lambda * length * length;
      const slope = -(2 * linear + lambda * length * length);
      const noise = 8 * Number.EPSILON * f;
      const drowned = tried.length === 0 && predicted <= noise && Math.abs(f - reached) <= noise;
      const ratio = drowned ? 1 : (f - reached) / predicted;
      const accepted = ratio >= ACCEPT;
      tried.push({ size: lambda, step: p, f: reached, predicted, ratio, accepted });
      state.lambda = lambda;
      if (!(ratio > 0.25)) {
        let shrink = reached <= f ? 0.5 : (0.5 * slope) / (slope + f - reached);
        if (!(0.01 * reached < f) || !(shrink >= 0.1)) shrink = 0.1;
        state.radius = shrink * Math.min(state.radius, 10 * length);
        state.lambda = lambda / shrink;
      } else if (lambda === 0 || ratio >= 0.75) {
        state.radius = 2 * length;
        state.lambda = lambda / 2;
      }
      if (length === 0) break;
      if (accepted) {
        F.set(residual);
        J.set(problem.jacobian(next.x));
        direction.set(p);
        state.ratio = ratio;
        next.f = reached;
        next.known = 'value';
        return { kind: 'damping', tried };
      }
    }
    return { kind: 'damping', tried, failed: 'No damped step lowers ‖F‖ any more.' };
  },
} satisfies Method<State, keyof typeof params>;
