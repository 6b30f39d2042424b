import { createProblem } from '../descent/createProblem.ts';
import type { Formulas, Problem } from '../descent/problem.ts';
import { createRun } from '../descent/run.ts';
import { type Preset, presetOf } from '../presets.ts';
import type { Range, Setup } from '../setup.ts';
import { findStudy } from '../studies/index.ts';
import type { StudyContext, StudyProgress } from '../studies/study.ts';
import { axesOf, checkedStart, fitting, misfit, Refusal, startOf } from './choice.ts';
import { computeCurve, computeField, emptyField } from './field.ts';
import { lookedAt, planeOf, seenOn } from './plane.ts';
import { copyField, copyPath, plain } from './post.ts';
import type {
  Answer,
  Field,
  Path,
  Progress,
  Request,
  Resolution,
  Result,
  Studied,
  StudyRequest,
} from './protocol.ts';
import { chooseWindow, type See, type Window } from './window.ts';

type SolveRequest = Extract<Request, { kind: 'solve' }>;
type Answered = Extract<Studied['outcome'], { answer: unknown }>;
type InspectRequest = Extract<Request, { kind: 'inspect' }>;

/** Numbers of all points of a run; more would not fit beside the picture in a phone's memory. */
const MOST_NUMBERS = 10_000_000;

/** Problems kept: the one that is typed and the one whose panels are still shown. */
const KEPT_PROBLEMS = 3;

/**
 * Answers requests, one at a time. The answer to a request depends on nothing but the request; what a former one
 * computed and this one needs again is reused. The generator yields where it may be left, when `pause` says so.
 */
export interface Solver {
  answer(
    request: SolveRequest | InspectRequest,
    pause?: () => boolean,
    /** Whether the runs are to end where they are; looked at whenever they were paused. */
    stopped?: () => boolean,
  ): Generator<Progress | undefined, Answer>;
  study(request: StudyRequest, pause?: () => boolean): Generator<StudyProgress<object> | undefined, Answer>;
}

/** `now` is a clock for what is to be measured, ms. */
export function createSolver(now: () => number = () => 0): Solver {
  const problems = new Map<string, Problem>();
  const formulas = new WeakMap<Problem, Formulas>();
  let paths: { key: string; value: readonly Path[] } | undefined;
  let window: { key: string; value: Window } | undefined;
  let field: { key: string; value: Field } | undefined;

  function problemOf({ formula, sliders }: Setup): Problem {
    const key = JSON.stringify([formula, sliders]);
    const known = problems.get(key);
    if (known) {
      problems.delete(key);
      problems.set(key, known);
      return known;
    }
    const created = createProblem(formula, sliders);
    if ('error' in created) throw new Refusal('formula', created.error);
    problems.set(key, created.problem);
    for (const oldest of problems.keys()) {
      if (problems.size <= KEPT_PROBLEMS) break;
      problems.delete(oldest);
    }
    return created.problem;
  }

  function formulasOf(problem: Problem): Formulas {
    const known = formulas.get(problem) ?? plain(problem);
    formulas.set(problem, known);
    return known;
  }

  /** The paths of all runs with a key of what they answer. */
  function* pathsOf(
    problem: Problem,
    setup: Setup,
    starts: readonly Float64Array[],
    id: number,
    pause: () => boolean,
    stopped: () => boolean = never,
  ) {
    const { formula, sliders, runs, steps, tol } = setup;
    const key = JSON.stringify([formula, sliders, runs, steps, tol, starts.map((start) => [...start])]);
    if (paths?.key === key) return paths;
    const value = yield* runAll(problem, setup, starts, id, pause, stopped);
    return (paths = { key, value });
  }

  function* solve(
    { id, setup, resolution, look }: SolveRequest,
    pause: () => boolean,
    stopped: () => boolean,
  ) {
    const problem = problemOf(setup);
    const notes: string[] = [];
    const preset = fitting(presetOf(setup.formula), problem);
    const start = startOf(problem, setup, preset);
    const axes = axesOf(problem, setup, notes);
    const starts = startsOf(problem, setup, start);

    const text = JSON.stringify([setup.formula, setup.sliders]);
    const { key: pathsKey, value: run } = yield* pathsOf(problem, setup, starts, id, pause, stopped);

    const at = lookedAt(run, start, look);
    const plane = planeOf(setup, run[look?.run ?? 0] ?? run[0]!, at);
    const see = seenOn(axes, plane);

    const kind = plane ? ['principal', look?.run ?? 0] : axes;
    const windowKey = JSON.stringify([pathsKey, setup.x, setup.y, kind, resolution.aspect]);
    if (window?.key !== windowKey) {
      const value = yield* windowOf(problem, setup, see, starts, run, plane ? undefined : preset, resolution);
      window = { key: windowKey, value };
    }
    const { x, y } = window.value;

    const across = problem.variables.length >= 2;
    const others = plane
      ? [plane.origin, plane.u, plane.v].map((vector) => [...vector])
      : [...at].filter((_, i) => !across || !axes.includes(i));
    const fieldKey = JSON.stringify([
      text,
      across ? others : run.map((path) => path.f[0]),
      axes,
      x,
      y,
      resolution,
    ]);
    if (field?.key !== fieldKey) {
      const shown = run
        .flatMap((path) => [...path.f.subarray(0, 1), ...path.f.subarray(-1)])
        .filter(Number.isFinite);
      const value = across
        ? yield* computeField(problem, axes, at, plane, { x, y }, resolution, fieldKey, pause)
        : problem.variables.length === 1
          ? computeCurve(problem, start, x, setup.y, shown, resolution, fieldKey)
          : emptyField(problem, fieldKey);
      field = { key: fieldKey, value };
    }

    const names = problem.variables;
    const result: Result = {
      id,
      setup: {
        ...setup,
        start: [...start],
        x: field.value.x,
        y: field.value.y,
        ...(across && { axes: plane ? 'principal' : ([names[axes[0]]!, names[axes[1]]!] as const) }),
      },
      variables: names,
      parameters: problem.parameters.map(({ name, value }) => ({ name, value })),
      outputs: problem.outputs,
      scalar: problem.scalar,
      formulas: formulasOf(problem),
      axes,
      start,
      paths: run.map(copyPath),
      field: copyField(field.value),
      minima: preset?.minima.map(({ at }) => at) ?? [],
      notes,
    };
    return { kind: 'result', result } as const;
  }

  function inspect({ id, of, setup, at }: InspectRequest): Answer {
    const problem = problemOf(setup);
    if (at.length !== problem.variables.length) throw new Refusal('start', misfit(problem, at.length));
    return {
      kind: 'inspection',
      inspection: {
        id,
        of,
        at: at.slice(),
        f: problem.value(at),
        residual: problem.residual(at),
        gradient: problem.gradient(at),
        jacobian: problem.jacobian(at),
        hessian: problem.hessian(at),
      },
    };
  }

  function* studied(
    request: StudyRequest,
    pause: () => boolean,
  ): Generator<StudyProgress<object> | undefined, Studied['outcome']> {
    const { id, setup, run, step, at, options } = request;
    const study = findStudy(request.study);
    if (!study) return { failed: `There is no study "${request.study}".` };
    const problem = problemOf(setup);
    if (at.length !== problem.variables.length) throw new Refusal('start', misfit(problem, at.length));
    const starts = startsOf(problem, setup, startOf(problem, setup, undefined));
    const { value } = yield* silently(pathsOf(problem, setup, starts, id, pause));
    const context: StudyContext = {
      problem,
      setup,
      run,
      start: starts[run]!,
      path: value[run]!,
      axes: axesOf(problem, setup, []),
      step,
      at,
      pause,
      now,
    };
    const failed = study.unfit?.(context);
    // The protocol pairs ids with their options.
    if (failed === undefined) return { answer: yield* study.run(context, options as never) } as Answered;
    return { failed };
  }

  return {
    *study(request, pause = () => false) {
      const { id, key, of, study, run, step } = request;
      const heading = { id, key, of, study, run, step };
      try {
        return { kind: 'studied', studied: { ...heading, outcome: yield* studied(request, pause) } };
      } catch (error) {
        const failed =
          error instanceof Refusal ? error.mistake.message : `This could not be computed: ${String(error)}`;
        return { kind: 'studied', studied: { ...heading, outcome: { failed } } };
      }
    },
    *answer(request, pause = never, stopped = never) {
      try {
        return request.kind === 'solve' ? yield* solve(request, pause, stopped) : inspect(request);
      } catch (refusal) {
        if (!(refusal instanceof Refusal)) throw refusal;
        const { where, mistake, run } = refusal;
        return { kind: 'mistake', id: request.id, where, mistake, ...(run !== undefined && { run }) };
      }
    },
  };
}

