import { checkByColumns, type SelfCheck } from '../descent/selfCheck.ts';
import type { Study } from './study.ts';

export interface SelfCheckAnswer {
  /** n: where. */
  readonly at: Float64Array;
  readonly check: SelfCheck;
}

/** The exact derivatives at a point against extrapolated differences. */
export const selfCheck: Study<'selfCheck', Record<never, never>, SelfCheckAnswer> = {
  id: 'selfCheck',
  dependsOn: 'step',
  unfit: ({ problem }) =>
    problem.variables.length === 0 ? 'A constant has no derivatives to check.' : undefined,
  *run({ problem, at, pause }) {
    const work = checkByColumns(problem, at);
    for (;;) {
      const step = work.next();
      if (step.done) return { at: at.slice(), check: step.value };
      if (pause()) yield;
    }
  },
};
