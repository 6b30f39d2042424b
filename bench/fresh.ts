/**
 * What a new process takes, where nothing is warm. Prints one number:
 *   cold ours|mathjs NAME      ms from before loading to the first value and gradient
 *   start ours|hand NAME       ns a call, mean over the first 100 ms of calling value and gradient
 *   descent ours|cold|hand NAME ms of the first 10,000 recorded steps, text to path; ours has run the other fifteen before
 */
import { sink } from './clock.ts';
import { arrange, folder, loadEngine, places, problemOf } from './engine.ts';
import { formulaNamed, formulas, pointsNear, STEPS } from './formulas.ts';
import { handwritten } from './hand.ts';
import { descent } from './loops.ts';

type Rival = typeof import('./rivalEntry.ts');

async function cold(who: string, name: string): Promise<number> {
  const { text, variables, at } = formulaNamed(name);
  const scope = Object.fromEntries(variables.map((variable, i) => [variable, at[i]!]));
  const start = performance.now();
  if (who === 'ours') {
    const engine = await loadEngine();
    const problem = problemOf(engine, text);
    const x = Float64Array.from(problem.variables, (variable) => scope[variable]!);
    sink(problem.valueAndGradient(x, new Float64Array(x.length)));
  } else {
    const { derivative, parse }: Rival = await import(/* @vite-ignore */ `${folder}/mathjs/mathjs.mjs`);
    const value = parse(text).compile();
    const partials = variables.map((variable) => derivative(text, variable).compile());
    sink(value.evaluate(scope));
    for (const partial of partials) sink(partial.evaluate(scope));
  }
  return performance.now() - start;
}

async function firstCalls(who: string, name: string): Promise<number> {
  const formula = formulaNamed(name);
  const g = new Float64Array(formula.at.length);
  let points = pointsNear(formula.at);
  let target: { valueAndGradient(x: Float64Array, gradient: Float64Array): number };
  if (who === 'ours') {
    const problem = problemOf(await loadEngine(), formula.text);
    const order = places(problem, formula);
    points = points.map((point) => arrange(point, order));
    target = problem;
  } else {
    target = handwritten(name, formula.text);
  }
  const start = performance.now();
  let calls = 0;
  let now = start;
  for (; now < start + 100; now = performance.now()) {
    for (let i = 0; i < 8; i++) sink(target.valueAndGradient(points[calls++ & 63]!, g));
  }
  return ((now - start) / calls) * 1e6;
}

async function firstDescent(who: string, name: string): Promise<number> {
  const formula = formulaNamed(name);
  const { text, at, rate } = formula;
  if (who === 'hand') {
    const start = performance.now();
    const hand = handwritten(name, text);
    sink(descent(hand.valueAndGradient, Float64Array.from(at), STEPS, rate).f[1]!);
    return performance.now() - start;
  }
  const engine = await loadEngine();
  const once = (which: typeof formula, steps: number) => {
    const problem = problemOf(engine, which.text);
    const x = Float64Array.from(
      problem.variables,
      (variable) => which.at[which.variables.indexOf(variable)]!,
    );
    sink(
      engine.descend(problem, { method: 'gd', start: x, params: { lr: which.rate }, steps, tol: 0 }).f[1]!,
    );
  };
  if (who === 'ours') {
    for (const other of formulas) if (other.name !== name) once(other, STEPS);
  }
  const start = performance.now();
  once(formula, STEPS);
  return performance.now() - start;
}

const [what, who, name] = process.argv.slice(2);
const measures = new Map([
  ['cold', cold],
  ['start', firstCalls],
  ['descent', firstDescent],
]);
const measure = measures.get(what ?? '');
if (!measure || !who || !name) throw new Error(`Nothing is measured as "${what}".`);
console.log(JSON.stringify(await measure(who, name)));
