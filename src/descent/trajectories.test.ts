import { expect, test } from 'vitest';
import oracle from '../../tests/oracle/trajectories.json' with { type: 'json' };
import { rosenbrock, sphere } from './handmade.ts';
import { descend } from './run.ts';

const problems = new Map([
  ['sphere', sphere],
  ['rosenbrock', rosenbrock],
]);

/** Our ids for torch's classes; SGD has three. */
const ids = new Map([
  ['Adagrad', 'adagrad'],
  ['RMSprop', 'rmsprop'],
  ['Adam', 'adam'],
  ['AdamW', 'adamw'],
  ['NAdam', 'nadam'],
  ['RAdam', 'radam'],
  ['Adamax', 'adamax'],
  ['Adadelta', 'adadelta'],
  ['Rprop', 'rprop'],
]);

const pairs = new Map([
  ['betas', ['beta1', 'beta2']],
  ['etas', ['etaMinus', 'etaPlus']],
  ['step_sizes', ['stepMin', 'stepMax']],
]);

type Case = (typeof oracle.cases)[number];

function setting({ optimizer, hyper }: Case): { method: string; params: Record<string, number> } {
  const params: Record<string, number> = {};
  for (const [name, value] of Object.entries(hyper)) {
    if (Array.isArray(value)) for (const [i, id] of (pairs.get(name) ?? []).entries()) params[id] = value[i]!;
    else params[name.replace(/_(.)/g, (_, letter) => letter.toUpperCase())] = Number(value);
  }
  const sgd = params.nesterov ? 'nesterov' : params.momentum ? 'momentum' : 'gd';
  return { method: ids.get(optimizer) ?? sgd, params };
}

// ASGD and LBFGS are given for reading; NAdam as torch ≤ 1.13 has it counts μ twice (see docs/decisions).
const cases = oracle.cases.filter(
  ({ optimizer, variant }) => !['ASGD', 'LBFGS'].includes(optimizer) && variant !== 'torch1.13',
);

test.each(cases.map((c) => [c.id, c] as const))('%s follows PyTorch', (_, reference) => {
  const problem = problems.get(reference.function)!;
  const { method, params } = setting(reference);
  const [, start] = reference.iterates[0] as unknown as [number, number[]];
  const run = descend(problem, { method, params, start, steps: reference.steps, tol: 0 });
  let compared = 0;
  for (const iterate of reference.iterates) {
    const [k, x, , , dev] = iterate as unknown as [number, number[], number, number[], number];
    if (k > reference['reproducible_to_1e-6_until']) break;
    const scale = Math.max(1, ...x.map(Math.abs));
    const got = run.point(k).x;
    for (const [i, value] of x.entries()) {
      expect(Math.abs(got[i]! - value), `x${i + 1} after step ${k}`).toBeLessThanOrEqual(
        1e-9 * scale + 1000 * dev,
      );
    }
    compared++;
  }
  expect(compared).toBeGreaterThan(4);
});

test('RAdam with a rate of 0.1 diverges on Rosenbrock, as torch does after its fourth step', () => {
  const run = descend(rosenbrock, { method: 'radam', params: { lr: 0.1 }, start: [-1.2, 1], steps: 200 });
  expect(run.outcome).toBe('diverged');
});
