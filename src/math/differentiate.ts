import type { DisplayAlgebra } from './algebra.ts';
import { functions } from './functions.ts';
import { isMinusOne, MINUS_ONE, ONE, plus, type Rational, times } from './rational.ts';
import type { CallTerm, Factor, ProductTerm, SeriesTerm, Settled, SumTerm, Term } from './term.ts';

const memories = new WeakMap<DisplayAlgebra, Map<string, Map<Settled, Settled>>>();

/**
 * ∂term/∂variable, in the same algebra. Linear in the number of shared parts that contain the variable;
 * parts are remembered, so that a gradient and a Hessian do not differentiate them twice.
 */
export const derivative = (algebra: DisplayAlgebra, term: Term, variable: string): Settled => {
  const settled = algebra.settle(term);
  const memory = memories.get(algebra) ?? new Map<string, Map<Settled, Settled>>();
  memories.set(algebra, memory);
  const known = memory.get(variable) ?? new Map<Settled, Settled>();
  memory.set(variable, known);
  const before = algebra.deriving;
  algebra.deriving = true;
  const result = differentiate(algebra, settled, variable, known);
  algebra.deriving = before;
  if (algebra.exhausted) memories.delete(algebra);
  return result;
};

const differentiate = (
  o: DisplayAlgebra,
  term: Settled,
  variable: string,
  known: Map<Settled, Settled>,
): Settled => {
  if (!term.variables.has(variable) || o.exhausted) return o.zero;
  const before = known.get(term);
  if (before) return before;
  const d = (inner: Settled): Settled => differentiate(o, inner, variable, known);
  const result = rule(o, term, variable, d);
  known.set(term, result);
  return result;
};

type Part = readonly [Rational, Settled];
type Derive = (inner: Settled) => Settled;

const rule = (o: DisplayAlgebra, term: Settled, variable: string, d: Derive): Settled => {
  switch (term.kind) {
    case 'symbol':
      return o.one;
    case 'sum': {
      const parts: Part[] = [];
      for (const [c, inner] of term.items) {
        if (o.exhausted || !inner.variables.has(variable)) continue;
        if (inner.kind !== 'product') parts.push([c, d(inner)]);
        else for (const [k, part] of partsOf(o, inner, variable, d)) parts.push([times(c, k), part]);
      }
      return o.sum(parts);
    }
    case 'product':
      return o.sum(partsOf(o, term, variable, d));
    case 'call':
      return ofCall(o, term, d);
    case 'select': {
      const [condition, then, otherwise] = term.args as [Settled, Settled, Settled];
      return o.select(condition, d(then), d(otherwise));
    }
    case 'series':
      return ofSeries(o, term, variable, d);
    default:
      return o.zero;
  }
};

/** Σ stays Σ; what is numbered by the index, or multiplied, is taken from the terms that it touches. */
const ofSeries = (o: DisplayAlgebra, term: SeriesTerm, variable: string, d: Derive): Settled => {
  const { name, index, first, last, args } = term;
  const body = args[0]!;
  const touched = [...body.variables].some(
    (mark) => mark.endsWith('[') && variable.startsWith(mark.slice(0, -1)),
  );
  if (touched || name === 'prod') return d(term.expanded());
  const slope = d(body);
  return slope === o.zero ? slope : o.close(name, index, first, last, slope);
};

/** The terms of the product rule: one for each factor that contains the variable. */
const partsOf = (o: DisplayAlgebra, term: ProductTerm, variable: string, d: Derive): readonly Part[] => {
  if (term.guarded) {
    const free = o.product([o.number(term.coefficient), ...term.factors.map(([b, e]) => o.pow(b, e))]);
    if (free !== term && !(free.kind === 'product' && free.guarded)) return [[ONE, d(free)]];
  }
  const { factors } = term;
  const touched = factors.filter(([b, e]) => b.variables.has(variable) || e.variables.has(variable));
  const quotient = touched.length === 2 && ofQuotient(o, touched, d);
  if (quotient) {
    const others = factors.filter((factor) => !touched.includes(factor));
    return [[term.coefficient, o.product([...powers(o, others), quotient])]];
  }
  return touched.map((factor) => {
    if (o.exhausted) return [ONE, o.zero];
    const others = factors.filter((other) => other !== factor);
    return [term.coefficient, o.product([...powers(o, others), ofPower(o, factor, d)])];
  });
};

