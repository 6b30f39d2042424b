import { beforeEach, expect, test } from 'vitest';
import { defaultSetup, fromLink } from './setup.ts';
import { inspected, pointOf, shareLink, stepOf, useStore } from './store.ts';
import type { Inspection, Result } from './worker/protocol.ts';

const store = () => useStore.getState();
const initial = useStore.getInitialState();

beforeEach(() => {
  useStore.setState(initial, true);
  store().open({ setup: defaultSetup, step: 0, notes: [] });
});

/** An answer to the present settings: a path of three points in the window [-6, 6]². */
function answer(id = 1): void {
  const path = {
    length: 3,
    x: Float64Array.of(5, 3, 4, 2.4, 3.2, 1.92),
    f: Float64Array.of(34, 21.76, 13.9264),
    gradient: Float64Array.of(10, 6, 8, 4.8, 6.4, 3.84),
    outcome: 'step limit',
    reason: '',
    memory: 0,
    evaluations: { value: 0, gradient: 3, hessian: 0 },
  } as const;
  const result = {
    id,
    setup: {
      ...store().setup,
      start: [5, 3],
      x: store().setup.x ?? [-6, 6],
      y: store().setup.y ?? [-6, 6],
      axes: ['w1', 'w2'],
    },
    variables: ['w1', 'w2'],
    axes: [0, 1],
    paths: [path],
    notes: [],
  } as unknown as Result;
  store().answer({ kind: 'result', result });
}

const misfit = {
  message: 'The start has 2 numbers, but the function has 3 variables: x, y, z.',
  from: 0,
  to: 0,
};
const startMistake = { kind: 'mistake', id: 1, where: 'start', mistake: misfit } as const;

test('a finished change is an entry of the history, a gesture is one', () => {
  const traces: string[] = [];
  const edit = (...change: Parameters<ReturnType<typeof store>['edit']>) => {
    store().edit(...change);
    traces.push(store().trace);
  };
  edit({ steps: 20 });
  edit({ steps: 30 });
  edit({ start: [1, 1] }, { live: true });
  edit({ start: [1, 2] }, { live: true });
  edit({ start: [1, 2] });
  edit({ start: [4, 4] });
  edit({ formula: 'x' }, { live: true });
  edit({ steps: 40 });
  edit({ formula: 'x^2' }, { live: true });
  expect(traces).toEqual(['push', 'push', 'push', 'replace', 'replace', 'push', 'push', 'push', 'push']);
});

test('an edit that changes nothing changes nothing', () => {
  const { setup } = store();
  store().edit({ steps: setup.steps, runs: [{ method: 'gd', params: {} }] });
  expect(store().setup).toBe(setup);
});

test('a key set to undefined leaves the settings', () => {
  store().edit({ start: [1, 2], x: [0, 1] });
  store().edit({ start: undefined, x: undefined });
  expect(Object.keys(store().setup)).not.toContain('start');
  expect(Object.keys(store().setup)).not.toContain('x');
});

test('a start inside the window leaves the window as it is, one outside has it fitted anew', () => {
  answer();
  store().edit({ start: [1, 1] }, { live: true });
  expect(store().setup).toMatchObject({ x: [-6, 6], y: [-6, 6] });
  store().edit({ start: [100, 1] });
  expect(store().setup.x).toBeUndefined();
});

test('a new text has a window fitted anew, unless the person chose one', () => {
  answer();
  store().edit({ start: [1, 1] });
  store().edit({ formula: 'x^4 + y^4' });
  expect(store().setup.x).toBeUndefined();
  answer(2);
  store().edit({ x: [-1, 1], y: [-1, 1] });
  store().edit({ start: [2, 2] });
  store().edit({ formula: 'x^4' });
  expect(store().setup).toMatchObject({ x: [-1, 1], y: [-1, 1] });
});

test('the last good picture stays while there is a mistake', () => {
  answer();
  store().edit({ formula: 'w1^2 +' });
  const mistake = { message: 'Something is missing after "+".', from: 6, to: 6 };
  store().answer({ kind: 'mistake', id: 2, where: 'formula', mistake });
  expect(store().mistakes).toEqual([{ where: 'formula', run: undefined, mistake }]);
  expect(store().result?.id).toBe(1);
  expect(store().answered).toBe(false);
  expect(store().setup.formula).toBe('w1^2 +');
  store().edit({ formula: 'w1^2' });
  answer(3);
  expect(store().mistakes).toEqual([]);
  expect(store().answered).toBe(true);
});

test('a start that was typed with the wrong length is a mistake', () => {
  answer();
  store().edit({ start: [1, 2] });
  store().answer(startMistake);
  expect(store().mistakes).toHaveLength(1);
  expect(store().setup.start).toEqual([1, 2]);
});

test('a start that no longer fits because the text changed is given up in silence', () => {
  answer();
  store().edit({ start: [1, 2] });
  store().edit({ formula: 'x^2 + y^2 + z^2' });
  store().answer(startMistake);
  expect(store().mistakes).toEqual([]);
  expect(store().notes).toEqual([]);
  expect(store().setup.start).toBeUndefined();
});

test('a start of the wrong length in a link is replaced with a note', () => {
  store().open(fromLink('f=x^2+y^2+z^2&start=1,2'));
  store().answer(startMistake);
  expect(store().setup.start).toBeUndefined();
  answer();
  expect(store().notes).toEqual([
    'start: The start has 2 numbers, but the function has 3 variables: x, y, z. A start was chosen instead.',
  ]);
});

test('the notes of a link stay through further answers, until they are dismissed or something is changed', () => {
  const link = 'steps=many&x=1';
  store().open(fromLink(link));
  answer();
  answer(2);
  expect(store().notes).toHaveLength(2);
  store().dismiss();
  answer(3);
  expect(store().notes).toEqual([]);
  store().open(fromLink(link));
  answer(4);
  expect(store().notes).toHaveLength(2);
  store().edit({ steps: 10 });
  answer(5);
  expect(store().notes).toEqual([]);
});

test('the step stays on the path', () => {
  answer();
  store().look(7);
  expect(store().step).toBe(2);
  store().look(-1);
  expect(store().step).toBe(0);
});

test('a step beyond the end of a path means its last', () => {
  store().open(fromLink('k=40'));
  answer();
  expect(stepOf(store())).toBe(2);
  expect([...(pointOf(store()) ?? [])]).toEqual([3.2, 1.92]);
});

test('play at the end begins again', () => {
  answer();
  store().look(2);
  store().play(true);
  expect(store()).toMatchObject({ step: 0, playing: true });
});

test('an inspection counts only at the point that it speaks of', () => {
  answer();
  const inspection = { id: 2, of: 1, at: Float64Array.of(5, 3) } as Inspection;
  store().answer({ kind: 'inspection', inspection });
  expect(inspected(store())).toBe(inspection);
  store().look(1);
  expect(inspected(store())).toBeUndefined();
});

test('the shared link holds the start and the window that are on the screen', () => {
  answer();
  const { setup } = fromLink(shareLink(store()));
  expect(setup).toMatchObject({ start: [5, 3], x: [-6, 6], y: [-6, 6], axes: ['w1', 'w2'] });
  expect(setup.runs[0]?.params).toMatchObject({ lr: 0.1 });
});
