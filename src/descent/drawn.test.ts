import { expect, test } from 'vitest';
import { drawnOf } from './drawn.ts';
import { explain } from './explain.ts';
import { quadratic, rosenbrock, rosenbrockResiduals, sphere } from './handmade.ts';
import { findMethod, methods } from './methods/index.ts';

const drawn = (id: string, step: number, start: readonly number[], problem = sphere, params = {}) =>
  drawnOf(
    findMethod(id)!,
    explain(problem, { method: id, start, params, steps: 9, tol: 0 }, step, (name) => name)!.moment,
  );

test('momentum’s arrow is the velocity that it comes with, turned downhill', () => {
  // f = x² + y² from (5, 3): the first gradient, and so the velocity after one step, is (10, 6).
  const [arrow] = drawn('momentum', 2, [5, 3], sphere, { lr: 0.1 });
  expect(arrow).toEqual({
    kind: 'arrow',
    tex: '-v_{t-1}',
    value: Float64Array.of(-10, -6),
    toScale: false,
  });
});

test('Newton’s arrow is the step, and its ellipse the Hessian', () => {
  const bowl = quadratic([
    [2, 1],
    [1, 4],
  ]);
  const [arrow, ellipse] = drawn('newton', 1, [1, 1], bowl);
  expect([...(arrow!.value as Float64Array)].map((value) => value + 0)).toEqual([-1, -1]);
  expect(arrow!.toScale).toBe(true);
  expect(ellipse).toEqual({ kind: 'ellipse', tex: 'H_t', value: Float64Array.of(2, 1, 1, 4) });
});

test('a trust region is drawn with the radius that the step was held to', () => {
  const options = { method: 'trust-region', start: [-1.2, 1], steps: 5 };
  const { moment } = explain(rosenbrock, options, 2, (name) => name)!;
  const circle = drawnOf(findMethod('trust-region')!, moment).find(({ kind }) => kind === 'circle')!;
  expect(circle.value).toBe(moment.before.radius);
});

test('a simplex is drawn before and after its move', () => {
  const [simplex] = drawn('nelder-mead', 1, [5, 3]);
  expect(simplex!.value).not.toEqual(simplex!.after);
  expect((simplex!.value as Float64Array).length).toBe(6);
});

test('whatever a rule says is drawn has a value at its second step', () => {
  for (const { id, residuals, rule } of methods) {
    const shown = drawn(id, 2, [-1.2, 1], residuals ? rosenbrockResiduals : rosenbrock, {});
    expect(
      shown.map(({ kind }) => kind),
      id,
    ).toEqual(Object.keys(rule.drawn ?? {}));
  }
});
