import { create } from 'zustand';
import type { Mistake } from './descent/problem.ts';
import { lastTick, sameMoment, stepsAt } from './race.ts';
import { defaultSetup, type Opened, type Patch, type Range, type Setup, toLink } from './setup.ts';
import type { StudyId } from './studies/index.ts';
import type { StudyDescription } from './studies/study.ts';
import type { Answer, Inspection, Progress, Resolution, Result, Studied } from './worker/protocol.ts';

type MistakeAnswer = Extract<Answer, { kind: 'mistake' }>;

/** A mistake in what was set, with the field that it speaks of. */
export interface SetupMistake {
  readonly where: MistakeAnswer['where'];
  /** Which run, if it speaks of one. */
  readonly run?: number | undefined;
  readonly mistake: Mistake;
}

/** 'restarted', 'crashed': the worker was stuck or failed and was started anew; it waits for the next change. */
export type Status = 'starting' | 'busy' | 'ready' | 'restarted' | 'crashed';

/** How the last change of settings goes into the browser's history. */
export type Trace = 'push' | 'replace';

/** A study that some open panel watches. */
export interface OpenStudy {
  readonly study: StudyId;
  readonly options: object;
  /** A point to ask about in place of the current one. */
  readonly at: readonly number[] | undefined;
  /** How many panels watch it. */
  readonly watchers: number;
  /** 'waiting': the newest answer, if there is one, is not yet of what is looked at. */
  readonly state: 'waiting' | 'ready' | 'stopped' | 'failed';
  /** The last answer; while it is computed also what is known of the next one. */
  readonly answer: object | undefined;
  /** What the answer speaks of; undefined for a partial one. */
  readonly of: Pick<Studied, 'of' | 'run' | 'step'> | undefined;
  /** From 0 to 1, while it is computed and takes long. */
  readonly progress: number | undefined;
  /** Why there is no answer. */
  readonly reason: string | undefined;
}

export interface State {
  /** What was said. */
  readonly setup: Setup;
  /** What was answered last; stays while the settings hold a mistake. */
  readonly result: Result | undefined;
  /** Whether `result` answers the present settings. */
  readonly answered: boolean;
  /** The step asked for of the run that is looked at; beyond its end, where the others go on, see race.ts. */
  readonly step: number;
  /** The run whose numbers the panels show. */
  readonly run: number;
  /** Derivatives at the current point of that run; see `inspected`. */
  readonly inspection: Inspection | undefined;
  readonly playing: boolean;
  /** Steps a second. */
  readonly speed: number;
  readonly mistakes: readonly SetupMistake[];
  readonly status: Status;
  /** How far a long answer has come; undefined when it came at once. */
  readonly progress: Progress | undefined;
  /** Whether the person asked for it to end where it is. */
  readonly stopping: boolean;
  /** Sentences about what was ignored or replaced, of the link or the last answer. */
  readonly notes: readonly string[];
  /** How fine the plot wants the function. */
  readonly resolution: Resolution;
  readonly trace: Trace;
  /** By key (see `studyKey`). */
  readonly studies: ReadonlyMap<string, OpenStudy>;
  /** What the worker can be asked; empty until it has said so. */
  readonly described: readonly StudyDescription[];

  /**
   * Changes settings. `live`: one of many changes of a gesture (a drag, typing); they all become one entry of
   * the browser's history, closed by an `edit` of the same settings without `live`.
   */
  edit(patch: Patch, options?: { readonly live?: boolean }): void;
  /** Takes settings from a link or the history. */
  open(opened: Opened): void;
  look(step: number): void;
  select(run: number): void;
  play(playing: boolean): void;
  setSpeed(speed: number): void;
  setResolution(resolution: Resolution): void;
  /** Forgets the notes that the person has read. */
  dismiss(): void;

  /** Has a study answered for as long as somebody watches; the function that is returned ends that. */
  watchStudy(key: string): () => void;
  /** Gives up the answer that is under way. */
  stopStudy(key: string): void;
  /** Asks once more. */
  repeatStudy(key: string): void;
  /** Its inputs have changed. */
  awaitStudy(key: string): void;

  /** From the worker: an answer to the newest request. */
  answer(answer: Answer): void;
  setStatus(status: Status): void;
  /** Ends the runs that are being computed where they are. */
  stop(): void;
}

/** The last place of the playback. */
export const lastStep = ({ result, run }: Pick<State, 'result' | 'run'>): number =>
  result ? lastTick(result, run) : 0;

