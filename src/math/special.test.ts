import { expect, test } from 'vitest';
import reference from '../../tests/special.json';
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

const { NaN: none, POSITIVE_INFINITY: infinity } = Number;

/** Park & Miller's generator, uniform in (low, high). */
const seeded = (low: number, high: number) => {
  let seed = 20_261;
  return () => {
    seed = (seed * 16807) % 2147483647;
    return low + ((high - low) * seed) / 2147483647;
  };
};
const draws = (count: number, low: number, high: number): number[] =>
  Array.from({ length: count }, seeded(low, high));

const expectRelative = (got: number, value: number, tolerance: number, at: unknown, absolute = 0) => {
  if (Number.isNaN(got) || Math.abs(got - value) > tolerance * Math.abs(value) + absolute) {
    const error = Math.abs(got - value) / Math.abs(value);
    expect.fail(`${got} for ${value} at ${JSON.stringify(at)}: relative error ${error}`);
  }
};

/**
 * Worst relative error allowed, and the absolute one beside it for functions with zeros that no double hits (left of
 * 0, where reflection subtracts).
 */
const tables = [
  { name: 'erf', value: erf, relative: 4e-16, absolute: 0 },
  { name: 'gamma', value: gamma, relative: 2e-15, absolute: 0 },
  { name: 'lgamma', value: lgamma, relative: 1e-15, absolute: 2e-15 },
  { name: 'digamma', value: digamma, relative: 1e-15, absolute: 2e-15 },
  { name: 'polygamma', value: polygamma, relative: 3e-15, absolute: 0 },
  { name: 'sigmoid', value: sigmoid, relative: 5e-16, absolute: 0 },
  { name: 'softplus', value: softplus, relative: 5e-16, absolute: 0 },
  { name: 'root', value: root, relative: 5e-16, absolute: 0 },
  { name: 'logsumexp', value: logsumexp, relative: 5e-16, absolute: 2e-16 },
] as const;

test.each(tables)('$name agrees with mpmath to its last digits', ({ name, value, relative, absolute }) => {
  const rows: readonly number[][] = reference[name];
  expect(rows.length).toBeGreaterThan(15);
  for (const row of rows) {
    const args = row.slice(0, -1);
    // The n-th derivative answers a rounding of x with n + 1 times its share.
    const tolerance = name === 'polygamma' ? relative + 4e-16 * args[0]! : relative;
    expectRelative((value as (...args: number[]) => number)(...args), row.at(-1)!, tolerance, args, absolute);
  }
});

test('published tables agree: Abramowitz & Stegun 7.1, 6.1 and 6.3', () => {
  expect(erf(0.5)).toBeCloseTo(0.520499877813, 12);
  expect(erf(2)).toBeCloseTo(0.995322265018953, 14);
  expect(gamma(1.5)).toBeCloseTo(0.8862269255, 10);
  expect(gamma(1.75)).toBeCloseTo(0.9190625268, 10);
  expect(digamma(1)).toBeCloseTo(-0.5772156649, 10);
  expect(digamma(1.5)).toBeCloseTo(0.036489974, 10);
  expect(polygamma(1, 1)).toBeCloseTo(1.6449340668, 10);
});

test('erf is odd, and 1 in doubles from 6 on', () => {
  for (const x of draws(50, 0, 7)) expect(erf(-x)).toBe(-erf(x));
  expect([erf(6), erf(-30), erf(infinity), erf(-infinity)]).toEqual([1, -1, 1, -1]);
  expect(Object.is(erf(-0), -0)).toBe(true);
  expect(erf(none)).toBeNaN();
});

test('Γ(n) = (n − 1)!, exactly as long as doubles hold it', () => {
  let factorial = 1n;
  for (let n = 1; n <= 171; n++) {
    if (n <= 23) expect(gamma(n)).toBe(Number(factorial));
    expectRelative(gamma(n), Number(factorial), 2e-15, n);
    factorial *= BigInt(n);
  }
  expect(gamma(172)).toBe(infinity);
});

test('Γ has no value at its poles and ln|Γ| is infinite there', () => {
  for (const pole of [0, -1, -2, -100, -1e6, -(2 ** 53)]) {
    expect(gamma(pole)).toBeNaN();
    expect(digamma(pole)).toBeNaN();
    expect(polygamma(2, pole)).toBeNaN();
    expect(lgamma(pole)).toBe(infinity);
  }
  expect(gamma(infinity)).toBe(infinity);
  expect(gamma(-infinity)).toBeNaN();
  expect(lgamma(infinity)).toBe(infinity);
  expect(digamma(infinity)).toBe(infinity);
  expect(polygamma(1, infinity)).toBe(0);
  for (const f of [gamma, lgamma, digamma, (x: number) => polygamma(1, x)]) expect(f(none)).toBeNaN();
});

test('left of −171 Γ fades out with the right sign', () => {
  expect(gamma(-171.5)).toBeGreaterThan(0);
  expect(gamma(-172.5)).toBeLessThan(0);
  expect(gamma(-200.5) + 0).toBe(0);
});

test('recurrence, reflection and duplication of Γ: A & S 6.1.15, 6.1.17, 6.1.18', () => {
  for (const x of draws(100, -20, 60)) {
    if (Math.abs(x - Math.round(x)) < 1e-3) continue;
    expectRelative(gamma(x + 1), x * gamma(x), 1e-13, x);
    if (Math.abs(x) < 20) expectRelative(gamma(x) * gamma(1 - x) * Math.sin(Math.PI * x), Math.PI, 1e-12, x);
    if (x > 0) {
      const doubled = (2 ** (2 * x - 0.5) / Math.sqrt(2 * Math.PI)) * gamma(x) * gamma(x + 0.5);
      expectRelative(doubled, gamma(2 * x), 1e-13, x);
    }
  }
});

