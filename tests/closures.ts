import { type Algebra, functions, type Relation } from '../src/math/functions.ts';
import { type Meaning, meaning } from '../src/math/meaning.ts';
import { parse } from '../src/math/parse.ts';

/** A number as a function of the variables and parameters. */
export type Closure = (at: ReadonlyMap<string, number>) => number;

const relations: Record<Relation, (a: number, b: number) => boolean> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
};

/** The plainest algebra: every operation is JavaScript's own. Conditions are 1 and 0. */
export const closures: Algebra<Closure> = {
  literal: (text) => () => Number(text),
  integer: (value) => () => value,
  constant: (name) => () => (name === 'pi' ? Math.PI : Math.E),
  variable: (name) => (at) => at.get(name) ?? Number.NaN,
  parameter: (name) => (at) => at.get(name) ?? Number.NaN,
  add: (a, b) => (at) => a(at) + b(at),
  sub: (a, b) => (at) => a(at) - b(at),
  mul: (a, b) => (at) => a(at) * b(at),
  div: (a, b) => (at) => a(at) / b(at),
  neg: (a) => (at) => -a(at),
  pow: (a, b) => (at) => a(at) ** b(at),
  call: (name, args) => (at) => functions.get(name)!.value(...args.map((arg) => arg(at))),
  compare: (relation, a, b) => (at) => (relations[relation](a(at), b(at)) ? 1 : 0),
  and: (a, b) => (at) => a(at) * b(at),
  or: (a, b) => (at) => Math.max(a(at), b(at)),
  not: (a) => (at) => 1 - a(at),
  select: (condition, then, otherwise) => (at) => (condition(at) === 1 ? then(at) : otherwise(at)),
};

/** Every operation written out with brackets; parameters in ⟨⟩. For reading what a text was taken for. */
export const brackets: Algebra<string> = {
  literal: (text) => text,
  integer: (value) => `${value}`,
  constant: (name) => name,
  variable: (name) => name,
  parameter: (name) => `⟨${name}⟩`,
  add: (a, b) => `(${a} + ${b})`,
  sub: (a, b) => `(${a} - ${b})`,
  mul: (a, b) => `(${a}*${b})`,
  div: (a, b) => `(${a}/${b})`,
  neg: (a) => `(-${a})`,
  pow: (a, b) => `(${a}^${b})`,
  call: (name, args) => `${name}(${args.join(', ')})`,
  compare: (relation, a, b) => `${a} ${relation} ${b}`,
  and: (a, b) => `(${a} and ${b})`,
  or: (a, b) => `(${a} or ${b})`,
  not: (a) => `(not ${a})`,
  select: (condition, then, otherwise) => `if(${condition}, ${then}, ${otherwise})`,
};

/** What a text means; a mistake is thrown, so that a test shows it. */
export const understand = <T>(text: string, algebra: Algebra<T>): Meaning<T> => {
  const read = parse(text);
  if ('error' in read) throw new Error(`${JSON.stringify(text)}: ${read.error.message}`);
  const understood = meaning(read.program, algebra);
  if ('error' in understood) throw new Error(`${JSON.stringify(text)}: ${understood.error.message}`);
  return understood.meaning;
};

/** The outputs of a text in doubles; parameters have the text's values. */
export const valuesOf = (text: string, at: Readonly<Record<string, number>>): number[] => {
  const { outputs, parameters } = understand(text, closures);
  const point = new Map(Object.entries(at));
  for (const { name, value } of parameters) point.set(name, value);
  return outputs.map((output) => output(point));
};

/** The mistake in a text, whether in its form or in its meaning; undefined if there is none. */
export const mistakeIn = (text: string): { message: string; from: number; to: number } | undefined => {
  const read = parse(text);
  if ('error' in read) return read.error;
  const understood = meaning(read.program, brackets);
  return 'error' in understood ? understood.error : undefined;
};
