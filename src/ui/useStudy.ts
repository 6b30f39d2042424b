import { useEffect, useRef } from 'react';
import { type OpenStudy, studyKey, useStore } from '../store.ts';
import type { StudyAnswer, StudyId, StudyOptions } from '../studies/index.ts';

export interface StudyView<Id extends StudyId> {
  /** The newest, also while the next is on its way; undefined until there is one, and where there can be none. */
  readonly answer: StudyAnswer[Id] | undefined;
  /** 'waiting': `answer`, if there is one, speaks of what was looked at before, or is not complete. */
  readonly state: OpenStudy['state'];
  /** What `answer` speaks of: the id of the result, run and step. */
  readonly of: OpenStudy['of'];
  /** From 0 to 1, while a long answer is computed. */
  readonly progress: number | undefined;
  /** A sentence, where `state` is 'failed'. */
  readonly reason: string | undefined;
  /** Gives up the answer that is computed; what is known of it stays. */
  stop(): void;
  /** Computes it once more. */
  repeat(): void;
}

/**
 * Asks a study about the current function, run and step for as long as the component is mounted, and again when what
 * it depends on changes. `options` must be JSON; without options nothing is asked. `at`: a point in place of the
 * current one. Components that ask the same share the answer.
 */
export function useStudy<Id extends StudyId>(
  id: Id,
  options: StudyOptions[Id] | undefined,
  at?: readonly number[],
): StudyView<Id> {
  const key = options && studyKey(id, options, at);
  const study = useStore((state) => (key === undefined ? undefined : state.studies.get(key)));
  useEffect(() => (key === undefined ? undefined : useStore.getState().watchStudy(key)), [key]);
  // With other options the last answer stays until the next one comes.
  const former = useRef<OpenStudy>(undefined);
  useEffect(() => {
    if (study?.answer) former.current = study;
  }, [study]);
  const { answer, of } = study?.answer || study?.state === 'failed' ? study : (former.current ?? nothing);
  return {
    // Kept under a key that holds the id.
    answer: answer as StudyAnswer[Id] | undefined,
    of,
    state: study?.state ?? 'waiting',
    progress: study?.progress,
    reason: study?.reason,
    stop: () => key !== undefined && useStore.getState().stopStudy(key),
    repeat: () => key !== undefined && useStore.getState().repeatStudy(key),
  };
}

const nothing = { answer: undefined, of: undefined };
