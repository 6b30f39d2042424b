/** mathjs on one formula; each finding is printed as soon as it is there, since the process may be stopped. */
import { median, sink } from './clock.ts';
import { folder } from './engine.ts';
import { formulaNamed, WINDOW } from './formulas.ts';

type MathJs = typeof import('./rivalEntry.ts');

const GRID = 40;
const name = process.argv[2] ?? '';
const { text, variables, at } = formulaNamed(name);
const { derivative, parse }: MathJs = await import(/* @vite-ignore */ `${folder}/mathjs/mathjs.mjs`);
const scope = Object.fromEntries(variables.map((variable, i) => [variable, at[i]!]));
const say = (finding: Readonly<Record<string, number>>) => console.log(JSON.stringify(finding));

const value = parse(text).compile();
const [first, second] = variables as [string, string];
const onGrid = () => {
  const step = (WINDOW[1] - WINDOW[0]) / (GRID - 1);
  for (let row = 0; row < GRID; row++) {
    scope[second] = WINDOW[0] + row * step;
    for (let column = 0; column < GRID; column++) {
      scope[first] = WINDOW[0] + column * step;
      sink(value.evaluate(scope));
    }
  }
};
const timed = (work: () => void): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};
const medianOf = (work: () => void, milliseconds: number): number => {
  const times: number[] = [];
  const end = performance.now() + milliseconds;
  do times.push(timed(work));
  while (times.length < 50 && performance.now() < end);
  return median(times.slice(times.length >> 2));
};

say({ gridOf200: medianOf(onGrid, 300) * (200 / GRID) ** 2 });
let partials: { evaluate(scope: object): number }[] = [];
const derive = () => {
  const own = parse(text).compile();
  partials = variables.map((variable) => derivative(text, variable).compile());
  sink(own.evaluate(scope));
  for (const partial of partials) sink(partial.evaluate(scope));
};
const firstTime = timed(derive);
say({ build: firstTime });
if (firstTime < 8000) say({ build: medianOf(derive, 1500) });
const evaluate = () => {
  sink(value.evaluate(scope));
  for (const partial of partials) sink(partial.evaluate(scope));
};
say({
  evaluate:
    medianOf(() => {
      for (let i = 0; i < 10; i++) evaluate();
    }, 500) * 1e5,
});
