import { type Algebra, functions, type Relation, type SeriesAlgebra } from './functions.ts';
import {
  content,
  HALF,
  isInteger,
  isMinusOne,
  isOne,
  MINUS_ONE,
  negative,
  ONE,
  parseRational,
  plus,
  power,
  type Rational,
  rational,
  times,
} from './rational.ts';
import type { Factor, Item, NumberTerm, ProductTerm, Settled, SumTerm, SymbolTerm, Term } from './term.ts';

/** Functions that have no value somewhere; all others have one everywhere. */
const PARTIAL = new Set(
  'tan sec csc cot asin acos acosh atanh log log2 log10 log1p root mod gamma lgamma digamma polygamma'.split(
    ' ',
  ),
);

/** Most terms that one algebra keeps. */
const MOST_TERMS = 400_000;

const NO_VARIABLES: ReadonlySet<string> = new Set();

const union = (parts: readonly Settled[]): ReadonlySet<string> => {
  let all = NO_VARIABLES;
  let own = false;
  for (const { variables } of parts) {
    if (variables === all || variables.size === 0) continue;
    if (all.size === 0) all = variables;
    else
      for (const name of variables)
        if (!all.has(name)) {
          if (!own) all = new Set(all);
          own = true;
          (all as Set<string>).add(name);
        }
  }
  return all;
};

const numberKey = (a: Rational): string => (a.d === 1n ? `${a.n}` : `${a.n}/${a.d}${a.decimal ? '.' : ''}`);

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

/**
 * The algebra that is shown: exact numbers, n-ary sums and products, equal terms shared. It collects like
 * terms and powers and never multiplies out. As written by a person, a term keeps every place where it has no
 * value (x/x stays x/x, √x·√x is not x); while a derivative is made (`deriving`) such places are those of the
 * function itself, and powers of one base always merge. Never √(x²) = x.
 */
export class DisplayAlgebra implements Algebra<Term> {
  /** Set while derivatives are made. */
  deriving = false;
  /** More was asked for than `allow` allowed: what was made since then is meaningless. */
  exhausted = false;
  private budget = MOST_TERMS;
  private readonly terms = new Map<string, Settled>();
  readonly zero = this.number(rational(0n));
  readonly one = this.number(ONE);
  private readonly half = this.number(HALF);
  private readonly euler = this.symbol('constant', 'e');

  /** Number of different terms made so far. */
  get made(): number {
    return this.terms.size;
  }

  /** Deepest nesting of a term, within what recursion can follow. */
  static readonly DEPTH = 400;

  /** Begins anew to count what is made, and stops at `work` parts of terms. */
  allow(work: number): void {
    this.budget = work;
    this.exhausted = false;
  }

  literal(text: string): Term {
    return this.number(parseRational(text));
  }

  integer(value: number): Term {
    return this.number(rational(BigInt(value)));
  }

  constant(name: 'pi' | 'e'): Term {
    return this.symbol('constant', name);
  }

  variable(name: string): Term {
    return this.symbol('variable', name);
  }

  parameter(name: string): Term {
    return this.symbol('parameter', name);
  }

  add(left: Term, right: Term): Term {
    return { kind: 'chain', operator: '+', left, right, sign: 1, settled: undefined };
  }

  sub(left: Term, right: Term): Term {
    return { kind: 'chain', operator: '+', left, right, sign: -1, settled: undefined };
  }

  mul(left: Term, right: Term): Term {
    return { kind: 'chain', operator: '*', left, right, sign: 1, settled: undefined };
  }

  div(a: Term, b: Term): Term {
    return this.product([a, this.pow(b, this.number(MINUS_ONE))]);
  }

  neg(a: Term): Term {
    return this.product([this.number(MINUS_ONE), a]);
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
    if (b.kind === 'product' && this.isExponential(b) && b.factors[0]![0] === this.euler)
      return this.pow(this.euler, this.product([b.factors[0]![1], e]));
    const guarded = b.kind === 'product' && e.kind === 'number' && isInteger(e.value);
    return this.makeProduct(ONE, [[b, e]], guarded);
  }

  call(name: string, args: readonly Term[]): Term {
    const settled = args.map((arg) => this.settle(arg));
    const [a] = settled;
    if (a && settled.length === 1) {
      if (name === 'exp') return this.pow(this.euler, a);
      if (name === 'sqrt') return this.pow(a, this.half);
      if (name === 'min' || name === 'max') return a;
      if (name === 'log' && (a === this.euler || a === this.one))
        return a === this.one ? this.zero : this.one;
      if (a === this.zero) {
        const value = functions.get(name)?.value(0);
        if (value === 0 || value === 1) return this.integer(value);
      }
    }
    const total = !PARTIAL.has(name) && settled.every((arg) => arg.total);
    return this.node('call', name, settled, total);
  }

