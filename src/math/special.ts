/**
 * Functions of one real number that JavaScript's Math lacks, in doubles, each within a few units in the last
 * place. Outside its domain a function is NaN. Cited throughout: [AS] Abramowitz & Stegun, Handbook of
 * Mathematical Functions (1964); [DLMF] the NIST Digital Library of Mathematical Functions, dlmf.nist.gov.
 */

/** Σ cₖ xᵏ, k = 0, 1, … */
const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);

const SQRT_2PI = 2.5066282746310007;
const HALF_LOG_2PI = 0.9189385332046728;
/** ψ(2) = 1 − γ, with Euler's γ. */
const PSI_2 = 0.42278433509846713;
/** The Bernoulli numbers B₂, B₄, … B₂₄; [AS] table 23.2. */
const BERNOULLI = [
  1 / 6,
  -1 / 30,
  1 / 42,
  -1 / 30,
  5 / 66,
  -691 / 2730,
  7 / 6,
  -3617 / 510,
  43867 / 798,
  -174611 / 330,
  854513 / 138,
  -236364091 / 2730,
];

/** Hurwitz' ζ(s, a) = Σ (a + k)⁻ˢ for s ≥ 2, a > 0 by Euler and Maclaurin; [DLMF] 25.11.5 with 2.10.1. */
const hurwitzZeta = (s: number, a: number): number => {
  let sum = 0;
  let x = a;
  for (; x < 10 + s; x++) sum += x ** -s;
  const power = x ** -s;
  let term = power / x;
  let tail = x ** (1 - s) / (s - 1) + power / 2;
  for (const [k, b] of BERNOULLI.entries()) {
    // s(s + 1)…(s + 2k) / (2k + 2)! · x^(−s − 2k − 1)
    term *= k === 0 ? s / 2 : ((s + 2 * k - 1) * (s + 2 * k)) / ((2 * k + 1) * (2 * k + 2) * x * x);
    tail += b * term;
  }
  return sum + tail;
};

/** The Taylor coefficients ψ⁽ⁿ⁾(x)/n! = (−1)ⁿ⁺¹ ζ(n + 1, x), n = 1 … count; [AS] 6.4.10. */
const psiSeries = (x: number, count: number): number[] =>
  Array.from({ length: count }, (_, k) => (k % 2 === 0 ? 1 : -1) * hurwitzZeta(k + 2, x));

/** ψ(2 + z) for |z| ≤ 1/2; */
const PSI_AT_2 = [PSI_2, ...psiSeries(2, 30)];
/** ln Γ(2 + z) is its integral from the zero at z = 0, which stays exact. */
const LOG_GAMMA_2 = PSI_AT_2.map((coefficient, k) => coefficient / (k + 1));
const logGammaAt2 = (z: number): number => z * polynomial(LOG_GAMMA_2, z);

/** Stirling's remainder ln Γ(x) − (x − 1/2) ln x + x − ½ ln 2π for x ≥ 10, [AS] 6.1.41. */
const STIRLING = BERNOULLI.slice(0, 9).map((b, k) => b / ((2 * k + 2) * (2 * k + 1)));
const stirlingRemainder = (x: number): number => polynomial(STIRLING, 1 / (x * x)) / x;

/** sin πx, with the argument reduced exactly. */
const sinPi = (x: number): number => {
  const whole = Math.round(x);
  const sine = Math.sin(Math.PI * (x - whole));
  return whole % 2 === 0 ? sine : -sine;
};
/** cos πx / sin πx, with the argument reduced exactly to |r| ≤ 1/2. */
const cotPi = (x: number): number => {
  const r = x - Math.round(x);
  if (Math.abs(r) <= 0.25) return 1 / Math.tan(Math.PI * r);
  return Math.tan(Math.PI * (Math.sign(r) * 0.5 - r));
};

/** (x − 1)(x − 2)…(x − count): what carries Γ(x − count) to Γ(x). */
const fallingProduct = (x: number, count: number): number => {
  let product = 1;
  for (let k = count; k >= 1; k--) product *= x - k;
  return product;
};

