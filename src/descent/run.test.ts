import { expect, test } from 'vitest';
import { quadratic, rosenbrock, rosenbrockResiduals, scalarProblem, sphere } from './handmade.ts';
import { methods } from './methods/index.ts';
import type { Problem } from './problem.ts';
import { createRun, descend } from './run.ts';

const line = scalarProblem({ n: 1, f: ([x]) => x!, g: () => [1], h: () => [[0]] });
const logBarrier = scalarProblem({
  n: 1,
  f: ([x]) => (x! > 0 ? x! - Math.log(x!) : Number.NaN),
  g: ([x]) => [1 - 1 / x!],
  h: ([x]) => [[1 / (x! * x!)]],
});
const easom = scalarProblem({
  n: 2,
  f: ([x, y]) => -Math.cos(x!) * Math.cos(y!) * Math.exp(-((x! - Math.PI) ** 2) - (y! - Math.PI) ** 2),
  g: () => [0, 0],
  h: () => [
    [0, 0],
    [0, 0],
  ],
});

test('gradient descent on ½xᵀAx is (I − αA)ᵏx₀', () => {
  const A = [
    [3, 1],
    [1, 2],
  ];
  const run = descend(quadratic(A), { method: 'gd', params: { lr: 0.2 }, start: [4, -3], steps: 40, tol: 0 });
  let x = [4, -3];
  for (let k = 0; k <= 40; k++) {
    expect(run.point(k).x[0]).toBeCloseTo(x[0]!, 12);
    expect(run.point(k).x[1]).toBeCloseTo(x[1]!, 12);
    x = x.map((value, i) => value - 0.2 * (A[i]![0]! * x[0]! + A[i]![1]! * x[1]!));
  }
});

test.each(['momentum', 'nesterov'])('%s without momentum is gradient descent', (method) => {
  const options = { start: [-1.2, 1], steps: 100, tol: 0 };
  const gd = descend(rosenbrock, { ...options, method: 'gd', params: { lr: 1e-3 } });
  const other = descend(rosenbrock, { ...options, method, params: { lr: 1e-3, momentum: 0 } });
  expect(other.x).toEqual(gd.x);
});

test.each(['newton', 'newton-damped'])('%s solves a quadratic in one step', (method) => {
  const run = descend(
    quadratic([
      [5, 2],
      [2, 3],
    ]),
    { method, start: [7, -9], steps: 10 },
  );
  expect(run.outcome).toBe('converged');
  expect(run.length).toBe(2);
});

test('newton-diagonal solves a quadratic with a diagonal Hessian in one step', () => {
  const run = descend(
    quadratic([
      [5, 0],
      [0, 0.01],
    ]),
    { method: 'newton-diagonal', start: [7, -9], steps: 10 },
  );
  expect(run.length).toBe(2);
});

test('the first step of Adam is α·sign(g)', () => {
  const { x } = descend(rosenbrock, {
    method: 'adam',
    params: { lr: 0.05 },
    start: [-1.2, 1],
    steps: 1,
  }).point(1);
  expect(x[0]).toBeCloseTo(-1.2 + 0.05, 8);
  expect(x[1]).toBeCloseTo(1 + 0.05, 8);
});

test('a converged run ends at the first point whose gradient is below tol, and says so', () => {
  const run = descend(sphere, { method: 'gd', start: [5, 3], steps: 1000, tol: 1e-4 });
  const norms = Array.from({ length: run.length }, (_, k) => Math.hypot(...run.point(k).gradient));
  expect(run.outcome).toBe('converged');
  expect(norms.findIndex((norm) => norm < 1e-4)).toBe(run.length - 1);
  expect(run.reason).toContain('below tol = 1e-4');
});

test('tol = 0 takes all steps, also from the minimum', () => {
  const run = descend(sphere, { method: 'gd', start: [0, 0], steps: 30, tol: 0 });
  expect([run.outcome, run.length]).toEqual(['step limit', 31]);
});

