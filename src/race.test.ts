import { expect, test } from 'vitest';
import { lastTick, sameMoment, spentAt, stepsAt } from './race.ts';
import type { Path } from './worker/protocol.ts';

/** A path of which only the evaluations up to each point matter. */
const path = (...spent: number[]): Path => ({
  length: spent.length,
  spent: Float64Array.from(spent),
  x: new Float64Array(),
  f: new Float64Array(),
  gradient: new Float64Array(),
  outcome: 'converged',
  reason: '',
  memory: 0,
  evaluations: { value: 0, gradient: 0, hessian: 0, jacobian: 0 },
});

//                  step:    0  1  2  3  4  5
const paths = [path(/* */ 1, 2, 3, 4, 5, 6), path(/* */ 2, 5, 8)];
const fair = { paths, setup: { clock: 'evaluations' } } as const;

test('by steps every run stands at the same step, or at its end', () => {
  const race = { paths, setup: { clock: 'steps' } } as const;
  expect([0, 1, 4].map((tick) => stepsAt(race, 0, tick))).toEqual([
    [0, 0],
    [1, 1],
    [4, 2],
  ]);
  expect(lastTick(race, 1)).toBe(5);
});

test('by evaluations the others stand where as many have brought them', () => {
  expect([0, 1, 2, 3, 4, 5, 6].map((tick) => stepsAt(fair, 0, tick))).toEqual([
    [0, 0],
    [1, 0],
    [2, 0],
    [3, 0],
    [4, 1],
    [5, 1],
    [5, 2],
  ]);
  expect([0, 1, 2].map((tick) => stepsAt(fair, 1, tick))).toEqual([
    [0, 0],
    [4, 1],
    [5, 2],
  ]);
  expect([lastTick(fair, 0), lastTick(fair, 1)]).toEqual([6, 2]);
  expect([0, 1, 5, 6].map((tick) => spentAt(fair, 0, tick))).toEqual([0, 2, 6, 8]);
});

test('whose steps are counted may change without moving anyone ahead', () => {
  expect([0, 4, 6].map((tick) => sameMoment(fair, 0, tick, 1))).toEqual([0, 1, 2]);
  expect([0, 1, 2].map((tick) => sameMoment(fair, 1, tick, 0))).toEqual([0, 4, 6]);
});

test('a single run is its own race', () => {
  const alone = { paths: paths.slice(1), setup: { clock: 'evaluations' } } as const;
  expect(stepsAt(alone, 0, 1)).toEqual([1]);
  expect(lastTick(alone, 0)).toBe(2);
});