test('ln|Γ| keeps its relative accuracy next to its zeros: slope −γ at 1 and 1 − γ at 2', () => {
  const gammaOfEuler = 0.5772156649015329;
  for (const h of [2 ** -20, 2 ** -30, 2 ** -40]) {
    expectRelative(lgamma(1 + h), -gammaOfEuler * h, 2 * h, h);
    expectRelative(lgamma(2 + h), (1 - gammaOfEuler) * h, 2 * h, h);
  }
  expect([lgamma(1), lgamma(2)].map(Math.abs)).toEqual([0, 0]);
});

test('digamma keeps its relative accuracy next to its zero', () => {
  // ψ′(x₀) = 0.9676722454476212 and x₀ − 1.4616321449683622 = 9.55e−17 (mpmath).
  expectRelative(digamma(1.4616321449683622), -9.549995429965697e-17 * 0.9676722454476212, 1e-14, 'zero');
});

test('ψ′ = polygamma(1), and each polygamma is the slope of the one before', () => {
  for (const [n, x] of [
    [0, 0.7],
    [0, 3.3],
    [0, -1.4],
    [1, 2.2],
    [2, -2.6],
    [3, 12.5],
  ] as const) {
    const h = 1e-3;
    const f = (k: number) => polygamma(n, x + k * h);
    const slope = (8 * (f(1) - f(-1)) - (f(2) - f(-2))) / (12 * h);
    expectRelative(polygamma(n + 1, x), slope, 1e-7, [n, x]);
  }
  expect(polygamma(0, 2.5)).toBe(digamma(2.5));
  for (const n of [-1, 0.5, 101, none, infinity]) expect(polygamma(n, 1)).toBeNaN();
});

test('mod has the sign of the divisor', () => {
  expect([mod(7, 3), mod(-7, 3), mod(7, -3), mod(-7, -3)]).toEqual([1, 2, -2, -1]);
  expect([mod(5.5, 2), mod(-5.5, 2)]).toEqual([1.5, 0.5]);
  expect(mod(1, 0)).toBeNaN();
  for (const x of draws(200, -50, 50)) {
    for (const b of [3.7, -3.7, 0.25]) {
      const rest = mod(x, b);
      expect(rest === 0 || (rest > 0 === b > 0 && Math.abs(rest) < Math.abs(b))).toBe(true);
      expect(Math.abs(rest - (x - b * Math.floor(x / b)))).toBeLessThan(1e-13);
    }
  }
});

test('halves round to even', () => {
  const table: [number, number][] = [
    [0.5, 0],
    [1.5, 2],
    [2.5, 2],
    [-0.5, 0],
    [-1.5, -2],
    [-2.5, -2],
    [0.49999999999999994, 0],
    [2.4999999999999996, 2],
    [2.5000000000000004, 3],
    [-3.7, -4],
    [4503599627370495.5, 4503599627370496],
    [9007199254740994, 9007199254740994],
    [infinity, infinity],
  ];
  for (const [x, rounded] of table) expect(roundHalfEven(x) + 0).toBe(rounded);
  expect(roundHalfEven(none)).toBeNaN();
});

test('real roots: exact of perfect powers, of negative numbers for odd n only', () => {
  for (let n = 2; n <= 20; n++)
    for (let r = 2; r < 300 && r ** n < 2 ** 53; r++) expect(root(r ** n, n)).toBe(r);
  expect([root(-8, 3), root(-32, 5), root(-8, -3)]).toEqual([-2, -2, -0.5]);
  expect([root(0, 3), root(0, 4), root(0, 7)]).toEqual([0, 0, 0]);
  expect(root(9, 2)).toBe(3);
  expect(root(infinity, 5)).toBe(infinity);
  for (const [x, n] of [
    [-4, 2],
    [-4, 4],
    [-4, 2.5],
    [4, 0],
    [none, 3],
    [4, none],
  ] as const) {
    expect(root(x, n)).toBeNaN();
  }
});

test('sigmoid and softplus have their tails and meet their identities', () => {
  expect([sigmoid(0), sigmoid(-800), sigmoid(800)]).toEqual([0.5, 0, 1]);
  expect([softplus(-800), softplus(800), softplus(1e308)]).toEqual([0, 800, 1e308]);
  expectRelative(softplus(-40), Math.exp(-40), 1e-15, -40);
  for (const x of draws(50, -30, 30)) {
    expectRelative(sigmoid(x) + sigmoid(-x), 1, 4e-16, x);
    expectRelative(softplus(x), softplus(-x) + x, 1e-13, x, 1e-14);
  }
});

test('logsumexp shifts with its arguments, and takes infinities and none', () => {
  expectRelative(logsumexp(1000, 1001), 1000 + logsumexp(0, 1), 1e-15, 'shift');
  expect(logsumexp(-infinity, 3)).toBe(3);
  expect(logsumexp(-infinity, -infinity)).toBe(-infinity);
  expect(logsumexp(infinity, 3)).toBe(infinity);
  expect(logsumexp()).toBe(-infinity);
  expect(logsumexp(none, 3)).toBeNaN();
});

test('huber is a parabola inside and its tangents outside', () => {
  expect([huber(0), huber(0.5), huber(1), huber(-1), huber(3), huber(-3)]).toEqual([
    0, 0.125, 0.5, 0.5, 2.5, 2.5,
  ]);
});
