import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { followStudies } from './inquiries.ts';
import { defaultSetup, type Setup } from './setup.ts';
import { studyKey, useStore } from './store.ts';
import type { Request, Result, StudyRequest } from './worker/protocol.ts';

type Sent = Omit<StudyRequest, 'id'> | Omit<Extract<Request, { kind: 'cancel' }>, 'id'>;

const key = studyKey('curvature', {});
const state = () => useStore.getState();
let resultId = 0;
let leave = () => {};

/** Of the lesson, five steps long; only what the store and the questions read. */
function arrive(setup: Partial<Setup> = {}): void {
  const path = { length: 6, x: Float64Array.from({ length: 12 }, (_, i) => i) };
  const result = {
    id: ++resultId,
    setup: { ...defaultSetup, ...setup },
    variables: ['x', 'y'],
    paths: [path],
  };
  useStore.setState({ result: result as unknown as Result });
}

/** A store with a result whose questions are collected. */
function setUp(dependsOn: 'function' | 'run' | 'step' = 'step') {
  useStore.setState(useStore.getInitialState(), true);
  const sent: Sent[] = [];
  leave = followStudies(
    useStore,
    (request) => sent.push(request),
    () => Date.now(),
  );
  state().answer({ kind: 'hello', studies: [{ id: 'curvature', dependsOn }] });
  arrive();
  const answerLast = () => {
    const last = sent.at(-1);
    if (last?.kind !== 'study') throw new Error('nothing was asked');
    const { of, study, run, step } = last;
    const outcome = { failed: 'no' };
    state().answer({ kind: 'studied', studied: { id: 1, key: last.key, of, study, run, step, outcome } });
  };
  return { sent, answerLast };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  leave();
  vi.useRealTimers();
});

test('nothing is asked while no panel is open', () => {
  const { sent } = setUp();
  state().look(3);
  arrive({ formula: 'x^4 + y^2' });
  vi.runAllTimers();
  expect(sent).toEqual([]);
});

test('an opened panel asks about the point that is looked at, once for all who watch the same', () => {
  const { sent } = setUp();
  state().look(2);
  state().watchStudy(key);
  state().watchStudy(key);
  vi.runAllTimers();
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({ kind: 'study', study: 'curvature', step: 2, at: Float64Array.of(4, 5) });
});

test('each further step is asked about, but not before the former answer is there', () => {
  const { sent, answerLast } = setUp();
  state().watchStudy(key);
  state().look(1);
  state().look(2);
  vi.advanceTimersByTime(500);
  expect(sent).toHaveLength(1);
  answerLast();
  vi.advanceTimersByTime(60);
  expect(sent.map((one) => one.kind === 'study' && one.step)).toEqual([0, 2]);
});

test('a step that takes long gives way to a later one', () => {
  const { sent } = setUp();
  state().watchStudy(key);
  state().look(1);
  vi.advanceTimersByTime(1100);
  expect(sent.map((one) => one.kind === 'study' && one.step)).toEqual([0, 1]);
});

test('another function takes the place of what is computed at once', () => {
  const { sent } = setUp();
  state().watchStudy(key);
  vi.advanceTimersByTime(60);
  arrive({ formula: 'x^4 + y^2' });
  expect(sent).toHaveLength(2);
  expect(sent[1]).toMatchObject({ setup: { formula: 'x^4 + y^2' } });
});

test('a study of the function is not asked again for a step, a rate or a window', () => {
  const { sent, answerLast } = setUp('function');
  state().watchStudy(key);
  answerLast();
  state().look(3);
  arrive({ x: [-7, 7], runs: [{ method: 'gd', params: { lr: 0.5 } }] });
  vi.runAllTimers();
  expect(sent).toHaveLength(1);
});

test('a closed panel takes its question back, and an opened one asks anew', () => {
  const { sent } = setUp();
  const close = state().watchStudy(key);
  close();
  expect(sent.map(({ kind }) => kind)).toEqual(['study', 'cancel']);
  expect(state().studies.size).toBe(0);
  state().watchStudy(key);
  vi.advanceTimersByTime(60);
  expect(sent).toHaveLength(3);
});

test('what was stopped stays so until it is repeated or its inputs change', () => {
  const { sent } = setUp();
  state().watchStudy(key);
  state().stopStudy(key);
  expect(sent.map(({ kind }) => kind)).toEqual(['study', 'cancel']);
  vi.runAllTimers();
  expect(state().studies.get(key)?.state).toBe('stopped');
  state().repeatStudy(key);
  vi.advanceTimersByTime(60);
  expect(sent).toHaveLength(3);
});

test('what a worker was stuck on is not asked of the next one; what it never heard is', () => {
  const { sent } = setUp();
  state().watchStudy(key);
  state().setStatus('restarted');
  state().answer({ kind: 'hello', studies: [{ id: 'curvature', dependsOn: 'step' }] });
  vi.advanceTimersByTime(2000);
  expect(sent).toHaveLength(1);
  expect(state().studies.get(key)).toMatchObject({
    state: 'failed',
    reason: expect.stringContaining('too long'),
  });

  state().look(1);
  vi.advanceTimersByTime(60);
  expect(sent).toHaveLength(2);
  // A worker that a Stop ended leaves its questions to the next.
  state().answer({ kind: 'hello', studies: [{ id: 'curvature', dependsOn: 'step' }] });
  vi.advanceTimersByTime(60);
  expect(sent).toHaveLength(3);
});
