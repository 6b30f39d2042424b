import type { Method } from '../method.ts';
import { along } from '../vectors.ts';
import { dampedStep, factor, normalEquations } from './leastSquares.ts';

/** `J` and `F` where the last step began: the Jacobian, m × n by rows, and m residuals. */
type State = { J: Float64Array; F: Float64Array; direction: Float64Array; rank: number };

export const gaussNewton = {
  id: 'gauss-newton',
  label: 'Gauss–Newton',
  source: 'Gauss 1809, Theoria motus § 179; Nocedal & Wright 2006, eq. 10.23, p. 254',
  needs: 'jacobian',
  residuals: 'any',
  params: {},
  rule: {
    state: { J: 'J', F: 'F', direction: 'p' },
    also: normalEquations(({ after }) => after),
    lines: () => ['@JJ * @direction = -@JF', '@next = @x + @direction'],
    drawn: { arrow: 'direction' },
  },
  start: ({ n, m }) => ({
    J: new Float64Array(m * n),
    F: new Float64Array(m),
    direction: new Float64Array(n),
    rank: n,
  }),
  step(problem, { x }, state, _params, next) {
    const { J, F, direction } = state;
    F.set(problem.residual(x));
    J.set(problem.jacobian(x));
    if (!J.every(Number.isFinite)) return { kind: 'none', failed: 'The Jacobian is not finite here.' };
    const factored = factor(J, F, x.length);
    state.rank = factored.rank;
    direction.set(dampedStep(factored, 0));
    along(x, 1, direction, next.x);
    return undefined;
  },
} satisfies Method<State, never>;
