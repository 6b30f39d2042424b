import type { Mistake, Problem } from '../descent/problem.ts';
import type { Preset } from '../presets.ts';
import type { Setup } from '../setup.ts';
import type { Answer } from './protocol.ts';
import { chooseStart } from './start.ts';

export type Axes = readonly [horizontal: number, vertical: number];

/** A mistake on its way out of a computation. */
export class Refusal {
  constructor(
    readonly where: Extract<Answer, { kind: 'mistake' }>['where'],
    readonly mistake: Mistake,
    readonly run?: number,
  ) {}
}

/** An example's table speaks of this function only if the numbers of variables agree. */
export function fitting(preset: Preset | undefined, problem: Problem): Preset | undefined {
  return preset?.start.length === problem.variables.length ? preset : undefined;
}

export function startOf(problem: Problem, setup: Setup, preset: Preset | undefined): Float64Array {
  if (setup.start) return checkedStart(problem, setup.start);
  return preset ? Float64Array.from(preset.start) : chooseStart(problem);
}

export function checkedStart(problem: Problem, start: readonly number[], run?: number): Float64Array {
  if (start.length !== problem.variables.length)
    throw new Refusal('start', misfit(problem, start.length), run);
  return Float64Array.from(start);
}

export function misfit({ variables }: Problem, given: number): Mistake {
  const n = variables.length;
  const names = n > 8 ? `${variables.slice(0, 8).join(', ')}, …` : variables.join(', ');
  const message = `The start has ${count(given, 'number')}, but the function has ${count(n, 'variable')}${n > 0 ? `: ${names}` : ''}.`;
  return { message, from: 0, to: 0 };
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

export function axesOf({ variables }: Problem, { axes }: Setup, notes: string[]): Axes {
  const first: Axes = [0, Math.min(1, Math.max(0, variables.length - 1))];
  if (!axes || axes === 'principal' || variables.length < 2) return first;
  const [horizontal, vertical] = axes.map((name) => variables.indexOf(name.replaceAll('_', '')));
  if (horizontal !== undefined && vertical !== undefined && horizontal !== vertical) {
    if (horizontal >= 0 && vertical >= 0) return [horizontal, vertical];
  }
  notes.push(`axes: "${axes.join(', ')}" are not two variables of this function; the first two are shown.`);
  return first;
}
