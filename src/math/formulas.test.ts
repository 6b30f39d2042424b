import katex from 'katex';
import { expect, test } from 'vitest';
import { evaluateTerm } from '../../tests/evaluateTerm.ts';
import benchmarks from '../../tests/oracle/benchmarks.json' with { type: 'json' };
import derivatives from '../../tests/oracle/derivatives.json' with { type: 'json' };
import { meaningOf, termOf } from '../../tests/termOf.ts';
import { DisplayAlgebra } from './algebra.ts';
import { derivative } from './differentiate.ts';
import type { Formulas } from './formula.ts';
import { formulas } from './formulas.ts';
import { text } from './print.ts';
import type { Term } from './term.ts';

const shown = (source: string): Formulas => {
  const algebra = new DisplayAlgebra();
  return formulas(algebra, meaningOf(algebra, source));
};

test('a scalar function shows its value, gradient and Hessian', () => {
  const { value, gradient, hessian } = shown('x^2 y + a\n'.replace('+ a', '+ 3x'));
  expect(value).toEqual({ text: 'x^2 y + 3x', tex: 'x^2y + 3x' });
  expect(gradient.map((each) => each.text)).toEqual(['2x y + 3', 'x^2']);
  expect(hessian.map((row) => row.map((each) => each.text))).toEqual([
    ['2y', '2x'],
    ['2x', '0'],
  ]);
});

test('a vector function shows its Jacobian, and gradient and Hessian of half its square', () => {
  const { value, gradient, jacobian, hessian } = shown('[x^2 + y, x - 3]');
  expect(value.text).toBe('((x^2 + y)^2 + (x - 3)^2)/2');
  expect(value.tex).toBe('\\frac{1}{2}((x^2 + y)^2 + (x - 3)^2)');
  expect(jacobian.map((row) => row.map((each) => each.text))).toEqual([
    ['2x', '1'],
    ['1', '0'],
  ]);
  expect(gradient.map((each) => each.text)).toEqual(['2x(x^2 + y) + x - 3', 'x^2 + y']);
  expect(hessian[0]![0]!.text).toBe('2(x^2 + y) + 4x^2 + 1');
});

test('a parameter keeps its name and stands before the variables', () => {
  const { gradient } = shown('a = 2\nx^2*a + a^2');
  expect(gradient[0]!.text).toBe('2a x');
});

test('formulas can be posted: they are plain values when read', () => {
  const { value, gradient, jacobian, hessian } = shown(benchmarks.rosen2.expr);
  const copy = structuredClone({ value, gradient, jacobian, hessian });
  expect(copy.gradient[1]).toEqual({ text: '200(y - x^2)', tex: '200(y - x^2)' });
});

const repeated = (n: number, part: (k: number) => string, between: string): string =>
  Array.from({ length: n }, (_, k) => part(k + 1)).join(between);

test.each([
  ['a product of 500 factors', repeated(500, (k) => `(x - ${k})`, '*')],
  ['a thousand exponentials', `log(${repeated(1000, (k) => `exp(x${k})`, ' + ')})`],
  ['600 nested lines', `h0 = x\n${repeated(600, (k) => `h${k} = sin(h${k - 1}*x)`, '\n')}\nh600`],
  [
    'a squared square, 40 times',
    `h0 = x\n${repeated(40, (k) => `h${k} = h${k - 1}^2 + x`, '\n')}\nh40 + h39`,
  ],
])('%s ends within the limits', (_, source) => {
  const { value, gradient, hessian } = shown(source);
  for (const { tex, text } of [value, gradient[0]!, hessian[0]![0]!]) {
    expect(tex.length).toBeLessThan(30_000);
    expect(text.length).toBeLessThan(100_000);
    if (text === '' && !tex.includes('aligned')) expect(tex).toBe('\\text{too long to be shown}');
  }
});

test('a formula that is too long does not spoil the next', () => {
  const { gradient, value } = shown(`${repeated(300, (k) => `(x - ${k})`, '*')} + y^2`);
  expect(gradient[0]!.text).toBe('');
  expect(gradient[1]!.text).toBe('2y');
  expect(value.tex).toContain('(x - 300)');
});

test('the network of 33 weights shows every partial derivative with its shared parts named', () => {
  const { gradient } = shown(benchmarks.mlp33.expr);
  for (const { tex } of gradient) {
    expect(tex).toMatch(/\\text\{where\}/);
    expect(tex.length).toBeLessThan(4000);
  }
});

