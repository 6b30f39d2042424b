import { expect, test } from 'vitest';
import { asked } from './asked.testing.ts';
import { type CostAnswer, cost } from './cost.ts';

/** A clock on which 20 ms pass whenever it is read, so that little has to be measured. */
function ticking(): () => number {
  let time = 0;
  return () => (time += 20);
}

test('every size up to 300 is measured for each method, and none beyond without a budget', () => {
  const work = cost.run(asked('f=x^2&start=1', { now: ticking() }), { budget: 0 });
  let shares: number[] = [];
  let partial: CostAnswer | undefined;
  let step = work.next();
  for (; !step.done; step = work.next()) {
    shares = [...shares, step.value?.done ?? 0];
    partial = step.value?.partial ?? partial;
  }
  const { series } = step.value;
  expect(series.map(({ method }) => method)).toEqual(['newton', 'newton-diagonal', 'lbfgs']);
  for (const { n, time, fit } of series) {
    expect([...n]).toEqual([2, 3, 5, 8, 12, 20, 30, 50, 80, 120, 200, 300]);
    expect(time.every((value) => value > 0)).toBe(true);
    expect(fit?.from).toBeCloseTo(50, 9);
  }
  // What is known is shown on the way, and the way only goes on.
  expect(partial?.series[0]?.n.length).toBeGreaterThan(8);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
});
