import type { Answer, Request } from './protocol.ts';

/** What is used of a Worker, so that a test can put another in its place. */
export interface WorkerLike {
  postMessage(message: unknown): void;
  terminate(): void;
  onmessage: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** Why a worker was ended and another started: it was stuck, or it failed. */
export type Ended = 'restarted' | 'crashed';

export interface ClientEvents {
  answer(answer: Answer): void;
  status(status: 'starting' | 'busy' | 'ready' | Ended): void;
}

/** A request without its id, which the client gives. */
export type Ask = Request extends infer R ? (R extends Request ? Omit<R, 'id'> : never) : never;

export interface Client {
  /** Sends a request, which takes the place of an unanswered one of its kind; returns its id. */
  send(ask: Ask): number;
  /** Gives up what is being computed. */
  stop(): void;
  close(): void;
}

/** Between looks at the worker, ms. */
const TICK = 250;
/** A worker that has work and says nothing for so many looks (2 s) is stuck. */
const SILENT_TICKS = 8;
/** Loading the worker's own files may take longer than any answer (30 s). */
const LOADING_TICKS = 120;
const ATTEMPTS = 3;

/** Where a study waits: its key, which is no kind of request. */
const slotOf = (key: string): string => `study ${key}`;

/**
 * The page's side of the worker. Ids only grow; an answer to an older request than the newest of its kind is
 * dropped; a worker that is stuck is ended and started anew, and what it was stuck on is not asked again.
 * Silence is counted in looks and not by a clock, so that a page that was itself held up blames nobody.
 */
export function createClient(create: () => WorkerLike, events: ClientEvents): Client {
  let lastId = 0;
  /** The newest ids by kind, of studies by key. */
  const waiting = new Map<string, number>();
  let worker: WorkerLike | undefined;
  let alive = false;
  let silent = 0;
  /** Starts since the worker was last heard. */
  let attempts = 0;
  /** Whether the last question ended the worker, which the page says until the next one. */
  let ended = false;
  let ticking: ReturnType<typeof setInterval> | undefined;

  function start(): void {
    const started = create();
    alive = false;
    silent = 0;
    started.onmessage = ({ data }: MessageEvent<Answer>) => {
      if (worker === started) hear(data);
    };
    started.onerror = () => {
      if (worker === started) restart('crashed');
    };
    attempts++;
    worker = started;
  }

  function hear(answer: Answer): void {
    silent = 0;
    attempts = 0;
    const first = !alive;
    alive = true;
    if (isHeard(answer)) events.answer(answer);
    if (waiting.size === 0) rest();
    if (ended) return;
    if (!waiting.has('solve') && !waiting.has('inspect')) events.status('ready');
    else if (first) events.status('busy');
  }

  /** Whether it says something that the page still waits for. */
  function isHeard(answer: Answer): boolean {
    switch (answer.kind) {
      case 'hello':
        return true;
      case 'alive':
        return answer.progress !== undefined;
      case 'studying':
        return waiting.get(slotOf(answer.key)) === answer.id;
      case 'result':
        return isNewest(answer.result.id);
      case 'inspection':
        return isNewest(answer.inspection.id);
      case 'studied':
        return isNewest(answer.studied.id);
      case 'mistake':
        return isNewest(answer.id);
    }
  }

  /** Whether it is the id of the newest request of its kind, which then waits no more. */
  function isNewest(id: number): boolean {
    for (const [slot, newest] of waiting) {
      if (newest === id) return waiting.delete(slot);
    }
    return false;
  }

  function watch(): void {
    ticking ??= setInterval(() => {
      silent++;
      if (silent >= (alive ? SILENT_TICKS : LOADING_TICKS)) restart(alive ? 'restarted' : 'crashed');
    }, TICK);
  }

  function rest(): void {
    clearInterval(ticking);
    ticking = undefined;
  }

  function restart(why: Ended): void {
    rest();
    ended = true;
    worker?.terminate();
    waiting.clear();
    // Where not even its first word arrives, another attempt or two is enough.
    if (attempts < ATTEMPTS) start();
    events.status(why);
  }

  events.status('starting');
  start();

  return {
    send(ask) {
      const id = ++lastId;
      if (ask.kind === 'cancel') {
        if (waiting.delete(slotOf(ask.key))) worker?.postMessage({ ...ask, id });
        if (waiting.size === 0) rest();
        return id;
      }
      if (ask.kind === 'stop') {
        worker?.postMessage({ ...ask, id });
        return id;
      }
      if (ask.kind === 'solve') ended = false;
      waiting.set(ask.kind === 'study' ? slotOf(ask.key) : ask.kind, id);
      worker?.postMessage({ ...ask, id });
      if (ticking === undefined) silent = 0;
      watch();
      if (alive && ask.kind === 'solve') events.status('busy');
      return id;
    },
    stop() {
      rest();
      worker?.terminate();
      waiting.clear();
      start();
    },
    close() {
      rest();
      worker?.terminate();
      worker = undefined;
      waiting.clear();
    },
  };
}