test('no steps at all is a run of one point', () => {
  const run = descend(sphere, { method: 'gd', start: [5, 3], steps: 0 });
  expect([run.outcome, run.length]).toEqual(['step limit', 1]);
});

test('a run that begins at the minimum has converged without a step', () => {
  const run = descend(sphere, { method: 'bfgs', start: [0, 0], steps: 50 });
  expect([run.outcome, run.length]).toEqual(['converged', 1]);
});

test('too long a rate diverges, and every point that is kept is finite', () => {
  const run = descend(sphere, { method: 'gd', params: { lr: 1.1 }, start: [5, 3], steps: 5000 });
  expect(run.outcome).toBe('diverged');
  expect(run.length).toBeLessThan(5000);
  for (const numbers of [run.x, run.f, run.gradient]) expect(numbers.every(Number.isFinite)).toBe(true);
});

test('an f above 1000 times that of the start after all steps is a divergence', () => {
  const run = descend(sphere, { method: 'gd', params: { lr: 1.1 }, start: [5, 3], steps: 40 });
  expect([run.outcome, run.length]).toEqual(['diverged', 41]);
});

test('a step to where the function has no value leaves the domain, and the last good point is kept', () => {
  const run = descend(logBarrier, { method: 'gd', params: { lr: 5 }, start: [2], steps: 50 });
  expect(run.outcome).toBe('left the domain');
  expect(run.point(run.length - 1).x[0]).toBeGreaterThan(0);
  expect(run.f.every(Number.isFinite)).toBe(true);
});

test('a start without a value is the only point of its run', () => {
  const run = descend(logBarrier, { method: 'bfgs', start: [-1], steps: 50 });
  expect([run.outcome, run.length, run.reason]).toEqual([
    'left the domain',
    1,
    'The function has no value at the start.',
  ]);
});

test('line searches stay inside the domain', () => {
  for (const method of ['gd-backtracking', 'bfgs', 'lbfgs', 'cg', 'newton-damped', 'trust-region']) {
    const run = descend(logBarrier, { method, start: [0.01], steps: 200 });
    expect([method, run.outcome]).toEqual([method, 'converged']);
    expect(run.point(run.length - 1).x[0]).toBeCloseTo(1, 5);
  }
});

test('a plateau with a vanished gradient is a standstill and no minimum', () => {
  const run = descend(easom, { method: 'gd', start: [-90, 80], steps: 50 });
  expect(run.outcome).toBe('stalled');
  expect(run.reason).toContain('plateau');
});

test('a rate of 0 is a standstill', () => {
  const run = descend(sphere, { method: 'gd', params: { lr: 0 }, start: [5, 3], steps: 500 });
  expect(run.outcome).toBe('stalled');
});

test.each<[string, object]>([
  ['Unknown method "sgd"', { method: 'sgd' }],
  ['Unknown method "constructor"', { method: 'constructor' }],
  ['The start has 3 numbers, but the function has 2 variables', { start: [1, 2, 3] }],
  ["The start's x2 must be a finite number, not NaN", { start: [1, Number.NaN] }],
  ['The start has no numbers, but the function has 2 variables', { start: undefined }],
  ['beta1 must be a number from 0 to 0.9999999999999999, not 1', { method: 'adam', params: { beta1: 1 } }],
  ['steps must be a whole number', { steps: 1.5 }],
  ['steps must be a whole number', { steps: -1 }],
  ['tol must be a number ≥ 0', { tol: Number.NaN }],
  ['seed must be a whole number', { seed: 0.5 }],
  ['has no parameter "beta1"', { params: { beta1: 0.9 } }],
  ['has no parameter "toString"', { params: { toString: 1 } }],
  ['lr must be a number ≥ 0, not -1', { params: { lr: -1 } }],
  ['lr must be a number ≥ 0, not fast', { params: { lr: 'fast' } }],
  [
    'schedule must be one of constant, step, exponential, cosine, warmup, not sine',
    { params: { schedule: 'sine' } },
  ],
  ['nesterov must be a whole number from 0 to 1, not 2', { params: { nesterov: 2 } }],
  ['batch needs a function that is a sum', { params: { batch: 2 } }],
  ['Levenberg–Marquardt needs a vector function', { method: 'levenberg-marquardt' }],
])('a RangeError says: %s', (sentence, wrong) => {
  const options = { method: 'gd', start: [5, 3], steps: 5, ...wrong };
  expect(() => descend(sphere, options)).toThrow(RangeError);
  expect(() => descend(sphere, options)).toThrow(sentence);
});