export const useStore = create<State>()((set, get) => {
  /** The settings whose live changes are one entry of the history; undefined: none is open. */
  let gesture: string | undefined;
  /** Whether the window was kept for calm's sake and not chosen by the person. */
  let held = false;
  /** The text for which the start was given: with another text it may have the wrong length through no fault. */
  let startGivenFor: string | undefined;
  /** What was noted while a link was read; it stands until the first change. */
  let linkNotes: readonly string[] = [];
  /** Notes that the person has read. */
  const dismissed = new Set<string>();
  /** Whether the settings come from a link, whose mistakes become notes where there is a default. */
  let fromOutside = true;

  /**
   * A start or a run that changes inside the window leaves the window as it is; a new text or a start that is
   * outside has it fitted anew. A window that the person chose stays in any case.
   */
  function windowFor(patch: Patch): Patch {
    const { setup, result, answered } = get();
    if ('x' in patch || 'y' in patch) {
      const unchanged = same([patch.x, patch.y], [result?.setup.x, result?.setup.y]);
      held = unchanged && (held || !setup.x);
      return {};
    }
    const fitted = held || (!setup.x && !setup.y);
    const calm = !('formula' in patch || 'axes' in patch);
    if (!fitted || (calm && !patch.start && !patch.runs)) return {};
    if (calm && held && !patch.start) return {};
    const window = held ? setup : answered ? result?.setup : undefined;
    if (calm && result && window && (!patch.start || isInside(patch.start, result, window))) {
      held = true;
      return { x: window.x, y: window.y };
    }
    held = false;
    return { x: undefined, y: undefined };
  }

  function patchStudy(key: string, patch: (study: OpenStudy) => Partial<OpenStudy> | undefined): void {
    const study = get().studies.get(key);
    const change = study && patch(study);
    if (change) set({ studies: new Map(get().studies).set(key, { ...study, ...change }) });
  }

  const keepRun = (setup: Setup, run: number) => Math.min(run, setup.runs.length - 1);

  return {
    setup: defaultSetup,
    result: undefined,
    answered: false,
    step: 0,
    run: 0,
    inspection: undefined,
    playing: false,
    speed: 8,
    mistakes: [],
    status: 'starting',
    progress: undefined,
    stopping: false,
    notes: [],
    resolution: { columns: 161, rows: 161, arrows: 20 },
    trace: 'replace',
    studies: new Map(),
    described: [],

    edit(patch, { live = false } = {}) {
      const { setup, run } = get();
      const merged = apply(setup, { ...patch, ...windowFor(patch) });
      if (merged === setup && gesture === undefined) return;
      const name = Object.keys(patch).sort().join();
      const trace = gesture === name ? 'replace' : 'push';
      gesture = live ? name : undefined;
      if (patch.start || patch.runs?.some(({ start }) => start)) startGivenFor = merged.formula;
      fromOutside = false;
      linkNotes = [];
      if (merged !== setup) set({ setup: merged, trace, run: keepRun(merged, run), answered: false });
    },
    open({ setup, step, notes }) {
      gesture = undefined;
      startGivenFor = setup.formula;
      fromOutside = true;
      linkNotes = notes;
      dismissed.clear();
      held = false;
      set({
        setup,
        step,
        notes,
        trace: 'replace',
        run: keepRun(setup, get().run),
        playing: false,
        answered: false,
      });
    },
    look(step) {
      set({ step: Math.min(Math.max(0, Math.round(step)), lastStep(get())) });
    },
    select(wanted) {
      const { setup, result, run, step } = get();
      const next = keepRun(setup, Math.max(0, wanted));
      set({ run: next, step: result ? sameMoment(result, run, step, next) : step });
    },
    play(playing) {
      const { step } = get();
      // At the end 'play' begins again.
      set(playing && step >= lastStep(get()) ? { playing, step: 0 } : { playing });
    },
    setSpeed: (speed) => set({ speed }),
    setResolution: (resolution) => set({ resolution, answered: false }),
    dismiss() {
      for (const note of get().notes) dismissed.add(note);
      set({ notes: [] });
    },

    watchStudy(key) {
      const add = (by: number) => {
        const studies = new Map(get().studies);
        const study = studies.get(key) ?? opened(key);
        const watchers = study.watchers + by;
        if (watchers > 0) studies.set(key, { ...study, watchers });
        else studies.delete(key);
        set({ studies });
      };
      add(1);
      return () => add(-1);
    },
    stopStudy: (key) =>
      patchStudy(key, ({ state }) =>
        state === 'waiting' ? { state: 'stopped', progress: undefined } : undefined,
      ),
    repeatStudy: (key) => patchStudy(key, waiting),
    awaitStudy: (key) => patchStudy(key, (study) => (study.state === 'waiting' ? undefined : waiting())),

    answer(answer) {
      switch (answer.kind) {
        case 'alive':
          return set({ progress: answer.progress });
        case 'hello':
          return set({ described: answer.studies });
        case 'studying': {
          const { done, partial } = answer.progress;
          return patchStudy(answer.key, ({ state }) =>
            state === 'waiting'
              ? { progress: done, ...(partial && { answer: partial, of: undefined }) }
              : undefined,
          );
        }
        case 'studied': {
          const { key, of, run, step, outcome } = answer.studied;
          return patchStudy(key, () =>
            'failed' in outcome
              ? { ...ended, state: 'failed', answer: undefined, of: undefined, reason: outcome.failed }
              : { ...ended, state: 'ready', answer: outcome.answer, of: { of, run, step } },
          );
        }
        case 'result': {
          const notes = [...linkNotes, ...answer.result.notes].filter((note) => !dismissed.has(note));
          return set({
            result: answer.result,
            inspection: keepInspection(get(), answer.result),
            answered: true,
            progress: undefined,
            stopping: false,
            mistakes: [],
            notes,
          });
        }
        case 'inspection':
          return set({ inspection: answer.inspection });
        case 'mistake': {
          const { setup } = get();
          const { where, run, mistake } = answer;
          const misfit = where === 'start' && (fromOutside || startGivenFor !== setup.formula);
          if (!misfit) return set({ mistakes: [{ where, run, mistake }] });
          if (fromOutside)
            linkNotes = [...linkNotes, `start: ${mistake.message} A start was chosen instead.`];
          return set({ setup: withoutStarts(setup), trace: 'replace', answered: false });
        }
      }
    },
    stop: () => set({ stopping: true }),
    setStatus(status) {
      set({ status, ...(status !== 'busy' && { progress: undefined, stopping: false }) });
      if (status !== 'restarted' && status !== 'crashed') return;
      const reason = status === 'crashed' ? 'This failed.' : 'This took too long and was ended.';
      // What the worker may have been stuck on is not asked again.
      for (const [key, { state }] of get().studies) {
        if (state === 'waiting') patchStudy(key, () => ({ ...ended, state: 'failed', reason }));
      }
    },
  };
});

