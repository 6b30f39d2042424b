import {
  digamma,
  erf,
  gamma,
  huber,
  lgamma,
  logsumexp,
  mod,
  polygamma,
  root,
  roundHalfEven,
  sigmoid,
  softplus,
} from './special.ts';

/**
 * What every representation of a formula can build. The meaning of a text and the derivative rules of the
 * table below are stated once in these terms; the numeric graph (doubles, evaluated, never printed) and the
 * display algebra (exact, printed, never evaluated) each implement it.
 */
export interface Algebra<T> {
  /** A number as it was typed: "0.2", "12", "1e-3". */
  literal(text: string): T;
  /** A whole number that a rule brings in. */
  integer(value: number): T;
  constant(name: 'pi' | 'e'): T;
  variable(name: string): T;
  parameter(name: string): T;
  add(a: T, b: T): T;
  sub(a: T, b: T): T;
  mul(a: T, b: T): T;
  div(a: T, b: T): T;
  neg(a: T): T;
  pow(base: T, exponent: T): T;
  /** A function of the table, by its `name`, with as many arguments as its `arity` allows. */
  call(name: string, args: readonly T[]): T;
  /** Conditions are terms too, but stand only in `select`, `and`, `or`, `not`. */
  compare(relation: Relation, a: T, b: T): T;
  and(a: T, b: T): T;
  or(a: T, b: T): T;
  not(a: T): T;
  select(condition: T, then: T, otherwise: T): T;
  /** Kept by an algebra that can hold Σ as one term; without it a series is only the total of its terms. */
  readonly series?: SeriesAlgebra<T>;
}

/** A series before it is added up. Its body is read once, with the running index left open. */
export interface SeriesAlgebra<T> {
  index(name: string): T;
  /** entries[at − 1] of a list and its name, where `at` contains a running index; undefined for what depends on variables. */
  entry(name: string | undefined, entries: readonly T[], at: T): T | undefined;
  /** The numbered variable base[at], base[at][at′]; `named` names, and so declares, it once the indices are numbers. */
  numbered(base: string, at: readonly T[], named: (indices: readonly number[]) => string): T;
  /** Σ or Π of the body for index = first … last. */
  close(name: 'sum' | 'prod', index: T, first: number, last: number, body: T): T;
}

export type Relation = '<' | '<=' | '>' | '>=' | '==' | '!=';

export interface FunctionEntry {
  readonly name: string;
  /** Other spellings that mean the same function. */
  readonly aliases?: readonly string[];
  /** Least and most number of arguments. */
  readonly arity: readonly [least: number, most: number];
  /** The value in doubles; NaN outside the domain. */
  readonly value: (...args: number[]) => number;
  /** ∂/∂aₖ for each argument k; `self` is the function's own value, to be shared. */
  readonly partials: <T>(o: Algebra<T>, args: readonly T[], self: T) => readonly T[];
  /** The same function in terms of others, for evaluation. Absent: it is a primitive of the numeric graph. */
  readonly expand?: <T>(o: Algebra<T>, args: readonly T[]) => T;
  /** TeX of the application to typeset arguments; absent: `\operatorname{name}\left(…\right)`. */
  readonly tex?: string;
  /** NumPy spelling of the function (`np.sin`), or a template with $1, $2 …; absent: not in NumPy itself. */
  readonly numpy?: string;
}

const one = <T>(o: Algebra<T>): T => o.integer(1);
const two = <T>(o: Algebra<T>): T => o.integer(2);
const square = <T>(o: Algebra<T>, a: T): T => o.pow(a, two(o));
const half = <T>(o: Algebra<T>): T => o.div(one(o), two(o));
const reciprocal = <T>(o: Algebra<T>, a: T): T => o.div(one(o), a);
/** √(1 − a²), with the argument in the order a reader expects. */
const oneMinusSquare = <T>(o: Algebra<T>, a: T): T => o.sub(one(o), square(o, a));
const sqrt = <T>(o: Algebra<T>, a: T): T => o.call('sqrt', [a]);
const each = <T>(args: readonly T[], rule: (a: T, k: number) => T): readonly T[] => args.map(rule);
const zeros = <T>(o: Algebra<T>, args: readonly T[]): readonly T[] => args.map(() => o.integer(0));