test('newton-root needs as many equations as variables', () => {
  const tall: Problem = { ...rosenbrockResiduals, outputs: 3 };
  expect(() => descend(tall, { method: 'newton-root', start: [1, 1], steps: 5 })).toThrow(
    'as many equations as variables',
  );
});

test('a function without variables has converged where it is', () => {
  const constant = scalarProblem({ n: 0, f: () => 5, g: () => [], h: () => [] });
  for (const { id, residuals } of methods) {
    if (residuals) continue;
    const run = descend(constant, { method: id, start: [], steps: 5 });
    expect([id, run.outcome, run.length]).toEqual([id, 'converged', 1]);
  }
});

test('without a tolerance a line search that lands on a vanished gradient has converged', () => {
  const run = descend(sphere, { method: 'newton-damped', start: [5, 3], steps: 50, tol: 0 });
  expect([run.outcome, run.reason]).toEqual(['converged', '‖∇f‖² is 0 in double precision.']);
});

test('points beyond the end of a run do not exist', () => {
  const run = descend(sphere, { method: 'gd', start: [5, 3], steps: 5 });
  expect(() => run.point(6)).toThrow(RangeError);
});

/** The problem with a count of every call that reaches it. */
function watched(problem: Problem) {
  const calls = { value: 0, valueAndGradient: 0, hessian: 0 };
  const watching: Problem = {
    ...problem,
    value(x) {
      calls.value++;
      return problem.value(x);
    },
    valueAndGradient(x, g) {
      calls.valueAndGradient++;
      return problem.valueAndGradient(x, g);
    },
    hessian(x) {
      calls.hessian++;
      return problem.hessian(x);
    },
  };
  return { calls, watching };
}

test('a gradient method asks for one gradient per point and nothing else', () => {
  const { calls, watching } = watched(rosenbrock);
  const run = descend(watching, { method: 'momentum', params: { lr: 1e-4 }, start: [-1.2, 1], steps: 30 });
  expect(run.evaluations).toEqual({ value: 0, gradient: 31, hessian: 0, jacobian: 0 });
  expect(calls).toEqual({ value: 0, valueAndGradient: 31, hessian: 0 });
});

test.each(['bfgs', 'lbfgs', 'cg'])('%s evaluates no point twice and counts every trial', (method) => {
  const { calls, watching } = watched(rosenbrock);
  const run = createRun(watching, { method, start: [-1.2, 1], steps: 15 });
  let trials = 0;
  while (!run.advance(1)) {
    if (run.trials?.kind === 'line search') trials += run.trials.tried.length;
  }
  if (run.trials?.kind === 'line search') trials += run.trials.tried.length;
  expect(run.trajectory().evaluations).toEqual({
    value: trials + 1,
    gradient: trials + 1,
    hessian: 0,
    jacobian: 0,
  });
  expect(calls).toEqual({ value: 0, valueAndGradient: trials + 1, hessian: 0 });
});

test('Nelder–Mead is charged its values alone; the gradients that are recorded for the plot are not its', () => {
  const { calls, watching } = watched(rosenbrock);
  const run = descend(watching, { method: 'nelder-mead', start: [-1.2, 1], steps: 40 });
  expect(run.evaluations).toEqual({ value: calls.value, gradient: 0, hessian: 0, jacobian: 0 });
});

