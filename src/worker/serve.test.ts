import { expect, test } from 'vitest';
import { defaultSetup } from '../setup.ts';
import type { Answer, Request } from './protocol.ts';
import { serve } from './serve.ts';
import type { Solver } from './solve.ts';

const solve = (id: number): Request => ({
  kind: 'solve',
  id,
  setup: defaultSetup,
  resolution: { columns: 2, rows: 2, arrows: 1 },
});
const inspect = (id: number): Request => ({
  kind: 'inspect',
  id,
  of: 1,
  setup: defaultSetup,
  run: 0,
  at: new Float64Array(2),
});

const study = (id: number, key: string): Request => ({
  kind: 'study',
  id,
  key,
  of: 1,
  study: 'curvature',
  setup: defaultSetup,
  run: 0,
  step: 0,
  at: new Float64Array(2),
  options: {},
});

/** A solver whose every pause costs 5 ms of a clock that it owns, and surroundings that turn by hand. */
function setUp(pauses: number) {
  let clock = 0;
  const tasks: (() => void)[] = [];
  const posted: Answer[] = [];
  const moved: Transferable[][] = [];
  const solver: Solver = {
    *answer(request) {
      const mistake = { message: 'answered', from: 0, to: 0 };
      for (let i = 0; request.kind === 'solve' && i < pauses; i++) {
        clock += 5;
        yield { id: request.id, run: 0, step: i, steps: pauses };
      }
      return { kind: 'mistake', id: request.id, where: 'formula', mistake };
    },
    *study({ id, key, of, study, run, step }) {
      for (let i = 0; i < pauses; i++) {
        clock += 5;
        yield { done: i / pauses };
      }
      const outcome = { failed: 'answered' };
      return { kind: 'studied', studied: { id, key, of, study, run, step, outcome } };
    },
  };
  const take: (request: Request) => void = serve(solver, {
    post: (answer, transfer) => {
      posted.push(answer);
      moved.push(transfer);
    },
    now: () => clock,
    later: (task) => tasks.push(task),
  });
  /** Runs one slice; false when there is nothing to do. */
  const turn = () => {
    const task = tasks.shift();
    task?.();
    return task !== undefined;
  };
  const answered = () =>
    posted.flatMap((answer) =>
      answer.kind === 'mistake' ? [answer.id] : answer.kind === 'studied' ? [answer.studied.id] : [],
    );
  return { take, turn, posted, answered, clock: () => clock };
}

test('long work is cut into slices of about 16 ms', () => {
  const { take, turn, clock, answered } = setUp(20);
  take(solve(1));
  turn();
  expect(clock()).toBe(20);
  expect(answered()).toEqual([]);
  while (turn());
  expect(answered()).toEqual([1]);
});

test('a newer request takes the place of one that is under way', () => {
  const { take, turn, answered } = setUp(20);
  take(solve(1));
  turn();
  take(solve(2));
  take(solve(3));
  while (turn());
  expect(answered()).toEqual([3]);
});

test('a small question is answered between the slices of a large one', () => {
  const { take, turn, answered } = setUp(20);
  take(solve(1));
  turn();
  take(inspect(2));
  while (turn());
  expect(answered()).toEqual([2, 1]);
});

test('in long work there is a sign of life at least twice a second, with the progress', () => {
  const { take, turn, posted } = setUp(400);
  take(solve(1));
  while (turn());
  const signs = posted.filter(({ kind }) => kind === 'alive');
  expect(signs.length).toBeGreaterThanOrEqual(4);
  expect(signs[0]).toMatchObject({ progress: { id: 1, run: 0, steps: 400 } });
});

test('after an answer there is nothing left to do', () => {
  const { take, turn } = setUp(1);
  take(solve(1));
  expect(turn()).toBe(true);
  expect(turn()).toBe(false);
});

test('studies wait for everything else, and then take turns', () => {
  const { take, turn, answered } = setUp(20);
  take(study(1, 'long'));
  turn();
  take(solve(2));
  take(study(3, 'other'));
  take(inspect(4));
  while (turn());
  // The first was a slice ahead when the other came.
  expect(answered()).toEqual([4, 2, 1, 3]);
});

test('of the studies of one key only the newest is answered', () => {
  const { take, turn, answered } = setUp(20);
  take(study(1, 'a'));
  turn();
  take(study(2, 'a'));
  take(study(3, 'b'));
  while (turn());
  expect(answered()).toEqual([2, 3]);
});

test('a study that is taken back is not finished', () => {
  const { take, turn, answered, clock } = setUp(400);
  take(study(1, 'a'));
  turn();
  take({ kind: 'cancel', id: 2, key: 'a' });
  while (turn());
  expect(answered()).toEqual([]);
  expect(clock()).toBeLessThan(50);
});

test('a long study says several times a second how far it has come', () => {
  const { take, turn, posted } = setUp(400);
  take(study(1, 'a'));
  while (turn());
  const signs = posted.filter((answer) => answer.kind === 'studying');
  expect(signs.length).toBeGreaterThanOrEqual(4);
  expect(signs[0]).toMatchObject({ id: 1, key: 'a' });
  expect(signs.at(-1)!.progress.done).toBeGreaterThan(0.8);
});
