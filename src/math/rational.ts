/**
 * An exact rational number n/d in lowest terms, d > 0. `decimal` says that a number typed with a point or an
 * exponent took part in it: it is then shown as a decimal where its decimals end.
 */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
  readonly decimal: boolean;
}

const gcd = (a: bigint, b: bigint): bigint => {
  a = a < 0n ? -a : a;
  b = b < 0n ? -b : b;
  while (b) [a, b] = [b, a % b];
  return a;
};

/** n/d in lowest terms; d is not 0. */
export const rational = (n: bigint, d = 1n, decimal = false): Rational => {
  if (d === 1n) return { n, d, decimal };
  const common = gcd(n, d) * (d < 0n ? -1n : 1n);
  return { n: n / common, d: d / common, decimal };
};

export const ZERO = rational(0n);
export const ONE = rational(1n);
export const MINUS_ONE = rational(-1n);
export const HALF = rational(1n, 2n);

export const isInteger = (a: Rational): boolean => a.d === 1n;
export const isOne = (a: Rational): boolean => a.n === 1n && a.d === 1n;
export const isMinusOne = (a: Rational): boolean => a.n === -1n && a.d === 1n;
export const isHalf = (a: Rational): boolean => a.n === 1n && a.d === 2n;

export const plus = (a: Rational, b: Rational): Rational =>
  rational(a.n * b.d + b.n * a.d, a.d * b.d, a.decimal || b.decimal);

export const times = (a: Rational, b: Rational): Rational => {
  if (a === ONE) return b;
  if (b === ONE) return a;
  return rational(a.n * b.n, a.d * b.d, a.decimal || b.decimal);
};

export const negative = (a: Rational): Rational => ({ n: -a.n, d: a.d, decimal: a.decimal });

/** Largest size, in bits, of a numerator or denominator that a power may produce. */
const MOST_BITS = 256;
const bits = (a: bigint): number => a.toString(16).length * 4;

const integerRoot = (a: bigint, degree: number): bigint | undefined => {
  const near = BigInt(Math.round(Number(a) ** (1 / degree)));
  return near ** BigInt(degree) === a ? near : undefined;
};

/** a^b where that is exact and of moderate size: 2^10, (1/4)^(1/2), 8^(1/3); undefined otherwise. */
export const power = (a: Rational, b: Rational): Rational | undefined => {
  if (b.n === 0n) return ONE;
  if (isOne(a)) return a;
  if (a.n === 0n) return b.n > 0n ? ZERO : undefined;
  if (b.d > 64n || b.n > 4096n || b.n < -4096n) return undefined;
  let [n, d] = [a.n, a.d];
  if (b.d !== 1n) {
    if (n < 0n || bits(n) > 52 || bits(d) > 52) return undefined;
    const roots = [integerRoot(n, Number(b.d)), integerRoot(d, Number(b.d))];
    if (roots[0] === undefined || roots[1] === undefined) return undefined;
    [n, d] = [roots[0], roots[1]];
  }
  const exponent = b.n < 0n ? -b.n : b.n;
  if (Math.max(bits(n), bits(d)) * Number(exponent) > MOST_BITS) return undefined;
  const decimal = a.decimal || (b.decimal && b.d !== 1n);
  return b.n < 0n
    ? rational(d ** exponent, n ** exponent, decimal)
    : rational(n ** exponent, d ** exponent, decimal);
};

/** A number as typed: "12", "0.2", ".5", "1e-3". Exact, unless it has hundreds of digits. */
export const parseRational = (text: string): Rational => {
  const [, whole = '', fraction = '', exponent = '0'] = /^(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const shift = Number(exponent) - fraction.length;
  if (text.length > 400 || Math.abs(shift) > 400) {
    const shortest = String(Number(text));
    return shortest === text || !Number.isFinite(Number(text)) ? ZERO : parseRational(shortest);
  }
  const digits = BigInt(whole + fraction || '0');
  const scale = 10n ** BigInt(Math.abs(shift));
  const decimal = /[.eE]/.test(text);
  return shift < 0 ? rational(digits, scale, decimal) : rational(digits * scale, 1n, decimal);
};

/**
 * What a sum's coefficients have in common: the greatest common divisor of whole numbers, or the size of
 * numbers of equal size; negative if all of them are.
 */
export const content = (coefficients: readonly Rational[]): Rational => {
  const first = coefficients[0]!;
  const sign = coefficients.every((c) => c.n < 0n) ? -1n : 1n;
  if (coefficients.every((c) => c.d === first.d && (c.n === first.n || c.n === -first.n)))
    return rational((first.n < 0n ? -first.n : first.n) * sign, first.d, first.decimal);
  if (coefficients.some((c) => c.d !== 1n)) return rational(sign);
  return rational(coefficients.reduce((common, c) => gcd(common, c.n), 0n) * sign);
};

/** Significant digits that tell two doubles apart. */
const DIGITS = 17;

/**
 * The size of a number as written: a whole number, a decimal whose decimals end, or undefined for what is
 * a fraction. `power10` is a power of ten to be written apart (0 for none).
 */
export const decimals = (a: Rational): { readonly digits: string; readonly power10: number } | undefined => {
  const n = a.n < 0n ? -a.n : a.n;
  if (a.d === 1n && (!a.decimal || n < 10n ** 9n)) return { digits: String(n), power10: 0 };
  if (!a.decimal) return undefined;
  let rest = a.d;
  for (const prime of [2n, 5n]) while (rest % prime === 0n) rest /= prime;
  if (rest !== 1n) return undefined;
  let places = 0;
  for (let d = a.d; d > 1n; places++) d /= gcd(d, 10n);
  let digits = String((n * 10n ** BigInt(places)) / a.d);
  if (digits.length > DIGITS) {
    const cut = 10n ** BigInt(digits.length - DIGITS);
    places -= digits.length - DIGITS;
    digits = String((BigInt(digits) + cut / 2n) / cut);
  }
  const trimmed = digits.replace(/0+$/, '');
  places -= digits.length - trimmed.length;
  const exponent = trimmed.length - places - 1;
  if (exponent > 8 || exponent < -5)
    return { digits: trimmed.length > 1 ? `${trimmed[0]}.${trimmed.slice(1)}` : trimmed, power10: exponent };
  if (places <= 0) return { digits: trimmed + '0'.repeat(-places), power10: 0 };
  const padded = trimmed.padStart(places + 1, '0');
  return { digits: `${padded.slice(0, -places)}.${padded.slice(-places)}`, power10: 0 };
};
