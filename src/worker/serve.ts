import type { StudyProgress } from '../studies/study.ts';
import type { Answer, Progress, Request, StudyRequest } from './protocol.ts';
import type { Solver } from './solve.ts';

type Large = Extract<Request, { kind: 'solve' }>;
type Small = Extract<Request, { kind: 'inspect' }>;
type Studying = Extract<Answer, { kind: 'studying' }>['progress'];

/** An answer on its way. */
interface Job<P> {
  readonly steps: Generator<P | undefined, Answer>;
  /** When the page last heard of it, ms. */
  signed: number;
  /** The newest, until the page has heard it. */
  progress?: P | undefined;
}

interface Study {
  readonly request: StudyRequest;
  /** Once it was begun. */
  job?: Job<StudyProgress<object>>;
}

/** The worker's surroundings, so that a test can put others in their place. */
export interface Surroundings {
  post(answer: Answer, transfer: Transferable[]): void;
  /** ms. */
  now(): number;
  /** Calls back when waiting messages were let in. */
  later(task: () => void): void;
}

/** Work between two looks at the mailbox, ms: about a frame. */
const SLICE = 16;
/** Between signs of life, ms; the page gives up on a worker that is silent for 2 s. */
const SIGN = 200;

/**
 * Answers the newest request of each kind, small ones first and studies last and in turn, in slices between which
 * newer requests are let in. Returns what takes a request.
 */
export function serve(solver: Solver, { post, now, later }: Surroundings): (request: Request) => void {
  let inspect: Small | undefined;
  let solve: Large | undefined;
  let work: Job<Progress> | undefined;
  /** By key, the one whose turn it is first. */
  const studies = new Map<string, Study>();
  let deadline = 0;
  /** Whether the runs of the present work are to end where they are. */
  let stopped = false;
  let scheduled = false;

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    later(() => {
      scheduled = false;
      slice();
    });
  }

  function slice(): void {
    deadline = now() + SLICE;
    const [study] = studies.values();
    if (inspect) {
      const asked = inspect;
      inspect = undefined;
      advance(begun(solver.answer(asked)), () => {});
    } else if (solve || work) {
      if (solve) {
        stopped = false;
        work = begun(solver.answer(solve, pause, () => stopped));
      }
      solve = undefined;
      const sign = (progress?: Progress) => post({ kind: 'alive', ...(progress && { progress }) }, []);
      if (work && advance(work, sign)) work = undefined;
    } else if (study) {
      const { id, key } = study.request;
      study.job ??= begun(solver.study(study.request, pause));
      studies.delete(key);
      const done = advance(study.job, (progress) =>
        post(
          progress ? { kind: 'studying', id, key, progress: progress as Studying } : { kind: 'alive' },
          [],
        ),
      );
      if (!done) studies.set(key, study);
    }
    if (inspect || solve || work || studies.size > 0) schedule();
  }

  const pause = (): boolean => now() >= deadline;
  const begun = <P>(steps: Job<P>['steps']): Job<P> => ({ steps, signed: now() });

  /** Works until the slice is over; true when the answer was sent. */
  function advance<P>(job: Job<P>, sign: (progress?: P) => void): boolean {
    do {
      const step = job.steps.next();
      if (step.done) {
        send(step.value);
        return true;
      }
      job.progress = step.value ?? job.progress;
    } while (now() < deadline);
    if (now() - job.signed >= SIGN) {
      job.signed = now();
      sign(job.progress);
      job.progress = undefined;
    }
    return false;
  }

  function send(answer: Answer): void {
    post(answer, buffers(answer));
  }

  return (request) => {
    switch (request.kind) {
      case 'inspect':
        inspect = request;
        break;
      case 'solve':
        solve = request;
        work = undefined;
        break;
      case 'study':
        studies.set(request.key, { request });
        break;
      case 'cancel':
        studies.delete(request.key);
        break;
      case 'stop':
        stopped = work !== undefined;
    }
    schedule();
  };
}

/** The buffers of all typed arrays in an answer, each once. */
function buffers(value: unknown, found = new Set<Transferable>()): Transferable[] {
  if (ArrayBuffer.isView(value)) found.add(value.buffer as ArrayBuffer);
  else if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) buffers(inner, found);
  }
  return [...found];
}
