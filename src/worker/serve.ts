import type { Answer, Progress, Request } from './protocol.ts';
import type { Solver } from './solve.ts';

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
 * Answers the newest request of each kind, small ones first, in slices between which newer requests are let in.
 * Returns what takes a request.
 */
export function serve(solver: Solver, { post, now, later }: Surroundings): (request: Request) => void {
  const waiting = new Map<Request['kind'], Request>();
  let work: Generator<Progress | undefined, Answer> | undefined;
  let deadline = 0;
  let scheduled = false;
  let signed = now();

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
    const inspect = waiting.get('inspect');
    const solve = waiting.get('solve');
    if (inspect) {
      waiting.delete('inspect');
      advance(solver.answer(inspect));
    } else {
      if (solve) {
        waiting.delete('solve');
        work = solver.answer(solve, () => now() >= deadline);
      }
      if (work && advance(work)) work = undefined;
    }
    if (work || waiting.size > 0) schedule();
  }

  /** Works until the slice is over; true when the answer was sent. */
  function advance(steps: Generator<Progress | undefined, Answer>): boolean {
    let progress: Progress | undefined;
    do {
      const step = steps.next();
      if (step.done) {
        send(step.value);
        return true;
      }
      progress = step.value ?? progress;
    } while (now() < deadline);
    if (now() - signed >= SIGN) {
      signed = now();
      post({ kind: 'alive', ...(progress && { progress }) }, []);
    }
    return false;
  }

  function send(answer: Answer): void {
    signed = now();
    post(answer, buffers(answer));
  }

  return (request) => {
    waiting.set(request.kind, request);
    if (request.kind === 'solve') work = undefined;
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
