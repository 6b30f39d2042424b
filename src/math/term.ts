import type { Relation } from './functions.ts';
import type { Rational } from './rational.ts';

interface Shared {
  /** Position in the order of making; equal terms of one algebra are one object. */
  readonly id: number;
  /** The variables that the term depends on; with a running index that is open in it as `#i`, numbered variables as `x[`. */
  readonly variables: ReadonlySet<string>;
  /** It has a finite value everywhere. */
  readonly total: boolean;
  /** Number of nodes of the term written out as a tree. */
  readonly size: number;
  readonly depth: number;
}

export interface NumberTerm extends Shared {
  readonly kind: 'number';
  readonly value: Rational;
}

export interface SymbolTerm extends Shared {
  readonly kind: 'symbol';
  readonly role: 'constant' | 'parameter' | 'variable' | 'index';
  readonly name: string;
}

export type Item = readonly [coefficient: Rational, term: Settled];

/** Σ coefficient·term, at least two, in the order written. The term 1 carries the number. */
export interface SumTerm extends Shared {
  readonly kind: 'sum';
  readonly items: readonly Item[];
}

export type Factor = readonly [base: Settled, exponent: Settled];

/** coefficient·Π base^exponent. A power is a product of one factor. */
export interface ProductTerm extends Shared {
  readonly kind: 'product';
  readonly coefficient: Rational;
  readonly factors: readonly Factor[];
  /** The factors as terms; of a single power without a coefficient, which is itself that term, none. */
  readonly powers: readonly Settled[];
  /** Its powers could be merged further if the places where a factor has no value did not matter. */
  readonly guarded: boolean;
}

export interface CallTerm extends Shared {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Settled[];
}

export interface CompareTerm extends Shared {
  readonly kind: 'compare';
  readonly name: Relation;
  readonly args: readonly Settled[];
}

export interface LogicTerm extends Shared {
  readonly kind: 'logic';
  readonly name: 'and' | 'or' | 'not';
  readonly args: readonly Settled[];
}

/** args: condition, then, otherwise. */
export interface SelectTerm extends Shared {
  readonly kind: 'select';
  readonly name: 'if';
  readonly args: readonly Settled[];
}

/** list[args[0] − 1], of data; the name is what the text calls the list. */
export interface EntryTerm extends Shared {
  readonly kind: 'entry';
  readonly name: string;
  readonly list: readonly Settled[];
  readonly args: readonly Settled[];
}

/** The numbered variable name[args]. */
export interface NumberedTerm extends Shared {
  readonly kind: 'numbered';
  readonly name: string;
  readonly named: (indices: readonly number[]) => string;
  readonly args: readonly Settled[];
}

/** Σ or Π of args[0] for index = first … last. */
export interface SeriesTerm extends Shared {
  readonly kind: 'series';
  readonly name: 'sum' | 'prod';
  readonly index: SymbolTerm;
  readonly first: number;
  readonly last: number;
  readonly args: readonly Settled[];
  /** Numbered variables in it in which another index is open. */
  readonly unnamed: ReadonlySet<Settled>;
  /** The same, added up. */
  readonly expanded: () => Settled;
}

export type Settled =
  | NumberTerm
  | SymbolTerm
  | SumTerm
  | ProductTerm
  | CallTerm
  | CompareTerm
  | LogicTerm
  | SelectTerm
  | EntryTerm
  | NumberedTerm
  | SeriesTerm;

/** A sum or product that is still being written: collected only when it is looked at, so that a sum of a thousand terms is collected once. */
export interface Chain {
  readonly kind: 'chain';
  readonly operator: '+' | '*';
  readonly left: Term;
  readonly right: Term;
  readonly sign: 1 | -1;
  settled: Settled | undefined;
}

export type Term = Settled | Chain;

/** The terms directly inside a term. */
export const children = (term: Settled): readonly Settled[] => {
  switch (term.kind) {
    case 'number':
    case 'symbol':
      return [];
    case 'sum':
      return term.items.map(([, inner]) => inner);
    case 'product':
      return term.powers.length > 0 ? term.powers : term.factors.flat();
    default:
      return term.args;
  }
};