/** Γ(x), exact for whole x up to 23; NaN at its poles 0, −1, −2, … */
export const gamma = (x: number): number => {
  if (x === 0) return Number.NaN;
  if (Math.abs(x) < 0.5) return Math.exp(logGammaAt2(x) - Math.log1p(x)) / x;
  if (x < 0) {
    if (Number.isInteger(x) || x === Number.NEGATIVE_INFINITY) return Number.NaN;
    // Where Γ(−x) overflows, Γ(x) is reached from its neighbour; left of −185 it is below every double.
    if (x < -170) return x < -185 ? sinPi(x) * 0 : gamma(x + 1) / x;
    return -Math.PI / (x * sinPi(x) * gamma(-x));
  }
  if (x < 23.5) {
    const count = Math.round(x) - 2;
    const nearest = Math.exp(logGammaAt2(x - 2 - count));
    return count < 0 ? nearest / x : nearest * fallingProduct(x, count);
  }
  if (x > 172) return x * Number.POSITIVE_INFINITY;
  // The power alone would overflow before Γ does; its square root does not.
  const rootOfPower = x ** (x / 2 - 0.25);
  return rootOfPower * Math.exp(-x) * rootOfPower * (SQRT_2PI * Math.exp(stirlingRemainder(x)));
};

/** ln |Γ(x)|, with its relative accuracy kept at the zeros 1 and 2; ∞ at the poles 0, −1, −2, … */
export const lgamma = (x: number): number => {
  if (Math.abs(x) < 0.5) return logGammaAt2(x) - Math.log1p(x) - Math.log(Math.abs(x));
  if (x < 0) {
    if (Number.isInteger(x) || x === Number.NEGATIVE_INFINITY) return Number.POSITIVE_INFINITY;
    return Math.log(Math.PI / Math.abs(x * sinPi(x))) - lgamma(-x);
  }
  if (x < 1.5) return logGammaAt2(x - 1) - Math.log1p(x - 1);
  if (x < 10) {
    const count = Math.round(x) - 2;
    return logGammaAt2(x - 2 - count) + Math.log(fallingProduct(x, count));
  }
  if (x > 1e306) return x * (Math.log(x) - 1);
  return (x - 0.5) * (Math.log(x) - 1) + (HALF_LOG_2PI - 0.5 + stirlingRemainder(x));
};

/** ψ(x) − ln x + 1/(2x), times −x², in powers of 1/x², for x ≥ 10; [AS] 6.3.18. */
const PSI_TAIL = BERNOULLI.slice(0, 9).map((b, k) => b / (2 * k + 2));

/** ψ's positive zero is PSI_ZERO + PSI_ZERO_TAIL; [AS] 6.3.19. */
const PSI_ZERO = 1.4616321449683622;
const PSI_ZERO_TAIL = 9.549995429965697e-17;
const PSI_AT_ZERO = psiSeries(PSI_ZERO, 17);

/** ψ(x) = Γ′(x)/Γ(x), with its relative accuracy kept at the zero 1.4616…; NaN at the poles 0, −1, −2, … */
export const digamma = (x: number): number => {
  if (x <= 0) {
    if (Number.isInteger(x) || x === Number.NEGATIVE_INFINITY) return Number.NaN;
    // [AS] 6.3.7 and 6.3.5: ψ(x) = ψ(−x) − 1/x − π cot πx, as ψ(1 − x) = ψ(−x) − 1/x.
    return digamma(-x) - 1 / x - Math.PI * cotPi(x);
  }
  const beyondZero = x - PSI_ZERO;
  if (Math.abs(beyondZero) < 0.15) {
    const t = beyondZero - PSI_ZERO_TAIL;
    return t * polynomial(PSI_AT_ZERO, t);
  }
  if (x < 0.5) return polynomial(PSI_AT_2, x) - 1 / (1 + x) - 1 / x;
  if (x < 10) {
    const count = Math.round(x) - 2;
    let sum = polynomial(PSI_AT_2, x - 2 - count);
    if (count < 0) return sum - 1 / x;
    for (let k = count; k >= 1; k--) sum += 1 / (x - k);
    return sum;
  }
  const perSquare = 1 / (x * x);
  return Math.log(x) - 0.5 / x - perSquare * polynomial(PSI_TAIL, perSquare);
};

const factorial = (n: number): number => gamma(n + 1);

/** dⁿ/dxⁿ of cot at the point where cot is c: a polynomial in c, by d cot = −(1 + cot²). */
const cotDerivative = (n: number, c: number): number => {
  let p = [0, 1];
  for (let k = 0; k < n; k++) {
    const next = new Array<number>(p.length + 1).fill(0);
    for (let power = 1; power < p.length; power++) {
      next[power - 1]! -= power * p[power]!;
      next[power + 1]! -= power * p[power]!;
    }
    p = next;
  }
  return polynomial(p, c);
};

/**
 * ψ⁽ⁿ⁾(x), the n-th derivative of digamma, for whole n from 0 to 100 (beyond, n! and the powers leave the
 * doubles); NaN for another n and at the poles 0, −1, −2, …
 */
