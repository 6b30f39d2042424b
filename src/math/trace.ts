import type { DisplayAlgebra } from './algebra.ts';
import { written } from './formulas.ts';
import { type Algebra, functions, type Relation } from './functions.ts';
import type { Term } from './term.ts';

/** One operation of an evaluation, as it is written and what it gives. */
export interface TraceStep {
  readonly text: string;
  readonly tex: string;
  readonly value: number;
}

/** A part of a formula with its value at the point; conditions are 0 or 1. */
interface Traced {
  readonly term: Term;
  readonly value: number;
}

/** More steps than this nobody reads. */
const MOST_STEPS = 500;

const relations: Readonly<Record<Relation, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
};

/**
 * The third reading of a text: it evaluates at one point, and notes each operation in the order in which it is done,
 * the way a person would by hand. Equal parts are noted once.
 */
export class TraceAlgebra implements Algebra<Traced> {
  private readonly noted = new Map<string, TraceStep>();

  constructor(
    private readonly display: DisplayAlgebra,
    private readonly values: ReadonlyMap<string, number>,
  ) {}

  get steps(): readonly TraceStep[] {
    return [...this.noted.values()];
  }

  private note(term: Term, value: number): Traced {
    if (this.noted.size < MOST_STEPS) {
      const { text, tex } = written(this.display.settle(term));
      const isName = /^-?[\w.]*$/.test(text);
      if (!isName && !this.noted.has(text)) this.noted.set(text, { text, tex, value });
    }
    return { term, value };
  }

  literal = (text: string): Traced => ({ term: this.display.literal(text), value: Number(text) });
  integer = (value: number): Traced => ({ term: this.display.integer(value), value });
  constant = (name: 'pi' | 'e'): Traced => ({
    term: this.display.constant(name),
    value: name === 'pi' ? Math.PI : Math.E,
  });
  variable = (name: string): Traced => this.named(this.display.variable(name), name);
  parameter = (name: string): Traced => this.named(this.display.parameter(name), name);
  private named = (term: Term, name: string): Traced => ({
    term,
    value: this.values.get(name) ?? Number.NaN,
  });
  add = (a: Traced, b: Traced): Traced => this.note(this.display.add(a.term, b.term), a.value + b.value);
  sub = (a: Traced, b: Traced): Traced => this.note(this.display.sub(a.term, b.term), a.value - b.value);
  mul = (a: Traced, b: Traced): Traced => this.note(this.display.mul(a.term, b.term), a.value * b.value);
  div = (a: Traced, b: Traced): Traced => this.note(this.display.div(a.term, b.term), a.value / b.value);
  neg = (a: Traced): Traced => this.note(this.display.neg(a.term), -a.value);
  pow = (base: Traced, exponent: Traced): Traced =>
    this.note(this.display.pow(base.term, exponent.term), base.value ** exponent.value);
  call = (name: string, args: readonly Traced[]): Traced =>
    this.note(
      this.display.call(
        name,
        args.map(({ term }) => term),
      ),
      functions.get(name)!.value(...args.map(({ value }) => value)),
    );
  compare = (relation: Relation, a: Traced, b: Traced): Traced => ({
    term: this.display.compare(relation, a.term, b.term),
    value: relations[relation](a.value, b.value) ? 1 : 0,
  });
  and = (a: Traced, b: Traced): Traced => ({
    term: this.display.and(a.term, b.term),
    value: a.value * b.value,
  });
  or = (a: Traced, b: Traced): Traced => ({
    term: this.display.or(a.term, b.term),
    value: Math.max(a.value, b.value),
  });
  not = (a: Traced): Traced => ({ term: this.display.not(a.term), value: 1 - a.value });
  select = (condition: Traced, then: Traced, otherwise: Traced): Traced =>
    this.note(
      this.display.select(condition.term, then.term, otherwise.term),
      condition.value === 1 ? then.value : otherwise.value,
    );
}