test('Levenberg–Marquardt asks for the residuals at every trial and a Jacobian at every point', () => {
  const run = createRun(rosenbrockResiduals, { method: 'levenberg-marquardt', start: [-1.2, 1], steps: 8 });
  let trials = 0;
  while (!run.advance(1) || run.taken < 8)
    if (run.trials?.kind === 'damping') trials += run.trials.tried.length;
  if (run.trials?.kind === 'damping') trials += run.trials.tried.length;
  expect(run.trajectory().evaluations).toEqual({ value: trials + 1, gradient: 0, hessian: 0, jacobian: 9 });
});

test('what was spent up to each point ends with all that was asked for', () => {
  const options = { method: 'bfgs', start: [-1.2, 1], steps: 20 };
  const { spent, length, evaluations } = descend(rosenbrock, options);
  expect(spent.length).toBe(length);
  expect(spent.at(-1)).toBe(evaluations.value + evaluations.gradient);
  for (const k of [0, 5, 11]) {
    const shorter = descend(rosenbrock, { ...options, steps: k }).evaluations;
    expect(spent[k]).toBe(shorter.value + shorter.gradient);
  }
});

test('Newton asks for one Hessian per step', () => {
  const run = descend(rosenbrock, { method: 'newton', start: [-1.2, 1], steps: 4, tol: 0 });
  expect(run.evaluations).toEqual({ value: 0, gradient: 5, hessian: 4, jacobian: 0 });
});

test('the state of first-order methods and L-BFGS grows with n, that of BFGS and Newton with n²', () => {
  const memory = (method: string, n: number) => {
    const A = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? i + 1 : 0)));
    return descend(quadratic(A), { method, start: new Float64Array(n).fill(1), steps: 3 }).memory;
  };
  const quadraticGrowth = new Set(['bfgs', 'newton', 'newton-damped', 'trust-region', 'nelder-mead']);
  for (const { id, residuals } of methods) {
    if (residuals) continue;
    const [small, large] = [memory(id, 10), memory(id, 40)];
    if (quadraticGrowth.has(id)) expect(large, id).toBeGreaterThan(40 * 40);
    else expect(large - 4 * small, id).toBeLessThanOrEqual(0);
  }
  expect(memory('gd', 40)).toBe(0);
  expect(memory('adam', 40)).toBe(80);
});

test('a run in pieces is the same run', () => {
  const options = { method: 'adam', params: { lr: 0.01 }, start: [-1.2, 1], steps: 3000, tol: 0 };
  const run = createRun(rosenbrock, options);
  let pieces = 0;
  while (!run.advance(7)) pieces++;
  const { point: _, ...pieced } = run.trajectory();
  const { point: __, ...whole } = descend(rosenbrock, options);
  expect(pieced).toEqual(whole);
  expect(pieces).toBe(Math.floor(3000 / 7));
});

test('a piece ends early when there has been enough, and shows what there is', () => {
  const run = createRun(sphere, { method: 'gd', params: { lr: 0.01 }, start: [5, 3], steps: 1000 });
  let budget = 5;
  expect(run.advance(1000, () => --budget === 0)).toBe(false);
  expect(run.taken).toBe(5);
  expect(run.trajectory().length).toBe(6);
  expect(run.trajectory().reason).toBe('Stopped after 5 steps.');
});

test('100,000 steps are recorded one by one', () => {
  const run = descend(rosenbrock, {
    method: 'gd',
    params: { lr: 1e-4 },
    start: [-1.2, 1],
    steps: 100_000,
    tol: 0,
  });
  expect(run.length).toBe(100_001);
  for (let k = 1; k < run.length; k++) expect(run.f[k]! <= run.f[k - 1]!).toBe(true);
});

const rates = (params: Record<string, number | string>, steps = 20) => {
  const { x } = descend(line, { method: 'gd', params: { lr: 0.1, ...params }, start: [0], steps, tol: 0 });
  return Array.from({ length: steps }, (_, k) => (x[k]! - x[k + 1]!) / 0.1);
};

