import { sink } from './clock.ts';
import { arrange, type Engine, places, problemOf } from './engine.ts';
import type { BenchmarkFormula } from './formulas.ts';

/** Milliseconds for each of many texts that differ in a constant, since nothing is made twice for one text. */
export function buildTimes(
  engine: Engine,
  formula: BenchmarkFormula,
  most: number,
  milliseconds: number,
): number[] {
  const g = new Float64Array(formula.variables.length);
  const at = arrange(formula.at, places(problemOf(engine, formula.text), formula));
  const times: number[] = [];
  const end = performance.now() + milliseconds;
  for (let k = 0; k < 5 || (k < most && performance.now() < end); k++) {
    const text = `${formula.text} + ${(k + 1) / 1024}`;
    const start = performance.now();
    const problem = problemOf(engine, text);
    sink(problem.valueAndGradient(at, g));
    times.push(performance.now() - start);
  }
  return times.slice(times.length >> 2);
}
