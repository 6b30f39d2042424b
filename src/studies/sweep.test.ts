import { expect, test } from 'vitest';
import { methods } from '../descent/methods/index.ts';
import { answerOf, asked } from './asked.testing.ts';
import { type SweepAnswer, sweep, sweepable } from './sweep.ts';

const study = (link: string, options: Parameters<typeof sweep.run>[1] = {}) =>
  answerOf(sweep.run(asked(link), options));
const named = ({ outcome, outcomes }: SweepAnswer) => Array.from(outcome, (code) => outcomes[code]);

test('gradient descent on x² + 10y² converges below 2/20 and diverges above', () => {
  const found = study('f=x^2+10y^2&start=1,1&method=gd&lr=0.05');
  const { first, outcome, taken, marks, best } = found;
  expect(first).toMatchObject({ param: 'lr', logarithmic: true, present: 0.05 });
  expect(marks.map(({ value, at }) => [at, value])).toEqual([
    ['start', expect.closeTo(0.1, 12)],
    ['minimum', expect.closeTo(0.1, 12)],
  ]);
  named(found).forEach((name, k) => {
    const rate = first.values[k]!;
    if (rate > 0.101) expect([rate, name]).toEqual([rate, 'diverged']);
    else if (rate > 0.015 && rate < 0.098) expect([rate, name]).toEqual([rate, 'converged']);
  });
  // The best rate is 2/(2 + 20).
  expect(Math.abs(Math.log(first.values[best!]! / (2 / 22)))).toBeLessThan(0.2);
  expect(taken[best!]).toBe(Math.min(...taken.filter((_, k) => outcome[k] === 0)));
});

test('each number of steps is that of the run itself', () => {
  const { first, taken, f, steps, tol } = study('f=x^2+10y^2&start=1,1&method=gd', {
    first: { param: 'lr', min: 0.01, max: 0.08, count: 3 },
  });
  expect([...first.values]).toEqual([0.01, expect.closeTo(Math.sqrt(0.0008), 12), expect.closeTo(0.08, 12)]);
  first.values.forEach((rate, k) => {
    // ∇f after j steps is (2(1 − 2r)ʲ, 20(1 − 20r)ʲ).
    let j = 0;
    while (Math.hypot(2 * (1 - 2 * rate) ** j, 20 * (1 - 20 * rate) ** j) >= tol) j++;
    expect(taken[k]).toBe(Math.min(j, steps));
    expect(f[k]).toBeLessThan(1e-6);
  });
});

test.each([
  ['momentum', 0.5, 0],
  ['nesterov', 0.5, 1],
  ['momentum', 0.9, 0],
  ['nesterov', 0.9, 1],
])('the bound of %s with μ = %d divides what converges from what does not', (method, momentum, nesterov) => {
  const link = `f=x^2&start=1&method=${method}&momentum=${momentum}&nesterov=${nesterov}&lr=0.01`;
  const [mark] = study(link).marks;
  const found = study(link, {
    first: { param: 'lr', min: mark!.value * 0.97, max: mark!.value * 1.03, count: 2 },
    steps: 3000,
  });
  expect(named(found)).toEqual(['converged', 'diverged']);
});

test('a second parameter makes it a map by rows', () => {
  const { first, second, outcome, outcomes, marks } = study('f=x^2+10y^2&start=1,1&method=momentum&lr=0.01', {
    first: { param: 'lr', min: 0.02, max: 1, count: 7 },
    second: { param: 'momentum', min: 0, max: 0.9, count: 4 },
  });
  expect([...second!.values]).toEqual([0, 0.3, 0.6, 0.9].map((value) => expect.closeTo(value, 12)));
  expect(outcome).toHaveLength(28);
  expect(marks.length).toBeGreaterThan(0);
  second!.values.forEach((momentum, row) => {
    first.values.forEach((rate, column) => {
      const bound = (2 * (1 + momentum)) / 20;
      const name = outcomes[outcome[row * 7 + column]!];
      if (rate > 1.05 * bound) expect([momentum, rate, name]).toEqual([momentum, rate, 'diverged']);
      else if (rate < 0.9 * bound) expect([momentum, rate, name]).toEqual([momentum, rate, 'converged']);
    });
  });
});

test('a whole number is swept by whole numbers, each once', () => {
  const { first } = study('f=(1-x)^2+100(y-x^2)^2&start=-1.2,1&method=lbfgs', {
    first: { param: 'memory', min: 1, max: 6, count: 30 },
  });
  expect([...first.values]).toEqual([1, 2, 3, 4, 5, 6]);
});

test('no mark is claimed for a method whose bound is not known', () => {
  expect(study('f=x^2+y^2&start=1,1&method=adam').marks).toEqual([]);
});

test.each(methods.filter(({ params }) => sweepable(params).length > 0).map(({ id }) => id))(
  '%s can be swept',
  (id) => {
    const found = study(`f=[1-x,10(y-x^2)]&start=-1.2,1&method=${id}`, { steps: 20 });
    expect(found.first.values.length).toBeGreaterThan(1);
    expect(named(found).every((name) => name !== undefined)).toBe(true);
  },
);

test('the progress grows, and what is known is in the partial answers', () => {
  const work = sweep.run(asked('f=x^2+10y^2&start=1,1&method=gd'), {});
  const seen: [number, number][] = [];
  for (let step = work.next(); !step.done; step = work.next()) {
    if (step.value?.partial) {
      seen.push([step.value.done, step.value.partial.outcome.filter((code) => code >= 0).length]);
    }
  }
  expect(seen.length).toBeGreaterThan(20);
  expect(seen).toEqual(seen.toSorted(([a], [b]) => a - b));
  expect(seen.at(-1)![1]).toBeGreaterThan(seen[0]![1]);
});

test('when time runs out the rest stays open and a sentence says so', () => {
  let clock = 0;
  const context = asked('f=x^2+10y^2&start=1,1&method=gd', { now: () => (clock += 1000) });
  const { cut, outcome } = answerOf(sweep.run(context, {}));
  expect(cut).toMatch(/20 s .* of 61/);
  expect(outcome.filter((code) => code < 0).length).toBeGreaterThan(30);
});

test('a parameter that the method does not have is passed over', () => {
  const { first, second } = study('f=x^2&start=1&method=gd', {
    first: { param: 'beta1', count: 3 },
    second: { param: 'constructor', count: 3 },
    steps: 5,
  });
  expect([first.param, second]).toEqual(['lr', undefined]);
});