const never = () => false;

function startsOf(problem: Problem, setup: Setup, start: Float64Array): Float64Array[] {
  return setup.runs.map((run, i) => (run.start ? checkedStart(problem, run.start, i) : start));
}

function* silently<T>(work: Generator<unknown, T>): Generator<undefined, T> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    yield;
  }
}

function* runAll(
  problem: Problem,
  setup: Setup,
  starts: readonly Float64Array[],
  id: number,
  pause: () => boolean,
  stopped: () => boolean,
): Generator<Progress | undefined, readonly Path[]> {
  const { steps, tol } = setup;
  if ((steps + 1) * problem.variables.length > MOST_NUMBERS) {
    const message = `${steps} steps in ${problem.variables.length} variables are more than can be kept; take fewer steps.`;
    throw new Refusal('run', { message, from: 0, to: 0 });
  }
  const paths: Path[] = [];
  for (const [i, { method, params }] of setup.runs.entries()) {
    const run = begin(problem, { method, params, start: starts[i]!, steps, tol }, i);
    while (!run.advance(steps + 1, pause)) {
      if (stopped()) break;
      yield { id, run: i, step: run.taken, steps };
    }
    const { length, x, f, gradient, outcome, reason, evaluations, memory, spent } = run.trajectory();
    paths.push({ length, x, f, gradient, outcome, reason, evaluations, memory, spent });
  }
  return paths;
}

function begin(problem: Problem, options: Parameters<typeof createRun>[1], i: number) {
  try {
    return createRun(problem, options);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Refusal('run', { message: error.message, from: 0, to: 0 }, i);
  }
}

function* windowOf(
  problem: Problem,
  setup: Setup,
  see: See,
  starts: readonly Float64Array[],
  paths: readonly Path[],
  preset: Preset | undefined,
  { aspect = 1 }: Resolution,
): Generator<undefined, Window> {
  const { x, y } = setup;
  const nothing: Range = [-1, 1];
  if (problem.variables.length === 0) return { x: x ?? nothing, y: y ?? nothing };
  if (x && (y || problem.variables.length === 1)) return { x, y: y ?? nothing };
  const fitted = yield* chooseWindow(problem, see, starts, paths, preset, aspect);
  return { x: x ?? fitted.x, y: y ?? fitted.y };
}