test('schedules change the rate as torch.optim.lr_scheduler does', () => {
  const near = (got: number[], want: number[]) =>
    got.forEach((rate, k) => void expect(rate).toBeCloseTo(want[k]!, 9));
  const steps = Array.from({ length: 20 }, (_, t) => t);
  near(
    rates({}),
    steps.map(() => 1),
  );
  near(
    rates({ schedule: 'step', gamma: 0.5, stepSize: 5 }),
    steps.map((t) => 0.5 ** Math.floor(t / 5)),
  );
  near(
    rates({ schedule: 'exponential', gamma: 0.9 }),
    steps.map((t) => 0.9 ** t),
  );
  near(
    rates({ schedule: 'cosine' }),
    steps.map((t) => 0.5 + 0.5 * Math.cos((Math.PI * t) / 20)),
  );
  near(
    rates({ schedule: 'warmup', warmupSteps: 4 }),
    steps.map((t) => Math.min(1, (t + 1) / 4)),
  );
});

test('gradient noise is seeded normal noise; the recorded gradient stays exact', () => {
  const run = (seed: number) =>
    descend(line, { method: 'gd', params: { lr: 1, noise: 0.5 }, seed, start: [0], steps: 4000, tol: 0 });
  const { x, gradient } = run(7);
  const noise = Array.from({ length: 4000 }, (_, k) => x[k]! - x[k + 1]! - 1);
  const mean = noise.reduce((sum, value) => sum + value, 0) / 4000;
  const variance = noise.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4000;
  // Four standard errors of 4000 draws.
  expect(Math.abs(mean)).toBeLessThan((4 * 0.5) / Math.sqrt(4000));
  expect(Math.abs(variance - 0.25)).toBeLessThan(4 * 0.25 * Math.sqrt(2 / 4000));
  expect(gradient.every((g) => g === 1)).toBe(true);
  expect(run(7).x).toEqual(x);
  expect(run(8).x).not.toEqual(x);
});

/** Mean of (x − aᵢ)²/2 over six numbers, which also remembers the batches it was asked for. */
function sampled() {
  const data = [3, 1, 4, 1, 5, 9];
  const mean = data.reduce((sum, a) => sum + a, 0) / 6;
  const dealt: number[][] = [];
  const problem: Problem = {
    ...scalarProblem({
      n: 1,
      f: ([x]) => data.reduce((sum, a) => sum + (x! - a) ** 2 / 12, 0),
      g: ([x]) => [x! - mean],
      h: () => [[1]],
    }),
    batch: {
      terms: 6,
      valueAndGradient(x, indices, gradient) {
        dealt.push([...indices]);
        gradient[0] = indices.reduce((sum, i) => sum + x[0]! - data[i]!, 0) / indices.length;
        return 0;
      },
    },
  };
  return { problem, dealt };
}

test('a batch of all terms is the whole function', () => {
  const { problem } = sampled();
  const options = { method: 'gd', start: [0], steps: 20, tol: 0 };
  const whole = descend(problem, options);
  const batched = descend(problem, { ...options, params: { batch: 6 } });
  batched.x.forEach((x, k) => void expect(x).toBeCloseTo(whole.x[k]!, 12));
});

test('small batches deal every term once before any comes again, in an order that the seed decides', () => {
  const deal = (seed: number) => {
    const { problem, dealt } = sampled();
    descend(problem, { method: 'gd', start: [0], steps: 11, tol: 0, params: { batch: 2 }, seed });
    return dealt;
  };
  const dealt = deal(1);
  for (let epoch = 0; epoch < 4; epoch++) {
    expect(
      dealt
        .slice(3 * epoch, 3 * epoch + 3)
        .flat()
        .sort(),
    ).toEqual([0, 1, 2, 3, 4, 5]);
  }
  expect(deal(1)).toEqual(dealt);
  expect(deal(2)).not.toEqual(dealt);
});
