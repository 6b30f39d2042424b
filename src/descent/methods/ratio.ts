import type { Derived, RegionTrial, State, Trials } from '../method.ts';

const accepted = (trials: Trials | undefined): RegionTrial | undefined =>
  trials?.kind === 'trust region' || trials?.kind === 'damping'
    ? trials.tried.find((trial) => trial.accepted)
    : undefined;

/** Actual and predicted decrease of the accepted trial, whose ratio says how well the model fits. */
export const ratioParts: Readonly<Record<'actual' | 'predicted', Derived<State, string>>> = {
  actual: {
    tex: 'f(x_{t-1}) - f(x_t)',
    of: ({ at, trials }) => at.f - (accepted(trials)?.f ?? Number.NaN),
  },
  predicted: { tex: 'm(0) - m(p_t)', of: ({ trials }) => accepted(trials)?.predicted ?? Number.NaN },
};