const ended = { progress: undefined, reason: undefined } as const;
const waiting = () => ({ ...ended, state: 'waiting' }) as const;

/** What a study is watched by: equal questions have equal keys, and share their answer. */
export const studyKey = (study: StudyId, options: object, at?: readonly number[]): string =>
  JSON.stringify([study, options, at ?? null]);

function opened(key: string): OpenStudy {
  const [study, options, at] = JSON.parse(key) as [StudyId, object, readonly number[] | null];
  const nothing = { answer: undefined, of: undefined };
  return { study, options, at: at ?? undefined, watchers: 0, ...nothing, ...waiting() };
}

/** Derivatives at a point stand for as long as the function does. */
function keepInspection({ inspection, result }: State, { id, setup }: Result): Inspection | undefined {
  const sameFunction = same([result?.setup.formula, result?.setup.sliders], [setup.formula, setup.sliders]);
  return inspection && inspection.of === result?.id && sameFunction ? { ...inspection, of: id } : inspection;
}

function isInside(
  start: readonly number[],
  { axes, setup }: Result,
  { x, y }: Pick<Setup, 'x' | 'y'>,
): boolean {
  // The path's own plane turns with the path; what is dragged on it is seen there.
  if (setup.axes === 'principal') return true;
  const within = (value: number | undefined, range: Range | undefined) =>
    value !== undefined && range !== undefined && value >= range[0] && value <= range[1];
  return within(start[axes[0]], x) && (axes[0] === axes[1] || within(start[axes[1]], y));
}

/** Merges a change; returns the very same settings if nothing differs. */
function apply(setup: Setup, patch: Patch): Setup {
  const changed = Object.entries(patch).filter(([key, value]) => !same(setup[key as keyof Setup], value));
  if (changed.length === 0) return setup;
  const merged = Object.fromEntries(
    Object.entries({ ...setup, ...patch }).filter(([, value]) => value !== undefined),
  );
  return merged as unknown as Setup;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function withoutStarts({ start: _, ...setup }: Setup): Setup {
  return { ...setup, runs: setup.runs.map(({ method, params }) => ({ method, params })) };
}

type Moment = Pick<State, 'step' | 'result' | 'run'>;

/** The step at which a run stands. */
export function stepOf({ step, result, run: leader }: Moment, run = 0): number {
  const path = result?.paths[run];
  if (!result || !path) return 0;
  return run === leader ? Math.min(step, path.length - 1) : stepsAt(result, leader, step)[run]!;
}

/** The current point of a run, n numbers; undefined before the first answer. */
export function pointOf(state: Moment, run = 0): Float64Array | undefined {
  const path = state.result?.paths[run];
  const n = state.result?.variables.length ?? 0;
  const step = stepOf(state, run);
  return path?.x.subarray(step * n, (step + 1) * n);
}

/** The inspection, if it speaks of the current point of the selected run; undefined while it is on its way. */
export function inspected(
  state: Pick<State, 'step' | 'result' | 'run' | 'inspection'>,
): Inspection | undefined {
  const point = pointOf(state, state.run);
  const { inspection, result } = state;
  const current =
    inspection?.of === result?.id && point?.every((value, i) => Object.is(value, inspection?.at[i]));
  return current ? inspection : undefined;
}

/** The step that a link tells, which is the first run's. */
export const linkStep = ({ result, run, step }: Moment): number =>
  result ? sameMoment(result, run, step, 0) : step;

/** The fragment that Share copies: every setting, with the start and window that are on the screen. */
export function shareLink(state: State): string {
  const { setup, result, answered } = state;
  return toLink(answered && result ? { ...setup, ...chosen(result.setup) } : setup, linkStep(state));
}

/** What the worker chose where the person left it open. */
function chosen({ start, x, y, axes }: Setup): Partial<Setup> {
  return { ...(start && { start }), ...(x && { x }), ...(y && { y }), ...(axes && { axes }) };
}
