import type { Setup } from './setup.ts';
import { type OpenStudy, pointOf, type State, stepOf } from './store.ts';
import type { StudyDescription } from './studies/study.ts';
import type { Request, StudyRequest } from './worker/protocol.ts';

type Cancel = Extract<Request, { kind: 'cancel' }>;
type Ask = (request: Omit<StudyRequest, 'id'> | Omit<Cancel, 'id'>) => void;

/** What is needed of the store. */
export interface Watched {
  getState(): State;
  subscribe(listener: (state: State, before: State) => void): () => void;
}

/** Between two questions to the same study, ms: often enough for the eye, and it leaves the page time to draw. */
const SPACING = 60;
/** So long a study of a step may take before a later step takes its place, ms. */
const PATIENCE = 1000;

/** What a question was about: `place` changes with the step, `base` with anything that makes an answer useless. */
interface Asked {
  readonly base: string;
  readonly place: string;
  /** Left to be asked anew, for an answer that will not come. */
  open: boolean;
  at: number;
}

/**
 * Keeps the studies of the open panels answered: asks when a panel opens and when what its study depends on has
 * changed, not more often than the page can draw, and takes back what nobody waits for any more. The function that is
 * returned ends that.
 */
export function followStudies(
  store: Watched,
  ask: Ask,
  now: () => number = () => performance.now(),
): () => void {
  const asked = new Map<string, Asked>();
  const lastAsked = new Map<string, number>();
  let due: ReturnType<typeof setTimeout> | undefined;

  function look(): void {
    const { studies } = store.getState();
    for (const key of asked.keys()) {
      if (studies.has(key)) continue;
      asked.delete(key);
      ask({ kind: 'cancel', key });
    }
    for (const key of studies.keys()) consider(key);
  }

  function consider(key: string): void {
    const state = store.getState();
    const study = state.studies.get(key);
    const { result } = state;
    const description = state.described.find(({ id }) => id === study?.study);
    if (!study || !result || !description) return;
    const last = asked.get(key);
    const { base, place } = inputsOf(state, study, description);
    const sameBase = last?.base === base;
    if (study.state === 'stopped' && last?.open) {
      last.open = false;
      ask({ kind: 'cancel', key });
    }
    if (study.state !== 'waiting') {
      if (last) last.open = false;
      if (sameBase && last.place === place) return;
      // Comes back here with the study waiting.
      store.getState().awaitStudy(key);
      return;
    }
    if (last?.open && sameBase && last.place === place) return;
    const time = now();
    const patient = last?.open && sameBase ? last.at + PATIENCE - time : 0;
    const spaced = (lastAsked.get(study.study) ?? Number.NEGATIVE_INFINITY) + SPACING - time;
    const wait = Math.max(patient, spaced);
    if (wait > 0) {
      later(wait);
      return;
    }
    asked.set(key, { base, place, open: true, at: time });
    lastAsked.set(study.study, time);
    ask(question(state, key, study));
  }

  function later(wait: number): void {
    clearTimeout(due);
    due = setTimeout(look, Math.min(wait, SPACING));
  }

  const leave = store.subscribe((state, before) => {
    // A worker that was started anew knows of no question.
    if (state.described !== before.described) for (const one of asked.values()) one.open = false;
    const changed = (['studies', 'result', 'step', 'run', 'described'] as const).some(
      (part) => state[part] !== before[part],
    );
    if (changed && (state.studies.size > 0 || before.studies.size > 0)) look();
  });
  return () => {
    leave();
    clearTimeout(due);
  };
}

function question(state: State, key: string, { study, options, at }: OpenStudy): Omit<StudyRequest, 'id'> {
  const { result, run } = state;
  const { id: of, setup } = result!;
  return {
    kind: 'study',
    key,
    of,
    study,
    setup,
    run,
    step: stepOf(state, run),
    at: at ? Float64Array.from(at) : pointOf(state, run)!.slice(),
    // The key was made from a pair that fits.
    options: options as StudyRequest['options'],
  };
}

/** A text may hold a whole data set: it is written once for each result. */
const texts = new WeakMap<Setup, string>();

function inputsOf(state: State, { at }: OpenStudy, { dependsOn, usesWindow }: StudyDescription) {
  if (dependsOn === 'nothing') return { base: '', place: '' };
  const { setup } = state.result!;
  const { formula, sliders, runs, start, steps, tol, x, y, axes } = setup;
  const text = texts.get(setup) ?? JSON.stringify([formula, sliders]);
  texts.set(setup, text);
  const run = runs[state.run];
  const asRun = dependsOn !== 'function' && [state.run, run, run?.start ?? start, steps, tol];
  return {
    base: text + JSON.stringify([asRun, usesWindow && [x, y, axes]]),
    place: dependsOn === 'step' && !at ? String(stepOf(state, state.run)) : '',
  };
}