  compare(relation: Relation, a: Term, b: Term): Term {
    return this.node('compare', relation, [this.settle(a), this.settle(b)], true);
  }

  and(a: Term, b: Term): Term {
    return this.node('logic', 'and', [this.settle(a), this.settle(b)], true);
  }

  or(a: Term, b: Term): Term {
    return this.node('logic', 'or', [this.settle(a), this.settle(b)], true);
  }

  not(a: Term): Term {
    return this.node('logic', 'not', [this.settle(a)], true);
  }

  select(condition: Term, then: Term, otherwise: Term): Settled {
    const args = [condition, then, otherwise].map((arg) => this.settle(arg));
    if (args[1] === args[2]) return args[1]!;
    return this.node('select', 'if', args, args[1]!.total && args[2]!.total);
  }

  readonly series: SeriesAlgebra<Term> = {
    index: (name) => this.symbol('index', name),
    entry: (name = '', entries, at) => {
      const list = entries.map((entry) => this.settle(entry));
      if (list.some((entry) => entry.variables.size > 0)) return undefined;
      const index = this.settle(at);
      const key = `entry ${name} ${list.map((entry) => entry.id).join()} ${index.id}`;
      const total = list.every(isTotal);
      return this.intern(key, (id) => ({
        kind: 'entry',
        name,
        list,
        args: [index],
        ...this.measure(id, [index], total),
        // Writing it out takes the whole list.
        size: 1 + index.size + list.length,
      }));
    },
    numbered: (name, at, named) => {
      const args = at.map((index) => this.settle(index));
      return this.intern(`numbered ${name} ${args.map((arg) => arg.id).join()}`, (id) => {
        const measured = this.measure(id, args, true);
        return {
          kind: 'numbered',
          name,
          named,
          args,
          ...measured,
          variables: new Set([...measured.variables, `${name}[`]),
        };
      });
    },
    close: (name, index, first, last, body, total) => {
      const settled = this.settle(total);
      const open = this.settle(index);
      if (open.kind !== 'symbol') return settled;
      return this.close(name, open, first, last, this.settle(body), settled.variables);
    },
  };

