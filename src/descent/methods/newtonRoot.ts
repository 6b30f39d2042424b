import type { Counted } from '../counted.ts';
import type { LineTrial, Method, Trials } from '../method.ts';
import { along, dot } from '../vectors.ts';
import { dampedStep, factor, halfSquare } from './leastSquares.ts';

/** `F` and `J` belong to the present point: n residuals and the Jacobian, n × n by rows. */
type State = { F: Float64Array; J: Float64Array; direction: Float64Array; length: number };

/** Armijo constant of the backtracking on ½‖F‖²; Dennis & Schnabel 1983, p. 126. */
const C1 = 1e-4;

export const newtonRoot = {
  id: 'newton-root',
  label: 'Newton for F = 0',
  source: 'Dennis & Schnabel 1983, algorithm 5.1.1, p. 86, and section 6.5; Nocedal & Wright 2006, p. 286',
  needs: 'jacobian',
  residuals: 'square',
  params: {},
  rule: {
    state: { direction: 'p', length: '\\alpha' },
    also: {
      F: { tex: 'F_{t-1}', of: ({ before }) => before.F },
      J: { tex: 'J_{t-1}', of: ({ before }) => before.J },
    },
    lines: () => ['@J * @direction = -@F', '@next = @x + @length * @direction'],
    drawn: { arrow: 'direction' },
  },
  measure: { name: '‖F‖', of: ({ f }) => Math.sqrt(2 * f) },
  start: (problem, { x }) => ({
    F: problem.residual(x),
    J: problem.jacobian(x),
    direction: new Float64Array(x.length),
    length: 1,
  }),
  step(problem, at, state, _params, next) {
    const { F, J, direction } = state;
    const n = direction.length;
    if (!J.every(Number.isFinite)) return { kind: 'none', failed: 'The Jacobian is not finite here.' };
    const f = halfSquare(F);
    const newton = factor(J, F, n);
    direction.set(dampedStep(newton, 0));
    // Where J is singular −J⁺F still descends, unless F is orthogonal to all that J reaches.
    const slope = descent(J, F, direction);
    const search = { kind: 'line search', direction: direction.slice(), f, slope, c1: C1 } as const;
    const tried: LineTrial[] = [];
    if (!(slope < 0)) {
      return {
        ...search,
        tried,
        failed: 'The Jacobian is singular here, and no step along its range lowers ‖F‖.',
      };
    }
    let t = 1;
    for (let k = 0; k < 50; k++) {
      along(at.x, t, direction, next.x);
      const residual = problem.residual(next.x);
      const reached = halfSquare(residual);
      const armijo = reached <= f + C1 * t * slope;
      tried.push({ t, f: reached, armijo });
      const jacobian = armijo || (k === 0 && Number.isFinite(reached)) ? problem.jacobian(next.x) : undefined;
      if (jacobian && (armijo || promising(problem, next.x, residual, jacobian, f))) {
        F.set(residual);
        J.set(jacobian);
        state.length = t;
        next.f = reached;
        next.known = 'value';
        return { ...search, tried };
      }
      const best = (-slope * t * t) / (2 * (reached - f - slope * t));
      t = Number.isFinite(best) ? Math.min(Math.max(best, 0.1 * t), 0.5 * t) : 0.25 * t;
    }
    return { ...search, tried, failed: 'No step along the Newton direction lowers ‖F‖.' } satisfies Trials;
  },
} satisfies Method<State, never>;

/** Slope of ½‖F‖² along p: Fᵀ·J·p. */
function descent(J: Float64Array, F: Float64Array, p: Float64Array): number {
  const n = p.length;
  let sum = 0;
  for (let i = 0; i < F.length; i++) sum += F[i]! * dot(J.subarray(i * n, i * n + n), p);
  return sum;
}

/** The full step raises ‖F‖, but the Newton step after it brings it below where it was. */
function promising(problem: Counted, x: Float64Array, F: Float64Array, J: Float64Array, f: number): boolean {
  if (!J.every(Number.isFinite)) return false;
  const after = new Float64Array(x.length);
  along(x, 1, dampedStep(factor(J, F, x.length), 0), after);
  return halfSquare(problem.residual(after)) < 0.5 * f;
}