/** Ties of min and max share equally: each extreme argument gets 1/(their number). */
const shareOfExtreme = <T>(o: Algebra<T>, args: readonly T[], self: T): readonly T[] => {
  if (args.length === 1) return [one(o)];
  const [a, b] = args as readonly [T, T];
  const isExtreme = args.map((arg) => o.compare('==', arg, self));
  if (args.length === 2) {
    const tie = o.select(o.compare('==', a, b), half(o), one(o));
    return isExtreme.map((extreme) => o.select(extreme, tie, o.integer(0)));
  }
  const count = isExtreme
    .map((extreme) => o.select(extreme, one(o), o.integer(0)))
    .reduce((sum, indicator) => o.add(sum, indicator));
  return isExtreme.map((extreme) => o.select(extreme, reciprocal(o, count), o.integer(0)));
};

const logToBase = (x: number, base: number): number => Math.log(x) / Math.log(base);
const INFINITELY_MANY = Number.POSITIVE_INFINITY;

const entries: readonly FunctionEntry[] = [
  {
    // sine, angle in radians
    name: 'sin',
    arity: [1, 1],
    value: Math.sin,
    tex: '\\sin',
    numpy: 'np.sin',
    partials: (o, [x]) => [o.call('cos', [x!])],
  },
  {
    // cosine, angle in radians
    name: 'cos',
    arity: [1, 1],
    value: Math.cos,
    tex: '\\cos',
    numpy: 'np.cos',
    partials: (o, [x]) => [o.neg(o.call('sin', [x!]))],
  },
  {
    // tangent, angle in radians
    name: 'tan',
    aliases: ['tg'],
    arity: [1, 1],
    value: Math.tan,
    tex: '\\tan',
    numpy: 'np.tan',
    partials: (o, _, t) => [o.add(one(o), square(o, t))],
  },
  {
    // secant, 1/cos
    name: 'sec',
    arity: [1, 1],
    value: (x) => 1 / Math.cos(x),
    tex: '\\sec',
    numpy: '(1/np.cos($1))',
    partials: (o, [x], s) => [o.mul(s, o.call('tan', [x!]))],
    expand: (o, [x]) => reciprocal(o, o.call('cos', [x!])),
  },
  {
    // cosecant, 1/sin
    name: 'csc',
    aliases: ['cosec'],
    arity: [1, 1],
    value: (x) => 1 / Math.sin(x),
    tex: '\\csc',
    numpy: '(1/np.sin($1))',
    partials: (o, [x], s) => [o.neg(o.mul(s, o.call('cot', [x!])))],
    expand: (o, [x]) => reciprocal(o, o.call('sin', [x!])),
  },
  {
    // cotangent, cos/sin
    name: 'cot',
    aliases: ['ctg'],
    arity: [1, 1],
    value: (x) => Math.cos(x) / Math.sin(x),
    tex: '\\cot',
    numpy: '(np.cos($1)/np.sin($1))',
    partials: (o, [x]) => [o.neg(square(o, o.call('csc', [x!])))],
    expand: (o, [x]) => o.div(o.call('cos', [x!]), o.call('sin', [x!])),
  },
  {
    // inverse sine
    name: 'asin',
    aliases: ['arcsin'],
    arity: [1, 1],
    value: Math.asin,
    tex: '\\arcsin',
    numpy: 'np.arcsin',
    partials: (o, [x]) => [reciprocal(o, sqrt(o, oneMinusSquare(o, x!)))],
  },
  {
    // inverse cosine
    name: 'acos',
    aliases: ['arccos'],
    arity: [1, 1],
    value: Math.acos,
    tex: '\\arccos',
    numpy: 'np.arccos',
    partials: (o, [x]) => [o.neg(reciprocal(o, sqrt(o, oneMinusSquare(o, x!))))],
  },
  {
    // inverse tangent
    name: 'atan',
    aliases: ['arctan'],
    arity: [1, 1],
    value: Math.atan,
    tex: '\\arctan',
    numpy: 'np.arctan',
    partials: (o, [x]) => [reciprocal(o, o.add(one(o), square(o, x!)))],
  },
  {
    // angle of the point (x, y): atan2(y, x)
    name: 'atan2',
    aliases: ['arctan2'],
    arity: [2, 2],
    value: Math.atan2,
    numpy: 'np.arctan2',
    partials: (o, [y, x]) => {
      const r2 = o.add(square(o, x!), square(o, y!));
      return [o.div(x!, r2), o.neg(o.div(y!, r2))];
    },
  },
  {
    // hyperbolic sine
    name: 'sinh',
    arity: [1, 1],
    value: Math.sinh,
    tex: '\\sinh',
    numpy: 'np.sinh',
    partials: (o, [x]) => [o.call('cosh', [x!])],
  },
  {
    // hyperbolic cosine
    name: 'cosh',
    arity: [1, 1],
    value: Math.cosh,
    tex: '\\cosh',
    numpy: 'np.cosh',
    partials: (o, [x]) => [o.call('sinh', [x!])],
  },
  {
    // hyperbolic tangent
    name: 'tanh',
    arity: [1, 1],
    value: Math.tanh,
    tex: '\\tanh',
    numpy: 'np.tanh',
    partials: (o, _, t) => [o.sub(one(o), square(o, t))],
  },
  {
    // inverse hyperbolic sine
    name: 'asinh',
    aliases: ['arsinh', 'arcsinh'],
    arity: [1, 1],
    value: Math.asinh,
    tex: '\\operatorname{arsinh}',
    numpy: 'np.arcsinh',
    partials: (o, [x]) => [reciprocal(o, sqrt(o, o.add(square(o, x!), one(o))))],
  },
  {
    // inverse hyperbolic cosine
    name: 'acosh',
    aliases: ['arcosh', 'arccosh'],
    arity: [1, 1],
    value: Math.acosh,
    tex: '\\operatorname{arcosh}',
    numpy: 'np.arccosh',
    // √(x−1)·√(x+1) rather than √(x²−1): it has no value left of 1, as acosh itself, and keeps its digits near 1.
    partials: (o, [x]) => [reciprocal(o, o.mul(sqrt(o, o.sub(x!, one(o))), sqrt(o, o.add(x!, one(o)))))],
  },
  {
    // inverse hyperbolic tangent
    name: 'atanh',
    aliases: ['artanh', 'arctanh'],
    arity: [1, 1],
    value: Math.atanh,
    tex: '\\operatorname{artanh}',
    numpy: 'np.arctanh',
    partials: (o, [x]) => [reciprocal(o, oneMinusSquare(o, x!))],
  },
  {
    // exponential function e^x
    name: 'exp',
    arity: [1, 1],
    value: Math.exp,
    numpy: 'np.exp',
    partials: (_, __, y) => [y],
  },
  {
    // natural logarithm; log(x, b) to base b
    name: 'log',
    aliases: ['ln'],
    arity: [1, 2],
    value: (x, base) => (base === undefined ? Math.log(x) : logToBase(x, base)),
    tex: '\\ln',
    numpy: 'np.log',
    partials: (o, [x, base], y) => {
      if (base === undefined) return [reciprocal(o, x!)];
      const ln = o.call('log', [base]);
      return [reciprocal(o, o.mul(x!, ln)), o.neg(o.div(y, o.mul(base, ln)))];
    },
  },
  {
    // logarithm to base 2
    name: 'log2',
    arity: [1, 1],
    value: Math.log2,
    tex: '\\log_2',
    numpy: 'np.log2',
    partials: (o, [x]) => [reciprocal(o, o.mul(x!, o.call('log', [o.integer(2)])))],
  },
  {
    // logarithm to base 10
    name: 'log10',
    aliases: ['lg'],
    arity: [1, 1],
    value: Math.log10,
    tex: '\\log_{10}',
    numpy: 'np.log10',
    partials: (o, [x]) => [reciprocal(o, o.mul(x!, o.call('log', [o.integer(10)])))],
  },
  {
    // log(1 + x), exact near 0
    name: 'log1p',
    arity: [1, 1],
    value: Math.log1p,
    numpy: 'np.log1p',
    partials: (o, [x]) => [reciprocal(o, o.add(one(o), x!))],
  },
  {
    // e^x − 1, exact near 0
    name: 'expm1',
    arity: [1, 1],
    value: Math.expm1,
    numpy: 'np.expm1',
    partials: (o, [x]) => [o.call('exp', [x!])],
  },
  {
    // square root
    name: 'sqrt',
    arity: [1, 1],
    value: Math.sqrt,
    numpy: 'np.sqrt',
    partials: (o, _, r) => [reciprocal(o, o.mul(two(o), r))],
  },
  {
    // real cube root, also of negative numbers
    name: 'cbrt',
    arity: [1, 1],
    value: Math.cbrt,
    numpy: 'np.cbrt',
    partials: (o, _, r) => [reciprocal(o, o.mul(o.integer(3), square(o, r)))],
  },
  {
    // root(x, n): real n-th root, also of negative x when n is odd
    name: 'root',
    arity: [2, 2],
    value: root,
    partials: (o, [x, n], r) => [
      reciprocal(o, o.mul(n!, o.pow(r, o.sub(n!, one(o))))),
      o.neg(o.div(o.mul(r, o.call('log', [x!])), square(o, n!))),
    ],
  },
  {
    // absolute value |x|
    name: 'abs',
    arity: [1, 1],
    value: Math.abs,
    numpy: 'np.abs',
    partials: (o, [x]) => [o.call('sign', [x!])],
  },
  {
    // sign: −1, 0 or 1
    name: 'sign',
    aliases: ['sgn', 'signum'],
    arity: [1, 1],
    value: Math.sign,
    tex: '\\operatorname{sgn}',
    numpy: 'np.sign',
    partials: zeros,
  },
  {
    // smallest of its arguments
    name: 'min',
    arity: [1, INFINITELY_MANY],
    value: Math.min,
    tex: '\\min',
    numpy: 'np.minimum',
    partials: shareOfExtreme,
  },
  {
    // largest of its arguments
    name: 'max',
    arity: [1, INFINITELY_MANY],
    value: Math.max,
    tex: '\\max',
    numpy: 'np.maximum',
    partials: shareOfExtreme,
  },
  {
    // largest whole number not above x
    name: 'floor',
    arity: [1, 1],
    value: Math.floor,
    numpy: 'np.floor',
    partials: zeros,
  },
  {
    // smallest whole number not below x
    name: 'ceil',
    aliases: ['ceiling'],
    arity: [1, 1],
    value: Math.ceil,
    numpy: 'np.ceil',
    partials: zeros,
  },
  {
    // nearest whole number, ties to even
    name: 'round',
    arity: [1, 1],
    value: roundHalfEven,
    numpy: 'np.round',
    partials: zeros,
  },
  {
    // remainder with the sign of the divisor
    name: 'mod',
    arity: [2, 2],
    value: mod,
    numpy: 'np.mod',
    // x − b·⌊x/b⌋, with ⌊·⌋ constant between its jumps.
    partials: (o, [x, b]) => [one(o), o.neg(o.call('floor', [o.div(x!, b!)]))],
  },
  {
    // length √(x² + y² + …) without overflow
    name: 'hypot',
    arity: [1, INFINITELY_MANY],
    value: Math.hypot,
    numpy: 'np.hypot',
    partials: (o, args, r) => each(args, (a) => o.div(a, r)),
  },
  {
    // error function
    name: 'erf',
    arity: [1, 1],
    value: erf,
    tex: '\\operatorname{erf}',
    partials: (o, [x]) => [
      o.mul(o.div(two(o), sqrt(o, o.constant('pi'))), o.call('exp', [o.neg(square(o, x!))])),
    ],
  },
  {
    // gamma function Γ
    name: 'gamma',
    arity: [1, 1],
    value: gamma,
    tex: '\\Gamma',
    partials: (o, [x], g) => [o.mul(g, o.call('digamma', [x!]))],
  },
  {
    // logarithm of |Γ|
    name: 'lgamma',
    aliases: ['loggamma'],
    arity: [1, 1],
    value: lgamma,
    tex: '\\ln\\Gamma',
    partials: (o, [x]) => [o.call('digamma', [x!])],
  },
  {
    // digamma function ψ = (ln Γ)′
    name: 'digamma',
    arity: [1, 1],
    value: digamma,
    tex: '\\psi',
    partials: (o, [x]) => [o.call('polygamma', [one(o), x!])],
  },
  {
    // polygamma(n, x): n-th derivative of ψ
    name: 'polygamma',
    arity: [2, 2],
    value: polygamma,
    partials: (o, [n, x]) => [o.integer(0), o.call('polygamma', [o.add(n!, one(o)), x!])],
  },
  {
    // max(x, 0), with slope 0 at 0
    name: 'relu',
    arity: [1, 1],
    value: (x) => (x > 0 ? x : Number.isNaN(x) ? x : 0),
    tex: '\\operatorname{relu}',
    numpy: 'np.maximum($1, 0)',
    partials: (o, [x]) => [o.select(o.compare('>', x!, o.integer(0)), one(o), o.integer(0))],
  },
  {
    // x for x > 0, otherwise 0.01·x
    name: 'leakyrelu',
    aliases: ['leaky_relu'],
    arity: [1, 1],
    value: (x) => (x > 0 ? x : 0.01 * x),
    tex: '\\operatorname{leakyrelu}',
    numpy: 'np.where($1 > 0, $1, 0.01*$1)',
    partials: (o, [x]) => [o.select(o.compare('>', x!, o.integer(0)), one(o), o.literal('0.01'))],
    expand: (o, [x]) => o.select(o.compare('>', x!, o.integer(0)), x!, o.mul(o.literal('0.01'), x!)),
  },
  {
    // 1/(1 + e^−x)
    name: 'sigmoid',
    aliases: ['logistic', 'expit'],
    arity: [1, 1],
    value: sigmoid,
    tex: '\\sigma',
    numpy: '(1/(1 + np.exp(-($1))))',
    partials: (o, [x], s) => [o.mul(s, o.call('sigmoid', [o.neg(x!)]))],
  },
  {
    // log(1 + e^x) without overflow
    name: 'softplus',
    arity: [1, 1],
    value: softplus,
    tex: '\\operatorname{softplus}',
    numpy: 'np.logaddexp(0, $1)',
    partials: (o, [x]) => [o.call('sigmoid', [x!])],
  },
  {
    // log(e^a + e^b + …) without overflow
    name: 'logsumexp',
    arity: [1, INFINITELY_MANY],
    value: logsumexp,
    partials: (o, args, y) => each(args, (a) => o.call('exp', [o.sub(a, y)])),
  },
  {
    // x·Φ(x), Φ the normal distribution
    name: 'gelu',
    arity: [1, 1],
    value: (x) => 0.5 * x * (1 + erf(x * Math.SQRT1_2)),
    tex: '\\operatorname{gelu}',
    partials: (o, [x]) => [
      o.add(
        o.mul(half(o), o.add(one(o), o.call('erf', [o.div(x!, sqrt(o, two(o)))]))),
        o.mul(
          x!,
          o.div(
            o.call('exp', [o.neg(o.div(square(o, x!), two(o)))]),
            sqrt(o, o.mul(two(o), o.constant('pi'))),
          ),
        ),
      ),
    ],
    expand: (o, [x]) => o.mul(o.mul(half(o), x!), o.add(one(o), o.call('erf', [o.div(x!, sqrt(o, two(o)))]))),
  },
  {
    // x·sigmoid(x)
    name: 'silu',
    aliases: ['swish'],
    arity: [1, 1],
    value: (x) => x * sigmoid(x),
    tex: '\\operatorname{silu}',
    numpy: '($1/(1 + np.exp(-($1))))',
    partials: (o, [x]) => {
      const s = o.call('sigmoid', [x!]);
      return [o.add(s, o.mul(x!, o.mul(s, o.call('sigmoid', [o.neg(x!)]))))];
    },
    expand: (o, [x]) => o.mul(x!, o.call('sigmoid', [x!])),
  },
  {
    // x²/2 for |x| ≤ 1, otherwise |x| − 1/2
    name: 'huber',
    arity: [1, 1],
    value: huber,
    tex: '\\operatorname{huber}',
    numpy: 'np.where(np.abs($1) <= 1, ($1)**2/2, np.abs($1) - 0.5)',
    partials: (o, [x]) => [o.call('max', [o.integer(-1), o.call('min', [o.integer(1), x!])])],
    expand: (o, [x]) => {
      const size = o.call('abs', [x!]);
      return o.select(o.compare('<=', size, one(o)), o.mul(half(o), square(o, x!)), o.sub(size, half(o)));
    },
  },
];

/** THE table of functions, by name. */
export const functions: ReadonlyMap<string, FunctionEntry> = new Map(
  entries.map((entry) => [entry.name, entry]),
);

/** Every spelling that a text may use, with the function that it means. */
export const spellings: ReadonlyMap<string, string> = new Map(
  [...functions.values()].flatMap((entry) =>
    [entry.name, ...(entry.aliases ?? [])].map((spelling) => [spelling, entry.name] as const),
  ),
);