export const polygamma = (n: number, x: number): number => {
  if (!Number.isInteger(n) || n < 0 || n > 100) return Number.NaN;
  if (n === 0) return digamma(x);
  const sign = n % 2 === 0 ? -1 : 1;
  if (x <= 0) {
    if (Number.isInteger(x) || x === Number.NEGATIVE_INFINITY) return Number.NaN;
    // [AS] 6.4.7: (−1)ⁿ ψ⁽ⁿ⁾(1 − x) − ψ⁽ⁿ⁾(x) = π dⁿ/dxⁿ cot πx.
    return -sign * polygamma(n, 1 - x) - Math.PI ** (n + 1) * cotDerivative(n, cotPi(x));
  }
  return sign * factorial(n) * hurwitzZeta(n + 1, x);
};

/** Rational approximations to erf and erfc: W. J. Cody, Math. Comp. 23 (1969), 631–637, in SPECFUN's digits (CALERF). */
const ERF_P = [
  3209.3775891384694, 377.485237685302, 113.86415415105016, 3.1611237438705655, 0.18577770618460315,
];
const ERF_Q = [2844.236833439171, 1282.6165260773723, 244.02463793444417, 23.601290952344122, 1];
const ERFC_P = [
  1230.3393547979972, 2051.0783778260716, 1712.0476126340707, 881.952221241769, 298.6351381974001,
  66.11919063714163, 8.883149794388377, 0.5641884969886701, 2.1531153547440383e-8,
];
const ERFC_Q = [
  1230.3393548037495, 3439.3676741437216, 4362.619090143247, 3290.7992357334597, 1621.3895745666903,
  537.1811018620099, 117.6939508913125, 15.744926110709835, 1,
];

/** The error function 2/√π ∫₀ˣ e^(−t²) dt. */
export const erf = (x: number): number => {
  const size = Math.abs(x);
  const square = x * x;
  if (size <= 0.46875) return (x * polynomial(ERF_P, square)) / polynomial(ERF_Q, square);
  // erfc(6) is below half a unit in the last place of 1; the quotient serves well past its stated end 4 as erfc's weight fades.
  if (size > 6) return Math.sign(x);
  return Math.sign(x) * (1 - (Math.exp(-square) * polynomial(ERFC_P, size)) / polynomial(ERFC_Q, size));
};

/** x − b⌊x/b⌋ without its rounding: the remainder that has the sign of the divisor b; NaN for b = 0. */
export const mod = (x: number, b: number): number => {
  const remainder = x % b;
  return remainder !== 0 && remainder < 0 !== b < 0 ? remainder + b : remainder;
};

/** The nearest whole number; halves go to the even one. */
export const roundHalfEven = (x: number): number => {
  const below = Math.floor(x);
  const part = x - below;
  if (part === 0.5) return below % 2 === 0 ? below : below + 1;
  return part < 0.5 ? below : below + 1;
};

/** The real n-th root, x^(1/n); of negative x only for odd whole n. NaN for n = 0. */
export const root = (x: number, n: number): number => {
  if (n === 2) return Math.sqrt(x);
  if (n === 3) return Math.cbrt(x);
  if (n === 0 || Number.isNaN(n)) return Number.NaN;
  if (x < 0) return Math.abs(n % 2) === 1 ? -root(-x, n) : Number.NaN;
  const r = x ** (1 / n);
  // 1/n is rounded, which costs r some |ln x|/n units; one Newton step on rⁿ = x gives them back.
  const excess = r ** n / x - 1;
  return Math.abs(excess) < 1e-10 ? r - (r * excess) / n : r;
};

/** 1/(1 + e^(−x)). */
export const sigmoid = (x: number): number => {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
};

/** ln(1 + eˣ). */
export const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** ln Σ e^aₖ over its arguments; −∞ for none. */
export const logsumexp = (...args: number[]): number => {
  const largest = Math.max(...args);
  if (!Number.isFinite(largest)) return largest;
  const first = args.indexOf(largest);
  // The largest term is the 1 of log1p: a small sum of the others keeps its digits.
  let others = 0;
  for (const [k, a] of args.entries()) if (k !== first) others += Math.exp(a - largest);
  return largest + Math.log1p(others);
};

/** x²/2 for |x| ≤ 1, otherwise |x| − 1/2. */
export const huber = (x: number): number => (Math.abs(x) <= 1 ? (x * x) / 2 : Math.abs(x) - 0.5);
