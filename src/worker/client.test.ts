import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defaultSetup } from '../setup.ts';
import { type Ask, createClient, type WorkerLike } from './client.ts';
import type { Answer, Inspection, Request, Result } from './protocol.ts';

const ask: Ask = { kind: 'solve', setup: defaultSetup, resolution: { columns: 2, rows: 2, arrows: 1 } };
const look: Ask = { kind: 'inspect', of: 1, setup: defaultSetup, run: 0, at: Float64Array.of(1, 2) };

const study = (key: string): Ask => ({
  kind: 'study',
  key,
  of: 1,
  study: 'curvature',
  setup: defaultSetup,
  run: 0,
  step: 0,
  at: new Float64Array(2),
  options: {},
});
const studied = (id: number, key: string): Answer => ({
  kind: 'studied',
  studied: { id, key, of: 1, study: 'curvature', run: 0, step: 0, outcome: { failed: 'no' } },
});

class FakeWorker implements WorkerLike {
  readonly sent: Request[] = [];
  terminated = false;
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;

  postMessage(message: unknown): void {
    this.sent.push(message as Request);
  }

  terminate(): void {
    this.terminated = true;
  }

  say(answer: Answer): void {
    this.onmessage?.(new MessageEvent('message', { data: answer }));
  }

  /** Answers a request of this id with a result that holds nothing but the id. */
  solve(id: number): void {
    this.say({ kind: 'result', result: { id } as Result });
  }
}

function setUp() {
  const workers: FakeWorker[] = [];
  const answers: Answer[] = [];
  const statuses: string[] = [];
  const client = createClient(
    () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
    { answer: (answer) => answers.push(answer), status: (status) => statuses.push(status) },
  );
  return { client, workers, answers, statuses, worker: () => workers.at(-1)! };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('only the answer to the newest request reaches the page', () => {
  const { client, worker, answers } = setUp();
  const [first, second] = [client.send(ask), client.send(ask)];
  expect(second).toBeGreaterThan(first);
  worker().solve(first);
  expect(answers).toEqual([]);
  worker().solve(second);
  expect(answers).toEqual([{ kind: 'result', result: { id: second } }]);
  worker().solve(second);
  expect(answers).toHaveLength(1);
});

test('a request of another kind does not take the place of the first', () => {
  const { client, worker, answers } = setUp();
  const [solve, inspect] = [client.send(ask), client.send(look)];
  worker().say({ kind: 'inspection', inspection: { id: inspect } as Inspection });
  worker().solve(solve);
  expect(answers.map(({ kind }) => kind)).toEqual(['inspection', 'result']);
});

test('the page hears when the worker starts, works and is ready', () => {
  const { client, worker, statuses } = setUp();
  worker().say({ kind: 'alive' });
  const id = client.send(ask);
  worker().solve(id);
  expect(statuses).toEqual(['starting', 'ready', 'busy', 'ready']);
});

test('a worker that has work and is silent for 2 s is ended and started anew', () => {
  const { client, workers, worker, statuses, answers } = setUp();
  worker().say({ kind: 'alive' });
  client.send(ask);
  vi.advanceTimersByTime(1900);
  expect(workers).toHaveLength(1);
  vi.advanceTimersByTime(200);
  expect(workers).toHaveLength(2);
  expect(workers[0]?.terminated).toBe(true);
  expect(statuses.at(-1)).toBe('restarted');

  // What the ended worker still had under way is not heard, and the new one works.
  workers[0]?.solve(1);
  expect(answers).toEqual([]);
  worker().say({ kind: 'alive' });
  const id = client.send(ask);
  worker().solve(id);
  expect(answers).toEqual([{ kind: 'result', result: { id } }]);
});

test('the page says that a worker was ended until something else is asked', () => {
  const { client, worker, statuses } = setUp();
  worker().say({ kind: 'alive' });
  client.send(ask);
  vi.advanceTimersByTime(2100);
  worker().say({ kind: 'alive' });
  expect(statuses.at(-1)).toBe('restarted');
  worker().solve(client.send(ask));
  expect(statuses.at(-1)).toBe('ready');
});

test('a worker that fails is not called slow', () => {
  const { client, worker, statuses } = setUp();
  worker().say({ kind: 'alive' });
  client.send(ask);
  worker().onerror?.(new Event('error') as ErrorEvent);
  expect(statuses.at(-1)).toBe('crashed');
});

test('a worker that gives signs of life may take its time', () => {
  const { client, workers, worker } = setUp();
  worker().say({ kind: 'alive' });
  const id = client.send(ask);
  for (let i = 0; i < 20; i++) {
    vi.advanceTimersByTime(1000);
    worker().say({ kind: 'alive', progress: { id, run: 0, step: i, steps: 20 } });
  }
  expect(workers).toHaveLength(1);
});

test('a worker without work may be silent for ever', () => {
  const { client, workers, worker } = setUp();
  worker().solve(client.send(ask));
  vi.advanceTimersByTime(3_600_000);
  expect(workers).toHaveLength(1);
});

test('while its files are loading a worker is given half a minute', () => {
  const { client, workers } = setUp();
  client.send(ask);
  vi.advanceTimersByTime(29_000);
  expect(workers).toHaveLength(1);
  vi.advanceTimersByTime(2_000);
  expect(workers).toHaveLength(2);
});

test('a worker that cannot be loaded is not started for ever', () => {
  const { workers } = setUp();
  for (let i = 0; i < 10; i++) workers.at(-1)?.onerror?.(new Event('error') as ErrorEvent);
  expect(workers).toHaveLength(3);
});

test('stop ends what is computed, without a word about a restart', () => {
  const { client, workers, worker, statuses } = setUp();
  worker().say({ kind: 'alive' });
  client.send(ask);
  client.stop();
  expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
  expect(statuses).not.toContain('restarted');
});

test('of the studies of each key the newest is heard, and the plot does not wait for them', () => {
  const { client, worker, answers, statuses } = setUp();
  worker().say({ kind: 'hello', studies: [] });
  const [first, second, other] = [client.send(study('a')), client.send(study('a')), client.send(study('b'))];
  worker().solve(client.send(ask));
  expect(statuses.at(-1)).toBe('ready');
  for (const [id, key] of [
    [first, 'a'],
    [second, 'a'],
    [other, 'b'],
  ] as const) {
    worker().say({ kind: 'studying', id, key, progress: { done: 0.5 } });
    worker().say(studied(id, key));
  }
  const heard = answers.flatMap((answer) => (answer.kind === 'studied' ? [answer.studied.id] : []));
  expect(heard).toEqual([second, other]);
  expect(answers.filter(({ kind }) => kind === 'studying')).toHaveLength(2);
});

test('a study that gives signs of life is not ended, one that was taken back is not waited for', () => {
  const { client, workers, worker } = setUp();
  worker().say({ kind: 'hello', studies: [] });
  const id = client.send(study('a'));
  for (let i = 0; i < 20; i++) {
    vi.advanceTimersByTime(1000);
    worker().say({ kind: 'studying', id, key: 'a', progress: { done: i / 20 } });
  }
  client.send({ kind: 'cancel', key: 'a' });
  expect(worker().sent.at(-1)).toMatchObject({ kind: 'cancel', key: 'a' });
  vi.advanceTimersByTime(60_000);
  expect(workers).toHaveLength(1);
  worker().say(studied(id, 'a'));
});
