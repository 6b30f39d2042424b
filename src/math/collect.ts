import { numberKey, TermPool } from './pool.ts';
import {
  content,
  isInteger,
  isMinusOne,
  isOne,
  MINUS_ONE,
  negative,
  ONE,
  plus,
  power,
  type Rational,
  rational,
  times,
} from './rational.ts';
import type { Factor, Item, ProductTerm, Settled, SumTerm, Term } from './term.ts';

/** Where a factor stands in a product: numbers, π, parameters, variables, roots and powers, sums, e^…, functions, cases. */
const rank = ([base, exponent]: Factor): number => {
  if (base.kind === 'number') return exponent.kind === 'number' ? 0 : 3;
  if (exponent.kind !== 'number')
    return base.kind === 'symbol' && base.name === 'e' && base.role === 'constant' ? 5 : 3;
  if (!isInteger(exponent.value)) return 3;
  if (base.kind === 'symbol') return base.role === 'constant' ? 1 : base.role === 'parameter' ? 1.5 : 2;
  if (base.kind === 'select') return 7;
  if (base.kind === 'series') return 8;
  return base.kind === 'call' && base.name !== 'abs' ? 6 : 4;
};

/** Collects like terms and powers; the rules of `DisplayAlgebra` about where a term has no value are kept here. */
export class Collector extends TermPool {
  /** The collected form of a term. */
  settle(term: Term): Settled {
    if (term.kind !== 'chain') return term;
    if (!term.settled) {
      const { operator } = term;
      const parts: [Rational, Settled][] = [];
      const stack: [sign: 1 | -1, part: Term][] = [[1, term]];
      for (let next = stack.pop(); next; next = stack.pop()) {
        const [sign, part] = next;
        if (part.kind === 'chain' && part.operator === operator && !part.settled)
          stack.push([part.sign === sign ? 1 : -1, part.right], [sign, part.left]);
        else parts.push([sign === 1 ? ONE : MINUS_ONE, this.settle(part)]);
      }
      term.settled = operator === '+' ? this.sum(parts) : this.product(parts.map(([, part]) => part));
    }
    return term.settled;
  }

  /** Σ coefficient·term. */
  sum(parts: readonly (readonly [Rational, Settled])[]): Settled {
    this.spend(parts.length);
    if (this.exhausted) return this.one;
    const items = new Map<Settled, Rational>();
    const put = (coefficient: Rational, term: Settled): void => {
      if (term.kind === 'number') [coefficient, term] = [times(coefficient, term.value), this.one];
      if (term.kind === 'sum' && (isOne(coefficient) || isMinusOne(coefficient))) {
        this.spend(term.items.length);
        for (const [c, inner] of term.items) put(isOne(coefficient) ? c : negative(c), inner);
        return;
      }
      if (term.kind === 'product' && !isOne(term.coefficient)) {
        put(times(coefficient, term.coefficient), this.makeProduct(ONE, term.factors, term.guarded));
        return;
      }
      const before = items.get(term);
      items.set(term, before ? plus(before, coefficient) : coefficient);
    };
    for (const [coefficient, term] of parts) put(coefficient, term);
    const kept: Item[] = [];
    for (const [term, coefficient] of items)
      if (coefficient.n !== 0n || !(this.deriving || term.total)) kept.push([coefficient, term]);
    if (kept.length === 0) return this.zero;
    if (kept.length === 1) return this.product([this.number(kept[0]![0]), kept[0]![1]]);
    const key = `+${kept
      .map(([c, term]) => `${numberKey(c)}*${term.id}`)
      .sort()
      .join()}`;
    return this.intern(key, (id) => {
      const terms = kept.map(([, term]) => term);
      return { kind: 'sum', items: kept, ...this.measure(id, terms, terms.every(isTotal)) };
    });
  }

  product(parts: readonly Term[]): Settled {
    this.spend(parts.length);
    if (this.exhausted) return this.one;
    let coefficient = ONE;
    let guarded = false;
    const factors: Factor[] = [];
    const place = new Map<Settled, number>();
    const put = (base: Settled, exponent: Settled): void => {
      const at = place.get(base);
      if (at !== undefined) {
        const before = factors[at]!;
        const exponents = this.merge(before, exponent);
        if (exponents) {
          const merged = this.pow(base, exponents);
          factors[at] = [this.one, this.one];
          place.delete(base);
          if (merged.kind === 'number') coefficient = times(coefficient, merged.value);
          else if (merged.kind !== 'product') factors[at] = [merged, this.one];
          else {
            coefficient = times(coefficient, merged.coefficient);
            const [first, ...rest] = merged.factors as [Factor, ...Factor[]];
            if (rest.length > 0) for (const factor of merged.factors) put(...factor);
            else factors[at] = first;
          }
          const [kept] = factors[at]!;
          if (kept !== this.one) place.set(kept, at);
          return;
        }
        guarded = true;
      }
      place.set(base, factors.push([base, exponent]) - 1);
    };
    for (const part of parts) {
      const term = this.settle(part);
      if (term.kind === 'number') coefficient = times(coefficient, term.value);
      else if (term.kind === 'product') {
        coefficient = times(coefficient, term.coefficient);
        guarded ||= term.guarded;
        this.spend(term.factors.length);
        for (const [base, exponent] of term.factors) put(base, exponent);
      } else if (term.kind === 'sum') {
        const common = content(term.items.map(([c]) => c));
        if (isOne(common)) put(term, this.one);
        else {
          coefficient = times(coefficient, common);
          put(this.scale(term, rational(common.d, common.n, common.decimal)), this.one);
        }
      } else put(term, this.one);
    }
    const kept = factors.filter(([base]) => base !== this.one);
    if (coefficient.n === 0n && (this.deriving || kept.every(isTotalFactor))) return this.zero;
    if (kept.length === 0) return this.number(coefficient);
    const [first] = kept;
    if (kept.length === 1 && first![1] === this.one) {
      const base = first![0];
      if (isOne(coefficient)) return base;
      if (
        isMinusOne(coefficient) &&
        base.kind === 'sum' &&
        base.items.length === 2 &&
        base.items.some(([c]) => c.n < 0n)
      )
        return this.scale(base, MINUS_ONE);
    }
    const sorted = kept.map((factor) => [rank(factor), factor] as const);
    sorted.sort(([a, f], [b, g]) => a - b || f[0].id - g[0].id);
    return this.makeProduct(
      coefficient,
      sorted.map(([, factor]) => factor),
      guarded,
    );
  }

