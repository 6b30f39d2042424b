import { expect, test } from 'vitest';
import { createProblem } from '../descent/createProblem.ts';

function traceOf(text: string, x: readonly number[]) {
  const created = createProblem(text);
  if ('error' in created) throw new Error(created.error.message);
  const { problem } = created;
  return { problem, steps: problem.trace(Float64Array.from(x)) };
}

test('an evaluation is told operation by operation, as by hand', () => {
  const { steps } = traceOf('(1 - x)^2 + 100(y - x^2)^2', [-1.2, 1]);
  expect(steps.map(({ text, value }) => `${text} = ${Number(value.toFixed(10))}`)).toEqual([
    '1 - x = 2.2',
    '(1 - x)^2 = 4.84',
    'x^2 = 1.44',
    'y - x^2 = -0.44',
    '(y - x^2)^2 = 0.1936',
    '100(y - x^2)^2 = 19.36',
    '(1 - x)^2 + 100(y - x^2)^2 = 24.2',
  ]);
});

test('the last step is the value, and a part that returns is told once', () => {
  for (const [text, x] of [
    ['a = 2; sin(a*x) + cos(a*x)^2', [0.3]],
    ['if(x < 0, -x, sqrt(x)) + max(x, 2)', [4]],
    ['X = [1, 2]; mean((w*X + b)^2)', [0.5, 1]],
  ] as const) {
    const { problem, steps } = traceOf(text, x);
    expect(steps.at(-1)?.value).toBeCloseTo(problem.value(Float64Array.from(x)), 12);
    expect(new Set(steps.map((step) => step.text)).size).toBe(steps.length);
  }
});
