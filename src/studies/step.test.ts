import { expect, test } from 'vitest';
import type { RegionTrial } from '../descent/method.ts';
import { methods } from '../descent/methods/index.ts';
import { answerOf, asked } from './asked.testing.ts';
import { lineSearch } from './lineSearch.ts';
import { step } from './step.ts';
import type { StudyContext } from './study.ts';

const rosenbrock = 'f=(1-x)^2+100(y-x^2)^2&start=-1.2,1&steps=20';
const residuals = 'f=[1-x,10(y-x^2)]&start=-1.2,1&steps=20';

const at = (context: StudyContext, k: number): StudyContext => ({
  ...context,
  step: k,
  at: context.path.x.slice(2 * k, 2 * k + 2),
});
const ask = (context: StudyContext) => answerOf(step.run(context, {}));
const search = (context: StudyContext, options = {}) => {
  const answer = answerOf(lineSearch.run(context, options));
  if ('none' in answer) throw new Error(answer.none);
  return answer;
};

test.each(methods.map(({ id }) => id))('%s: every step, in any order, is that of the recorded path', (id) => {
  const context = asked(`${residuals}&method=${id}`);
  const last = context.path.length - 1;
  const steps = Array.from({ length: last + 1 }, (_, k) => k);
  for (const k of [last, ...steps, ...steps.toReversed(), Math.min(3, last)]) {
    const answer = ask(at(context, k));
    expect(answer.consistent).toBe(true);
    expect(answer.next === undefined).toBe(k === last);
    if (answer.next) expect(answer.lines.length).toBeGreaterThan(0);
  }
});

test('what is noted of a step does not depend on the way there', () => {
  const link = `${rosenbrock}&method=bfgs`;
  const there = asked(link);
  const direct = ask(at(there, 7));
  const other = asked(link);
  for (const k of [2, 15, 8, 6]) ask(at(other, k));
  expect(ask(at(other, 7))).toEqual(direct);
});

test('questions about the same run may take turns', () => {
  const context = asked(`${rosenbrock}&method=momentum&lr=0.001&steps=900`);
  const works = [880, 400, 880, 899].map((k) => ({ k, work: step.run(at(context, k), {}), found: false }));
  for (let turn = 0; works.some(({ found }) => !found); turn++) {
    const one = works[turn % works.length]!;
    if (one.found) continue;
    const next = one.work.next();
    if (!next.done) continue;
    one.found = true;
    expect([next.value.from, next.value.consistent]).toEqual([one.k, true]);
  }
});

test('a step of momentum: velocity before and after, and where it leads', () => {
  const answer = ask(at(asked('f=x^2+4y^2&start=1,1&method=momentum&lr=0.1&momentum=0.5'), 1));
  // v₁ = (2, 8), x₁ = (0.8, 0.2); g = (1.6, 1.6); v₂ = (2.6, 5.6); x₂ = (0.54, −0.36).
  const velocity = answer.quantities.find(({ name }) => name === 'velocity')!;
  expect([...(velocity.before as Float64Array)]).toEqual([2, 8]);
  const [vx, vy] = velocity.value as Float64Array;
  expect([vx, vy]).toEqual([expect.closeTo(2.6, 12), expect.closeTo(5.6, 12)]);
  expect([...answer.next!.x]).toEqual([expect.closeTo(0.54, 12), expect.closeTo(-0.36, 12)]);
  expect(answer.drawn).toMatchObject([{ kind: 'arrow', tex: '-v_{t-1}', toScale: false }]);
  expect(answer.disturbed).toBe(false);
});

test('with noise the gradient that the method saw is told from the exact one', () => {
  const context = asked('f=x^2+4y^2&start=1,1&method=gd&lr=0.1&noise=0.5&seed=3');
  const answer = ask(at(context, 4));
  expect(answer.disturbed).toBe(true);
  expect(answer.consistent).toBe(true);
  const [x, g] = [answer.at.x[0]!, answer.at.gradient[0]!];
  expect(answer.next!.x[0]).toBeCloseTo(x - 0.1 * g, 14);
});

test('a scheduled rate is that of the step', () => {
  const context = asked('f=x^2+y^2&start=1,1&method=gd&lr=0.1&schedule=cosine&steps=20');
  const rates = [0, 10, 19].map((k) => ask(at(context, k)).params.lr!);
  expect(rates[0]).toBeGreaterThan(rates[1]!);
  expect(rates[1]).toBeGreaterThan(rates[2]!);
});