  /** Every coefficient of a sum multiplied. */
  scale(term: SumTerm, by: Rational): Settled {
    return this.sum(term.items.map(([c, inner]) => [times(c, by), inner] as const));
  }

  pow(base: Term, exponent: Term): Settled {
    const [b, e] = [this.settle(base), this.settle(exponent)];
    if (e.kind === 'number') {
      if (e.value.n === 0n) return this.one;
      if (isOne(e.value)) return b;
      if (b.kind === 'number') {
        const value = power(b.value, e.value);
        if (value) return this.number(value);
      }
      if (b.kind === 'product') {
        const raised = this.raise(b, e.value);
        if (raised) return raised;
      }
    }
    if (b === this.one) return b;
    if (b.kind === 'product' && b.powers.length === 0 && b.factors[0]![0] === this.euler)
      return this.pow(this.euler, this.product([b.factors[0]![1], e]));
    const guarded = b.kind === 'product' && e.kind === 'number' && isInteger(e.value);
    return this.makeProduct(ONE, [[b, e]], guarded);
  }

  protected makeProduct(coefficient: Rational, factors: readonly Factor[], guarded: boolean): Settled {
    const [first] = factors;
    if (factors.length === 1 && isOne(coefficient) && first![1] === this.one) return first![0];
    const key = `${numberKey(coefficient)}*${factors.map(([b, e]) => `${b.id}^${e.id}`).join()}`;
    const known = this.known(key);
    if (known) return known;
    const single = factors.length === 1 && isOne(coefficient);
    const powers = single
      ? []
      : factors.map((f) => (f[1] === this.one ? f[0] : this.makeProduct(ONE, [f], false)));
    return this.intern(key, (id) => {
      const total = factors.every(isTotalFactor);
      const parts = single ? factors.flat() : powers;
      return { kind: 'product', coefficient, factors, powers, guarded, ...this.measure(id, parts, total) };
    });
  }

  /** The exponent of base^a·base^b written as one power, or undefined where it stays two. */
  private merge([base, a]: Factor, b: Settled): Settled | undefined {
    if (a.kind === 'number' && b.kind === 'number') {
      const sum = plus(a.value, b.value);
      const positive = base.kind === 'number' ? base.value.n > 0n : base === this.euler;
      const gone = isInteger(sum) && !(isInteger(a.value) && isInteger(b.value));
      const crossed = a.value.n > 0n !== b.value.n > 0n;
      return this.deriving || positive || !(gone || crossed) ? this.number(sum) : undefined;
    }
    if (!this.deriving && base !== this.euler) return undefined;
    const sum = this.sum([
      [ONE, a],
      [ONE, b],
    ]);
    return length(sum) <= Math.max(length(a), length(b)) ? sum : undefined;
  }

  /** (coefficient·Π base^a)^b where it is Π base^(ab) with the same domain; undefined where it is not. */
  private raise(term: ProductTerm, b: Rational): Settled | undefined {
    if (isInteger(b)) {
      const coefficient = power(term.coefficient, b);
      if (!coefficient) return undefined;
      if (!this.deriving && !term.factors.every((factor) => this.mayRaise(factor, b))) return undefined;
      return this.product([
        this.number(coefficient),
        ...term.factors.map(([base, a]) => this.pow(base, this.product([a, this.number(b)]))),
      ]);
    }
    const [[base, a] = []] = term.factors;
    if (term.factors.length !== 1 || !isOne(term.coefficient) || a?.kind !== 'number') return undefined;
    const ab = times(a.value, b);
    const odd = a.value.n % 2n !== 0n && isInteger(a.value);
    const fractional = !isInteger(a.value);
    if ((odd && !isInteger(ab)) || (fractional && (this.deriving || !isInteger(ab))))
      return this.pow(base!, this.number(ab));
    return undefined;
  }

  /** (base^a)^b is base^(ab) for whole b, with no value exactly where it had none. */
  private mayRaise([base, a]: Factor, b: Rational): boolean {
    if (base === this.euler || (base.kind === 'number' && base.value.n > 0n)) return true;
    if (a.kind !== 'number') return b.n === -1n;
    if (a.value.n < 0n && b.n < 0n) return false;
    return isInteger(a.value) || !isInteger(times(a.value, b));
  }
}

export const isTotal = (term: Settled): boolean => term.total;

const isTotalFactor = ([base, exponent]: Factor): boolean =>
  base.total &&
  (exponent.kind === 'number'
    ? isInteger(exponent.value) && exponent.value.n > 0n
    : exponent.total &&
      ((base.kind === 'symbol' && base.role === 'constant') ||
        (base.kind === 'number' && base.value.n > 0n)));

const length = (term: Settled): number =>
  term.kind === 'sum' ? term.items.length : term.kind === 'number' && term.value.n === 0n ? 0 : 1;
