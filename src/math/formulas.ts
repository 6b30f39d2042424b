import type { DisplayAlgebra } from './algebra.ts';
import { derivative } from './differentiate.ts';
import type { Formula, Formulas } from './formula.ts';
import { text } from './print.ts';
import { HALF, ONE } from './rational.ts';
import { shared } from './shared.ts';
import { children, type Settled, type Term } from './term.ts';
import { tex, texWriter } from './tex.ts';

/** Parts of terms that one formula may make; beyond it the formula is called too long. About 0.1 s. */
const MOST_WORK = 50_000;
/** Longest text, in nodes of the formula written out. */
const LONGEST_TEXT = 6000;
/** Deepest text, in nested terms, so that its brackets can be read back. */
const DEEPEST_TEXT = 90;
/** Longest TeX, in nodes as they are written, shared parts counted once: what a typesetter sets in a blink. */
const LONGEST_TEX = 2500;

/** What a person may ask to read, of outputs in one algebra. */
export interface Outputs {
  readonly variables: readonly string[];
  /** One number; otherwise the residuals of ½‖F‖². */
  readonly scalar: boolean;
  readonly outputs: readonly Term[];
}

/**
 * The formulas of a function, each made when first looked at. One that is too long to be read has TeX that
 * says so and an empty text.
 */
export const formulas = (algebra: DisplayAlgebra, { variables, scalar, outputs }: Outputs): Formulas => {
  const n = variables.length;
  let broken = algebra.exhausted;
  const terms = once(() => {
    const settled = outputs.map((term) => algebra.settle(term));
    broken ||= algebra.exhausted;
    return settled;
  });
  const value = (): Settled =>
    scalar
      ? terms()[0]!
      : algebra.product([
          algebra.number(HALF),
          algebra.sum(terms().map((residual) => [ONE, algebra.pow(residual, algebra.integer(2))])),
        ]);
  const slope = (i: number, k: number): Settled => derivative(algebra, terms()[i]!, variables[k]!);
  const gradient = (k: number): Settled =>
    scalar
      ? slope(0, k)
      : algebra.sum(terms().map((residual, i) => [ONE, algebra.product([residual, slope(i, k)])]));
  const hessian = (i: number, k: number): Settled =>
    derivative(algebra, gradient(Math.min(i, k)), variables[Math.max(i, k)]!);
  const formula = (make: () => Settled): Formula => {
    if (broken) return TOO_LONG;
    algebra.allow(MOST_WORK);
    const term = make();
    return algebra.exhausted ? TOO_LONG : written(term);
  };
  return {
    get value() {
      return formula(value);
    },
    residual: lazy(outputs.length, (i) => formula(() => terms()[i]!)),
    gradient: lazy(n, (k) => formula(() => gradient(k))),
    jacobian: lazy(outputs.length, (i) => lazy(n, (k) => formula(() => slope(i, k)))),
    hessian: lazy(n, (i) => lazy(n, (k) => formula(() => hessian(i, k)))),
  };
};

const TOO_LONG: Formula = { text: '', tex: '\\text{too long to be shown}' };

/** The TeX and the text of a term, or that it is too long for them. */
export const written = (term: Settled): Formula => {
  const parts = shared(term);
  if (parts.size > LONGEST_TEX) return TOO_LONG;
  const plain = term.size <= LONGEST_TEXT && term.depth <= DEEPEST_TEXT ? text(term) : '';
  if (parts.named.length === 0) return { text: plain, tex: tex(term) };
  const letter = freeLetter(term);
  const names = new Map<Settled, string>();
  const rows: string[] = [];
  for (const part of parts.named) {
    rows.push(`${texWriter(names)(part).text}`);
    names.set(part, `${letter}_{${names.size + 1}}`);
  }
  const main = texWriter(names)(term).text;
  const where = rows.map((row, k) => `${letter}_{${k + 1}} &= ${row}`);
  return {
    text: plain,
    tex: `\\begin{aligned} &${main} \\\\ &\\text{where} \\\\ ${where.join(' \\\\ ')} \\end{aligned}`,
  };
};

/** A letter for parts that no name in the term begins with. */
const freeLetter = (term: Settled): string => {
  const taken = new Set<string>();
  const seen = new Set<Settled>();
  const visit = (inner: Settled): void => {
    if (seen.has(inner)) return;
    seen.add(inner);
    if (inner.kind === 'symbol') taken.add(inner.name[0]!);
    for (const child of children(inner)) visit(child);
  };
  visit(term);
  return [...'uvsqrthpabcdgkz'].find((letter) => !taken.has(letter)) ?? '\\upsilon';
};

const once = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};

/** An array whose elements are made when first read. */
const lazy = <T>(length: number, make: (index: number) => T): readonly T[] => {
  const array: T[] = [];
  for (let index = 0; index < length; index++)
    Object.defineProperty(array, index, {
      enumerable: true,
      configurable: true,
      get: once(() => make(index)),
    });
  return array;
};
