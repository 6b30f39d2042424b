import type { Moment, Point, State, Trials } from '../descent/method.ts';
import { createRun, type Run } from '../descent/run.ts';
import type { StudyContext, StudyPath } from './study.ts';

/** What the step from point k to point k + 1 of a run knew. */
export interface StepMoment {
  /** Undefined where the run has no point k + 1. */
  readonly moment: Moment<State, string> | undefined;
  /** The point where the step begins, with the gradient that the method saw. */
  readonly at: Point;
  readonly state: State;
  /** Also of a step that failed and ended the run. */
  readonly trials: Trials | undefined;
}

/** A run that stands at its point `taken`, and what was noted of the steps behind it. */
interface Replay {
  run: Run;
  readonly notes: Map<number, StepMoment>;
}

/** Numbers kept in notes: stepping back needs no new run for the steps that they hold. */
const MOST_NUMBERS = 2_000_000;
/** Notes kept at most. */
const MOST_NOTES = 256;
const MARGIN = 8;

/** Of each run, for as long as its path is kept. */
const replays = new WeakMap<StudyPath, Replay>();

/**
 * The step from point k on: the run is taken again up to there, and on from where it was left the last time. The last
 * few hundred steps stay noted, so that stepping to and fro costs one step.
 */
export function* momentOf(context: StudyContext, k: number): Generator<undefined, StepMoment> {
  const { path } = context;
  let replay = replays.get(path);
  if (!replay) replays.set(path, (replay = { run: begun(context), notes: new Map() }));
  const { notes } = replay;
  // Questions about the same run take turns, and share it.
  for (;;) {
    const noted = notes.get(k);
    if (noted) return noted;
    let { run } = replay;
    if (run.taken > k || (run.taken < k && run.outcome)) replay.run = run = begun(context);
    const kept = mostNotes(run);
    // Going back is as likely as going on: the steps before k are noted too, as many as are kept.
    const far = k - kept + MARGIN;
    if (run.taken < far) run.advance(far - run.taken, context.pause);
    else {
      const from = run.taken;
      notes.set(from, taken(run));
      if (notes.size > kept) forget(notes, k);
    }
    if (context.pause()) yield;
  }
}

function begun({ problem, setup, run, start }: StudyContext): Run {
  const { method, params } = setup.runs[run]!;
  return createRun(problem, { method, params, start, steps: setup.steps, tol: setup.tol });
}

/** Takes one step, or finds that the run is over. */
function taken(run: Run): StepMoment {
  const over = run.outcome !== undefined;
  const before = structuredClone(run.state) as State;
  const at = structuredClone(run.at) as Point;
  const from = run.taken;
  run.advance(1);
  const { trials } = run;
  if (run.taken === from) return { moment: undefined, at, state: before, trials: over ? undefined : trials };
  const moment: Moment<State, string> = {
    t: from + 1,
    at,
    next: structuredClone(run.at),
    before,
    after: structuredClone(run.state) as State,
    params: { ...run.params },
    trials,
  };
  return { moment, at, state: before, trials };
}

function mostNotes(run: Run): number {
  let numbers = 4 * run.at.x.length;
  for (const value of Object.values(run.state)) numbers += typeof value === 'number' ? 1 : value.length;
  return Math.max(2 * MARGIN, Math.min(MOST_NOTES, Math.floor(MOST_NUMBERS / (2 * numbers))));
}

/** The note of the step that is farthest from k. */
function forget(notes: Map<number, StepMoment>, k: number): void {
  let farthest = k;
  for (const step of notes.keys()) if (Math.abs(step - k) > Math.abs(farthest - k)) farthest = step;
  notes.delete(farthest);
}
