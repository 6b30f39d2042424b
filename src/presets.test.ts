import { expect, test } from 'vitest';
import { createProblem } from './descent/createProblem.ts';
import { findMethod } from './descent/methods/index.ts';
import { patchOf, presetOf, presets } from './presets.ts';
import { complete, defaultSetup, fromLink, parametersOf, type Setup, toLink } from './setup.ts';
import { createSolver } from './worker/solve.ts';

const problemOf = (formula: string) => {
  const created = createProblem(formula);
  if ('error' in created) throw new Error(created.error.message);
  return created.problem;
};

const minima = presets.flatMap(({ id, formula, minima }) =>
  minima.map(({ at, f }) => ({ id, formula, at, f })),
);

test.each(minima)('the minimum of $id at $at is one, with value $f', ({ formula, at, f }) => {
  const problem = problemOf(formula);
  const x = Float64Array.from(at);
  // Values and places are tabled with about ten digits.
  expect(problem.value(x)).toBeCloseTo(f, 6);
  const hessian = problem.hessian(x);
  const scale = Math.max(1, ...hessian.map(Math.abs));
  expect(Math.hypot(...problem.gradient(x))).toBeLessThan(1e-4 * scale);
  // No neighbour is lower, by central differences of the value alone.
  const around = [1e-3, -1e-3].flatMap((h) =>
    at.map((_, i) => x.map((value, j) => (i === j ? value + h : value))),
  );
  for (const neighbour of around) expect(problem.value(neighbour)).toBeGreaterThanOrEqual(f - 1e-6);
});

test('each example has its own id, its own text and words of its own', () => {
  for (const key of ['id', 'formula', 'title', 'notice'] as const) {
    expect(new Set(presets.map((preset) => preset[key])).size).toBe(presets.length);
  }
});

test.each(presets.map((preset) => [preset.id, preset] as const))(
  'the example %s opens without a mistake',
  (_, preset) => {
    const { x, y, axes, ...rest } = patchOf(preset);
    const setup = { ...defaultSetup, ...rest } as Setup;
    for (const { method, params } of setup.runs) {
      expect(findMethod(method), method).toBeDefined();
      const known = [...parametersOf(method).keys()];
      expect(known).toEqual(expect.arrayContaining(Object.keys(params)));
    }
    const steps = createSolver().answer({
      kind: 'solve',
      id: 1,
      setup,
      resolution: { columns: 21, rows: 21, arrows: 5 },
    });
    let step = steps.next();
    while (!step.done) step = steps.next();
    const answer = step.value;
    if (answer.kind !== 'result') throw new Error(JSON.stringify(answer));
    const { result } = answer;
    expect([...result.start]).toEqual(preset.start);
    expect(result.notes).toEqual([]);
    expect(['diverged', 'left the domain']).not.toContain(
      preset.id === 'saddle' ? '' : result.paths[0]?.outcome,
    );
    expect(result.field.values.some(Number.isFinite)).toBe(true);
    // The window shows the start and the tabled minima.
    for (const point of [preset.start, ...preset.minima.map(({ at }) => at)]) {
      const place = result.axes.map((axis) => point[axis]!);
      expect(place[0]).toBeGreaterThanOrEqual(result.field.x[0]);
      expect(place[0]).toBeLessThanOrEqual(result.field.x[1]);
      if (point.length < 2) continue;
      expect(place[1]).toBeGreaterThanOrEqual(result.field.y[0]);
      expect(place[1]).toBeLessThanOrEqual(result.field.y[1]);
    }
    // And a link carries it.
    expect(fromLink(toLink(setup, 0)).setup).toEqual(complete(setup));
  },
);

test('an example is recognised by its text, blanks aside', () => {
  expect(presetOf('w1^2+w2^2')?.id).toBe('lesson');
  expect(presetOf(' (1-x)^2 + 100(y-x^2)^2 ')?.id).toBe('rosenbrock');
  expect(presetOf('w1^2 + w2^3')).toBeUndefined();
  expect(presetOf('constructor')).toBeUndefined();
});
