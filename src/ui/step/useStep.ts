import type { StudyAnswer } from '../../studies/index.ts';
import type { Result } from '../../worker/protocol.ts';
import { type StudyView, useStudy } from '../useStudy.ts';

export type StepAnswer = StudyAnswer['step'];
export type DrawnQuantity = StepAnswer['drawn'][number];

/**
 * The step that begins at the current point, or with `back` the one that led there, with everything that it knew;
 * nothing of a former result.
 */
export function useStep(result: Result, back = false): StudyView<'step'> {
  const study = useStudy('step', back ? { back } : {});
  const fits =
    study.answer?.method === result.setup.runs[study.of?.run ?? 0]?.method &&
    study.answer?.at.x.length === result.variables.length;
  return fits ? study : { ...study, answer: undefined };
}

/** Whether it is drawn before anybody chose: the Hessian's own ellipse is already drawn by its curvature. */
export const shownFirst = (kind: DrawnQuantity['kind']): boolean => kind !== 'ellipse';
