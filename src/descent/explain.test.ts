import { expect, test } from 'vitest';
import { evaluateTex } from './arithmetic.ts';
import { explain } from './explain.ts';
import { quadratic, rosenbrock, rosenbrockResiduals } from './handmade.ts';
import { methods } from './methods/index.ts';

const cases = methods.map((method) => [method.id, method] as const);
const valley = quadratic([
  [2, 0.5],
  [0.5, 7],
]);

test.each(cases)('the shown arithmetic of %s adds up and ends in the next point', (id, method) => {
  const problems = method.residuals ? [rosenbrockResiduals] : [valley, rosenbrock];
  const params = method.params.lr ? { lr: 1e-3 } : {};
  for (const problem of problems) {
    for (const step of [1, 2, 3, 7]) {
      const options = { method: id, start: [-1.2, 1], params, steps: 9, tol: 0 };
      const explained = explain(problem, options, step, (name) => name);
      if (!explained) continue;
      const forms = explained.lines.flatMap((line) => line.forms.map((form) => ({ ...form, line })));
      const reached = forms.filter(({ line }) => line.paper.startsWith('x_t = '));
      const next = [...explained.moment.next.x];
      expect(reached.map(({ value }) => value)).toEqual(next);
      for (const { numbers, value } of forms) {
        const [left = '', right] = numbers.split(' = ');
        if (value === undefined || right === undefined) continue;
        // Five digits of the result at least, and what is shown makes exactly them.
        expect(Math.abs(evaluateTex(left)!.entries[0]! - value)).toBeLessThanOrEqual(
          5.001e-5 * Math.abs(value),
        );
        const shown = Math.abs(evaluateTex(left)!.entries[0]!);
        const unit = 10 ** (Math.floor(Math.log10(shown)) - 4);
        const off = Math.abs(evaluateTex(right)!.entries[0]! - evaluateTex(left)!.entries[0]!);
        if (shown !== 0) expect(off, `step ${step}: ${numbers}`).toBeLessThanOrEqual(0.5001 * unit);
      }
    }
  }
});

test('of a long vector the first entries are written out, and a large matrix has dots', () => {
  const n = 40;
  const wide = quadratic(
    Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, k) => (i === k ? i + 1 : 0))),
  );
  const options = { method: 'newton', start: new Float64Array(n).fill(1), steps: 3 };
  const { lines } = explain(wide, options, 1, (name) => name)!;
  expect(lines[0]!.forms[0]!.numbers).toContain('\\ddots');
  expect(lines[0]!.forms[0]!.numbers.length).toBeLessThan(400);
  expect(lines.at(-1)!.forms.length).toBe(24);
});

test('where a step of the damped Newton method is not Newton’s, the equation is not claimed', () => {
  // f = x² − y²: the Newton direction would climb to the saddle.
  const saddle = quadratic([
    [2, 0],
    [0, -2],
  ]);
  const options = { method: 'newton-damped', start: [1, 1], steps: 3 };
  const { lines } = explain(saddle, options, 1, (name) => name)!;
  expect(lines[1]!.forms[0]!.numbers).toContain('\\neq');
});