test('the failed step that ended a run shows what it tried', () => {
  const context = asked('f=x^2-y^2&start=0,0.5&method=newton&steps=5');
  const flat = asked('f=x+0y^2&start=1,1&method=newton&steps=5');
  expect(ask(at(context, 0)).next).toBeDefined();
  expect(ask(at(flat, 0))).toMatchObject({
    trials: { kind: 'none', failed: expect.stringContaining('singular') },
  });
  const stuck = ask(at(flat, 0));
  expect(stuck.next).toBeUndefined();
  expect(stuck.lines).toEqual([]);
});

test('a run that has converged tried nothing more', () => {
  const context = asked('f=x^2+y^2&start=1,1&method=newton');
  expect(context.path.length).toBe(2);
  expect(ask(at(context, 1))).not.toHaveProperty('trials');
});

test('a trust region shows its radius and the ratio of each trial', () => {
  const { trials } = ask(at(asked(`${rosenbrock}&method=trust-region`), 1));
  if (trials?.kind !== 'trust region') throw new Error('no trials');
  const [{ ratio, accepted }] = trials.tried.slice(-1) as [RegionTrial];
  expect(accepted).toBe(true);
  expect(ratio).toBeGreaterThan(0.15);
});

test('φ is f along the direction, with its slope, and the trials lie on it', () => {
  const context = at(asked(`${rosenbrock}&method=gd-backtracking&lr=1`), 2);
  const answer = search(context);
  const { problem } = context;
  expect(answer.searched).toBe(true);
  const [x, y] = context.at as unknown as [number, number];
  const [p, q] = answer.direction as unknown as [number, number];
  const phi = (t: number) => (1 - x - t * p) ** 2 + 100 * (y + t * q - (x + t * p) ** 2) ** 2;
  answer.t.forEach((t, i) => {
    expect(Math.abs(answer.f[i]! - phi(t))).toBeLessThanOrEqual(1e-12 * Math.abs(phi(t)));
  });
  const h = 1e-6;
  expect(Math.abs(answer.slope / ((phi(h) - phi(-h)) / (2 * h)) - 1)).toBeLessThan(1e-6);
  expect(answer.f0).toBe(problem.value(context.at));
  for (const { t, f, armijo } of answer.tried) {
    expect(f).toBeCloseTo(phi(t), 8);
    expect(armijo).toBe(f <= answer.f0 + answer.c1 * t * answer.slope);
    expect(t).toBeLessThan(answer.t.at(-1)!);
  }
  // Each rejected length lies above Armijo's line, the one that was taken below.
  expect(answer.tried.map(({ armijo }) => armijo).indexOf(true)).toBe(answer.accepted);
});

test('a Wolfe search takes a length whose slope meets the curvature condition', () => {
  for (const k of [0, 3, 6]) {
    const answer = search(at(asked(`${rosenbrock}&method=bfgs`), k));
    const trial = answer.tried[answer.accepted!]!;
    expect(Math.abs(answer.acceptedSlope!)).toBeLessThanOrEqual(answer.c2! * Math.abs(answer.slope));
    expect(trial.slope).toBeCloseTo(answer.acceptedSlope!, 6);
  }
});

test('without a search the line is the step taken, of length 1, beside the usual conditions', () => {
  // x ← x − 0.9·2x = −0.8x on f = x²: φ(t) = (1 − 1.8t)², φ(1) = 0.64.
  const answer = search(asked('f=x^2&start=1&method=gd&lr=0.9'), { samples: 3, range: [0, 1] });
  expect(answer.searched).toBe(false);
  expect([...answer.t]).toEqual([0, 0.5, 1]);
  expect([...answer.f].map((f) => f.toFixed(12))).toEqual([
    '1.000000000000',
    '0.010000000000',
    '0.640000000000',
  ]);
  expect(answer.slope).toBeCloseTo(-3.6, 14);
  expect(answer.tried).toMatchObject([{ t: 1, armijo: true, curvature: true }]);
  expect(answer.accepted).toBe(0);
});

test('where the run ends there is no line, and a sentence says so', () => {
  const context = asked('f=x^2+y^2&start=1,1&method=newton');
  expect(answerOf(lineSearch.run(at(context, 1), {}))).toEqual({ none: expect.stringContaining('ends') });
});
