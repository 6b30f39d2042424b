/** The engine as a page loads it: one minified file, and its problems with the variables in the benchmark's order. */
import { readFileSync } from 'node:fs';
import type { CompiledProblem } from '../src/descent/compiled.ts';
import type { Problem } from '../src/descent/problem.ts';
import type { BenchmarkFormula } from './formulas.ts';

export type Engine = typeof import('../src/engine.ts');

/** Folder of the bundles that run.mjs makes; every process of a run gets it from there. */
export const folder = process.env.NABLA_BENCH ?? '';

export const loadEngine = async (): Promise<Engine> =>
  import(/* @vite-ignore */ `${folder}/engine/engine.mjs`);

export function problemOf(engine: Engine, text: string): CompiledProblem {
  const made = engine.createProblem(text);
  if ('error' in made) throw new Error(`${made.error.message} (${made.error.from}–${made.error.to})`);
  return made.problem;
}

/** For each of the problem's variables its place in the benchmark's list. */
export function places(problem: Problem, { variables }: BenchmarkFormula): number[] {
  return problem.variables.map((variable) => {
    const place = variables.indexOf(variable);
    if (place < 0) throw new Error(`The problem has a variable ${variable} that the formula does not name.`);
    return place;
  });
}

export const arrange = (numbers: ArrayLike<number>, order: readonly number[]): Float64Array =>
  Float64Array.from(order, (place) => numbers[place]!);

export const readBundle = (name: string) => readFileSync(`${folder}/${name}`);