test('KaTeX sets the formulas of the reference functions', () => {
  for (const { text: source, vars } of derivatives.cases.filter((_, k) => k % 4 === 0)) {
    const { value, gradient, hessian } = shown(`f(${vars.join(', ')}) = ${source}`);
    for (const { tex } of [value, gradient[0]!, hessian[0]![0]!].filter((each) => each.tex.length < 800))
      expect(() => katex.renderToString(tex, { throwOnError: true, strict: 'error' })).not.toThrow();
  }
}, 30_000);

/** A small seeded generator: Mulberry32. */
const random = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

const UNARY =
  'sin cos tanh exp log sqrt abs sign cbrt atan sigmoid softplus relu erf floor asinh log10 gelu'.split(' ');
const NAMES = 'x y x1 x10 theta gamma w e1'.split(' ');

/** A random term, as another hand than ours might write it down. */
const draw = (o: DisplayAlgebra, next: () => number, depth: number): Term => {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  const inner = (): Term => draw(o, next, depth - 1);
  if (depth === 0) {
    const kind = next();
    if (kind < 0.6) return o.variable(pick(NAMES));
    if (kind < 0.7) return o.constant(pick(['pi', 'e'] as const));
    return o.literal(pick(['0', '1', '2', '3', '0.5', '1.25', '7', '1e-3', '2e12', '100', '0.1']));
  }
  switch (Math.floor(next() * 9)) {
    case 0:
      return o.add(inner(), inner());
    case 1:
      return o.sub(inner(), inner());
    case 2:
    case 3:
      return o.mul(inner(), inner());
    case 4:
      return o.div(inner(), inner());
    case 5:
      return o.neg(inner());
    case 6:
      return o.pow(inner(), next() < 0.7 ? o.integer(Math.floor(next() * 6) - 2) : inner());
    case 7:
      return next() < 0.8
        ? o.call(pick(UNARY), [inner()])
        : o.call(pick(['max', 'atan2', 'hypot']), [inner(), inner()]);
    default:
      return o.select(
        o.and(o.compare('<', inner(), inner()), o.not(o.compare('==', inner(), inner()))),
        inner(),
        inner(),
      );
  }
};

/** Both undefined, or close relative to the sizes that took part. */
const close = (a: number, b: number): boolean =>
  (!Number.isFinite(a) && !Number.isFinite(b)) ||
  Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));

test('what is printed reads back to the same function: 600 random terms and their derivatives', () => {
  const next = random(20240607);
  const at = new Map(NAMES.map((name, k) => [name, 0.4 + 0.23 * k]));
  for (let round = 0; round < 600; round++) {
    const o = new DisplayAlgebra();
    const term = o.settle(draw(o, next, 1 + (round % 4)));
    for (const each of [term, derivative(o, term, 'x')]) {
      const written = text(each);
      const again = termOf(new DisplayAlgebra(), `f(${NAMES.join(', ')}) = ${written}`);
      const [a, b] = [evaluateTerm(each, at), evaluateTerm(again, at)];
      expect(close(a, b), `${written}: ${a}, ${b}`).toBe(true);
    }
  }
}, 30_000);

test('derivatives of random terms agree with central differences', () => {
  const next = random(7);
  let compared = 0;
  for (let round = 0; round < 400; round++) {
    const o = new DisplayAlgebra();
    const term = o.settle(draw(o, next, 1 + (round % 3)));
    const value = (x: number): number =>
      evaluateTerm(term, new Map(NAMES.map((name, k) => [name, name === 'x' ? x : 0.4 + 0.23 * k])));
    const h = 1e-4;
    const difference = (at: number): number =>
      (8 * (value(at + h) - value(at - h)) - (value(at + 2 * h) - value(at - 2 * h))) / (12 * h);
    const [a, b] = [difference(0.613), difference(0.61301)];
    if (!Number.isFinite(a) || Math.abs(a - b) > 1e-3 * Math.max(1, Math.abs(a))) continue;
    const slope = evaluateTerm(
      derivative(o, term, 'x'),
      new Map(NAMES.map((name, k) => [name, name === 'x' ? 0.613 : 0.4 + 0.23 * k])),
    );
    expect(Math.abs(slope - a), text(term)).toBeLessThanOrEqual(
      1e-6 * Math.max(1, Math.abs(a), Math.abs(value(0.613))),
    );
    compared++;
  }
  expect(compared).toBeGreaterThan(250);
});
