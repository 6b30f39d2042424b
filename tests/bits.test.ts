import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createProblem } from '../src/descent/createProblem.ts';

interface Case {
  readonly name: string;
  readonly text: string;
  readonly vars: readonly string[];
  readonly points: readonly { readonly x: readonly number[] }[];
}
const { cases } = JSON.parse(readFileSync(new URL('./oracle/derivatives.json', import.meta.url), 'utf8')) as {
  cases: readonly Case[];
};

/** A new formula's first calls are interpreted, later ones compiled: a run must not be able to tell. */
test('interpreted and compiled code agree to the last bit', () => {
  const different: string[] = [];
  for (const { name, text, vars, points } of cases) {
    const created = createProblem(`f(${vars.join(', ')}) = ${text}`);
    if ('error' in created) throw new Error(created.error.message);
    const { problem } = created;
    for (const { x } of points) {
      const point = Float64Array.from(x);
      const [first, later] = [new Float64Array(x.length), new Float64Array(x.length)];
      const f = problem.valueAndGradient(point, first);
      for (let k = 0; k < 40; k++) problem.valueAndGradient(point, later);
      const same =
        Object.is(problem.valueAndGradient(point, later), f) && first.every((g, k) => g === later[k]);
      if (!same) different.push(name);
    }
  }
  expect(different).toEqual([]);
});