  /** Σ with what does not depend on the index in front of it, or Π as it is. */
  close(
    name: 'sum' | 'prod',
    index: SymbolTerm,
    first: number,
    last: number,
    body: Settled,
    variables: ReadonlySet<string>,
  ): Settled {
    const mark = `#${index.name}`;
    const count = this.integer(last - first + 1);
    if (!body.variables.has(mark))
      return name === 'sum' ? this.product([count, body]) : this.pow(body, count);
    if (name === 'sum' && body.kind === 'product') {
      const still = body.factors.filter(([b, e]) => !b.variables.has(mark) && !e.variables.has(mark));
      if (still.length > 0 || !isOne(body.coefficient)) {
        const moving = body.factors.filter((factor) => !still.includes(factor));
        const inner = this.makeProduct(ONE, moving, body.guarded);
        const front = [this.number(body.coefficient), ...still.map(([b, e]) => this.pow(b, e))];
        return this.product([...front, this.close(name, index, first, last, inner, variables)]);
      }
    }
    const key = `${name} ${index.id} ${first} ${last} ${body.id}`;
    let known: Settled | undefined;
    const expanded = (): Settled => {
      if (known) return known;
      const terms = Array.from({ length: last - first + 1 }, (_, k) => this.at(body, index, first + k));
      known = name === 'sum' ? this.sum(terms.map((term) => [ONE, term])) : this.product(terms);
      return known;
    };
    return this.intern(key, (id) => ({
      kind: 'series',
      name,
      index,
      first,
      last,
      args: [body],
      expanded,
      ...this.measure(id, [body], body.total),
      variables: new Set([
        ...variables,
        ...[...body.variables].filter((name) => /[#[]/.test(name) && name !== mark),
      ]),
    }));
  }

  /** The term with a number in place of a running index. */
  private at(term: Settled, index: SymbolTerm, k: number, known = new Map<Settled, Settled>()): Settled {
    if (!term.variables.has(`#${index.name}`)) return term;
    const before = known.get(term);
    if (before) return before;
    const inside = (inner: Settled): Settled => this.at(inner, index, k, known);
    const rebuild = (): Term => {
      switch (term.kind) {
        case 'sum':
          return this.sum(term.items.map(([c, inner]) => [c, inside(inner)]));
        case 'product':
          return this.product([
            this.number(term.coefficient),
            ...term.factors.map(([b, e]) => this.pow(inside(b), inside(e))),
          ]);
        case 'number':
        case 'symbol':
          return this.integer(k);
        case 'series':
          return this.close(
            term.name,
            term.index,
            term.first,
            term.last,
            inside(term.args[0]!),
            term.variables,
          );
        default: {
          const args = term.args.map(inside);
          const [a, b, c] = args as [Settled, Settled, Settled];
          if (term.kind === 'call') return this.call(term.name, args);
          if (term.kind === 'select') return this.select(a, b, c);
          if (term.kind === 'compare') return this.compare(term.name, a, b);
          if (term.kind === 'logic') return term.name === 'not' ? this.not(a) : this[term.name](a, b);
          const numbers = args.map((arg) => (arg.kind === 'number' ? Number(arg.value.n) : Number.NaN));
          const open = numbers.some(Number.isNaN);
          if (term.kind === 'entry')
            return open ? this.series.entry(term.name, term.list, a)! : term.list[numbers[0]! - 1]!;
          return open
            ? this.series.numbered(term.name, args, term.named)
            : this.variable(term.named(numbers));
        }
      }
    };
    const result = this.settle(rebuild());
    known.set(term, result);
    return result;
  }

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

  number(value: Rational): NumberTerm {
    const key = numberKey(value);
    return this.intern(key, (id) => ({ kind: 'number', value, ...leaf(id, NO_VARIABLES) })) as NumberTerm;
  }

  private symbol(role: SymbolTerm['role'], name: string): SymbolTerm {
    const variables =
      role === 'variable' ? new Set([name]) : role === 'index' ? new Set([`#${name}`]) : NO_VARIABLES;
    const make = (id: number): Settled => ({ kind: 'symbol', role, name, ...leaf(id, variables) });
    return this.intern(`${role[0]}:${name}`, make) as SymbolTerm;
  }

  private node(
    kind: 'call' | 'compare' | 'logic' | 'select',
    name: string,
    args: readonly Settled[],
    total: boolean,
  ) {
    const key = `${kind} ${name} ${args.map((arg) => arg.id).join()}`;
    return this.intern(
      key,
      (id) => ({ kind, name, args, ...this.measure(id, args, total) }) as unknown as Settled,
    );
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

  private makeProduct(coefficient: Rational, factors: readonly Factor[], guarded: boolean): Settled {
    const [first] = factors;
    if (factors.length === 1 && isOne(coefficient) && first![1] === this.one) return first![0];
    const key = `${numberKey(coefficient)}*${factors.map(([b, e]) => `${b.id}^${e.id}`).join()}`;
    const known = this.terms.get(key);
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

  private isExponential(term: ProductTerm): boolean {
    return term.factors.length === 1 && isOne(term.coefficient);
  }

  private measure(id: number, parts: readonly Settled[], total: boolean) {
    let size = 1;
    let depth = 0;
    for (const part of parts) {
      size += part.size;
      depth = Math.max(depth, part.depth);
    }
    if (depth >= DisplayAlgebra.DEPTH) this.exhausted = true;
    return { id, variables: union(parts), total, size, depth: depth + 1 };
  }

  private spend(work: number): void {
    this.budget -= work;
    if (this.budget < 0) this.exhausted = true;
  }

  private intern(key: string, make: (id: number) => Settled): Settled {
    const known = this.terms.get(key);
    if (known) return known;
    if (this.terms.size >= MOST_TERMS) this.exhausted = true;
    if (this.exhausted && this.one) return this.one;
    const term = make(this.terms.size);
    this.terms.set(key, term);
    return term;
  }
}

const leaf = (id: number, variables: ReadonlySet<string>) => ({
  id,
  variables,
  total: true,
  size: 1,
  depth: 1,
});

const isTotal = (term: Settled): boolean => term.total;

const isTotalFactor = ([base, exponent]: Factor): boolean =>
  base.total &&
  (exponent.kind === 'number'
    ? isInteger(exponent.value) && exponent.value.n > 0n
    : exponent.total &&
      ((base.kind === 'symbol' && base.role === 'constant') ||
        (base.kind === 'number' && base.value.n > 0n)));

const length = (term: Settled): number =>
  term.kind === 'sum' ? term.items.length : term.kind === 'number' && term.value.n === 0n ? 0 : 1;
