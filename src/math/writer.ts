import { decimals, isHalf, isInteger, isOne, negative, type Rational } from './rational.ts';
import type { Settled } from './term.ts';

/** How tightly a piece of writing holds together: what stands next to it decides whether it needs brackets. */
export const SUM = 0;
export const PRODUCT = 1;
export const POWER = 2;
export const ATOM = 3;

export interface Piece {
  readonly text: string;
  readonly level: number;
  /** Higher than a line, so that its brackets must grow. */
  readonly tall: boolean;
}

/** What differs between one way of writing and another. */
export interface Notation {
  readonly symbol: (term: Settled & { kind: 'symbol' }) => Piece;
  /** A number that is not negative and no fraction; digits·10^power10. */
  readonly number: (digits: string, power10: number) => Piece;
  readonly bracket: (inner: Piece) => Piece;
  /** Factors next to each other, none of them a sum without brackets. */
  readonly juxtapose: (factors: readonly Piece[]) => Piece;
  readonly fraction: (top: Piece, bottom: Piece) => Piece;
  /** Keep the number of a fraction apart: ½(x + y) instead of (x + y)/2. */
  readonly leadingFraction: boolean;
  readonly power: (base: Settled, exponent: Settled, write: Writer) => Piece;
  readonly root: (inner: Piece) => Piece;
  readonly call: (name: string, args: readonly Settled[], write: Writer) => Piece;
  readonly condition: (term: Settled & { kind: 'compare' | 'logic' }, write: Writer) => Piece;
  readonly series: (term: Settled & { kind: 'series' }, write: Writer) => Piece;
  readonly entry: (term: Settled & { kind: 'entry' | 'numbered' }, write: Writer) => Piece;
  readonly cases: (term: Settled & { kind: 'select' }, write: Writer) => Piece;
}

export type Writer = (term: Settled) => Piece;

/** Writes terms in a notation; equal parts are written once. `names` are written in place of the terms they name. */
export const writer = (notation: Notation, names: ReadonlyMap<Settled, Piece> = new Map()): Writer => {
  const written = new Map<Settled, Piece>();
  const { bracket, juxtapose, fraction } = notation;

  const write = (term: Settled): Piece => {
    const known = names.get(term) ?? written.get(term);
    if (known) return known;
    const piece = compose(term);
    written.set(term, piece);
    return piece;
  };

  const compose = (term: Settled): Piece => {
    switch (term.kind) {
      case 'number':
        return signed(term.value);
      case 'symbol':
        return notation.symbol(term);
      case 'sum':
        return sum(term.items);
      case 'product':
        return signed(term.coefficient, term);
      case 'call':
        return notation.call(term.name, term.args, write);
      case 'select':
        return notation.cases(term, write);
      case 'series':
        return notation.series(term, write);
      case 'entry':
      case 'numbered':
        return notation.entry(term, write);
      default:
        return notation.condition(term, write);
    }
  };

  /** A sum of two that begins with a minus is turned round: −1 + y is y − 1. */
  const sum = (items: readonly (readonly [Rational, Settled])[]): Piece => {
    const [first, second] = items;
    const turned = items.length === 2 && first![0].n < 0n && second![0].n > 0n;
    let tall = false;
    let text = '';
    for (const [coefficient, term] of turned ? [second!, first!] : items) {
      const below = coefficient.n < 0n;
      const piece = product(below ? negative(coefficient) : coefficient, term);
      text += text === '' ? (below ? '-' : '') : below ? ' - ' : ' + ';
      text += held(piece);
      tall ||= piece.tall;
    }
    return { text, level: SUM, tall };
  };

  const signed = (coefficient: Rational, term?: Settled): Piece => {
    if (coefficient.n >= 0n) return product(coefficient, term);
    const piece = product(negative(coefficient), term);
    return { text: `-${held(piece)}`, level: SUM, tall: piece.tall };
  };

  const held = (piece: Piece): string => (piece.level === SUM ? bracket(piece) : piece).text;

  /** coefficient·term, where a product lends its factors. */
  const product = (coefficient: Rational, term?: Settled): Piece => {
    const top: Piece[] = [];
    const bottom: Piece[] = [];
    let plain = true;
    if (term && term.kind !== 'number' && (term.kind !== 'product' || names.has(term))) {
      top.push(write(term));
      plain = term.kind === 'symbol';
    } else if (term?.kind === 'product') {
      term.factors.forEach(([base, exponent], k) => {
        const name = names.get(term.powers[k] ?? term);
        const below = exponent.kind === 'number' && exponent.value.n < 0n;
        if (name) top.push(name);
        else if (below) bottom.push(raised(base, negative(exponent.value)));
        else
          top.push(
            exponent.kind === 'number' ? raised(base, exponent.value) : notation.power(base, exponent, write),
          );
        plain &&= below || base.kind === 'symbol';
      });
    }
    const shown = decimals(coefficient);
    const below = shown === undefined && !isInteger(coefficient);
    const count = shown ?? { digits: String(coefficient.n), power10: 0 };
    const number =
      count.digits === '1' && count.power10 === 0 ? undefined : notation.number(count.digits, count.power10);
    const divisor = below ? notation.number(String(coefficient.d), 0) : undefined;
    if (divisor && notation.leadingFraction && !plain && bottom.length === 0)
      return line([fraction(number ?? notation.number('1', 0), divisor), ...top]);
    if (number) top.unshift(number);
    if (divisor) bottom.unshift(divisor);
    if (bottom.length === 0) return line(top);
    return fraction(line(top), line(bottom));
  };

  /** Factors in a row; one alone keeps its form. */
  const line = (pieces: readonly Piece[]): Piece => {
    if (pieces.length === 0) return notation.number('1', 0);
    if (pieces.length === 1) return pieces[0]!;
    return juxtapose(pieces.map((piece) => (piece.level === SUM ? bracket(piece) : piece)));
  };

  const raised = (base: Settled, exponent: Rational): Piece => {
    if (isOne(exponent)) return write(base);
    if (isHalf(exponent)) return notation.root(write(base));
    return notation.power(base, numberTerm(exponent), write);
  };

  return write;
};

const numberTerm = (value: Rational): Settled => ({
  kind: 'number',
  value,
  id: -1,
  variables: new Set(),
  total: true,
  size: 1,
  depth: 1,
});
