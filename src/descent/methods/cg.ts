import type { Method } from '../method.ts';
import { noise } from '../params.ts';
import { dot } from '../vectors.ts';
import { firstLength, searchOrRestart, startPrevious, wolfeParams } from './quasi.ts';

type State = { direction: Float64Array; beta: number; previous: number };

const params = { ...wolfeParams(0.4), ...noise };

/** Least slope of the next direction, relative to −‖g‖²; Gilbert & Nocedal 1992, SIAM J. Optim. 2, eq. 1.5, p. 22. */
const DESCENT = 0.01;

/** A gradient so much smaller (squared) than the one before is rounding. */
const VANISHED = 1e-16;

/** β of PR+, from the gradients before and after a step. */
function polakRibiere(before: Float64Array, after: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < after.length; i++) sum += after[i]! * (after[i]! - before[i]!);
  return Math.max(0, sum / dot(before, before));
}

export const cg = {
  id: 'cg',
  label: 'Conjugate gradients',
  source: 'Polak & Ribière 1969, RIRO 3, p. 35; PR+: Nocedal & Wright 2006, eq. 5.45, p. 123',
  needs: 'gradient',
  usesValue: true,
  params,
  rule: {
    state: { direction: 'p', beta: '\\beta' },
    also: {
      length: {
        tex: '\\alpha_t',
        of: ({ trials }) => (trials?.kind === 'line search' ? (trials.tried.at(-1)?.t ?? 0) : 0),
      },
      gNext: { tex: 'g_{t+1}', of: ({ next }) => next.gradient },
    },
    lines: () => [
      '@next = @x + @length * @direction_',
      '@beta = \\max\\left(0,\\ \\frac{@gNext^\\top (@gNext - @g)}{@g^\\top @g}\\right)',
      '@direction = -@gNext + @beta * @direction_',
    ],
    drawn: { arrow: 'direction' },
  },
  start: (_problem, at) => ({
    direction: at.gradient.map((g) => -g),
    beta: 0,
    previous: startPrevious(at),
  }),
  step(problem, at, state, { c1, c2 }, next) {
    const { direction } = state;
    const trials = searchOrRestart(
      problem,
      at,
      direction,
      next,
      {
        c1,
        c2,
        first: (slope) => firstLength(at, state.previous, slope),
        accept: ({ gradient: g }) => {
          const pg = -dot(g, g) + polakRibiere(at.gradient, g) * dot(direction, g);
          return pg <= -DESCENT * dot(g, g) || dot(g, g) <= VANISHED * dot(at.gradient, at.gradient);
        },
      },
      () => {
        for (let i = 0; i < direction.length; i++) direction[i] = -at.gradient[i]!;
      },
    );
    if (trials.failed !== undefined) return trials;
    const g = next.gradient;
    let beta = polakRibiere(at.gradient, g);
    for (let i = 0; i < g.length; i++) direction[i] = beta * direction[i]! - g[i]!;
    // A search that met only Armijo's condition can spoil the descent.
    if (!(dot(direction, g) < 0)) {
      beta = 0;
      for (let i = 0; i < g.length; i++) direction[i] = -g[i]!;
    }
    state.beta = beta;
    state.previous = at.f;
    return trials;
  },
} satisfies Method<State, keyof typeof params>;