const powers = (o: DisplayAlgebra, factors: readonly Factor[]): Settled[] =>
  factors.map(([b, e]) => o.pow(b, e));

/** (u/v)′ = (u′v − uv′)/v², where that is as short as u and v themselves: (x + 1)/(x − 1) → −2/(x − 1)². */
const ofQuotient = (o: DisplayAlgebra, factors: readonly Factor[], d: Derive): Settled | undefined => {
  const below = factors.findIndex(([, e]) => e.kind === 'number' && isMinusOne(e.value));
  if (below < 0) return undefined;
  const [v] = factors[below]!;
  const [base, e] = factors[1 - below]!;
  if (e.kind !== 'number' || e.value.n < 0n || v.kind === 'select' || base.kind === 'select')
    return undefined;
  const u = o.pow(base, e);
  const top = o.sum([...distributed(o, d(u), v, ONE), ...distributed(o, d(v), u, MINUS_ONE)]);
  const most = Math.max(2, v.kind === 'sum' ? v.items.length : 0);
  if (top.kind === 'sum' && top.items.length > most) return undefined;
  return o.product([top, o.pow(v, o.integer(-2))]);
};

/** sign·slope·term as the items of a sum; a slope that is a number goes into the sum, to cancel there. */
const distributed = (
  o: DisplayAlgebra,
  slope: Settled,
  term: Settled,
  sign: Rational,
): [Rational, Settled][] =>
  slope.kind === 'number' && term.kind === 'sum'
    ? (term as SumTerm).items.map(([c, inner]) => [times(times(c, slope.value), sign), inner])
    : [[sign, o.product([slope, term])]];

const ofPower = (o: DisplayAlgebra, [base, exponent]: Factor, d: Derive): Settled => {
  const [slope, growth] = [d(base), d(exponent)];
  const power = o.pow(base, exponent);
  const parts: [Rational, Settled][] = [];
  if (slope !== o.zero) {
    const less =
      exponent.kind === 'number'
        ? o.number(plus(exponent.value, MINUS_ONE))
        : o.sum([
            [ONE, exponent],
            [MINUS_ONE, o.one],
          ]);
    parts.push([ONE, chained(o, o.product([exponent, o.pow(base, less)]), slope)]);
  }
  if (growth !== o.zero) parts.push([ONE, o.product([power, o.call('log', [base]), growth])]);
  return o.sum(parts);
};

/** slope·inner; where the inner slope has cases, and each is a number, the product goes into the cases. */
const chained = (o: DisplayAlgebra, slope: Settled, inner: Settled): Settled => {
  if (inner === o.zero || slope === o.zero) return o.zero;
  if (slope.kind === 'select') {
    const [condition, then, otherwise] = slope.args as [Settled, Settled, Settled];
    return o.select(condition, chained(o, then, inner), chained(o, otherwise, inner));
  }
  return o.product([slope, inner]);
};

const ofCall = (o: DisplayAlgebra, term: CallTerm, d: Derive): Settled => {
  const { name, args } = term;
  const [a, b] = args as [Settled, Settled];
  if ((name === 'max' || name === 'min') && args.length === 2) {
    const [da, db] = [d(a), d(b)];
    const tie = o.product([o.div(o.one, o.integer(2)), o.add(da, db)]);
    const first = o.compare(name === 'max' ? '>' : '<', a, b);
    return o.select(first, da, o.select(o.compare('==', a, b), tie, db));
  }
  if (name === 'sigmoid') return o.product([term, o.sub(o.one, term), d(a)]);
  const partials = functions.get(name)!.partials<Term>(o, args, term);
  return o.sum(
    args.map((arg, k) => {
      const inner = d(arg);
      return [ONE, inner === o.zero ? inner : chained(o, o.settle(partials[k]!), inner)] as const;
    }),
  );
};
