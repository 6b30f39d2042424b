import { expect, test } from 'vitest';
import { evaluateTerm } from '../../tests/evaluateTerm.ts';
import { meaningOf } from '../../tests/termOf.ts';
import { DisplayAlgebra } from './algebra.ts';
import { derivative } from './differentiate.ts';
import { formulas } from './formulas.ts';
import type { Algebra } from './functions.ts';
import { meaning } from './meaning.ts';
import { parse } from './parse.ts';
import { text } from './print.ts';
import type { Settled, Term } from './term.ts';

const DATA = 'X = [1, 2, 3.5, 0]\nY = [2, 0, -6.1, 1]\n';

/** Text, its variables' values, its TeX, ∂/∂ of the last variable as text. */
const table: readonly (readonly [source: string, tex: string, slope: string])[] = [
  [
    'sum(100(x[i+1] - x[i]^2)^2 + (1 - x[i])^2, i = 1..9)',
    '\\sum_{i=1}^{9} (100(x_{i+1} - x_{i}^2)^2 + (1 - x_{i})^2)',
    '200(x10 - x9^2)',
  ],
  [
    `${DATA}mean((w*X + b - Y)^2)`,
    '\\frac{1}{4}\\sum_{i=1}^{4} (wX_{i} + b - Y_{i})^2',
    'sum([1, 2, 3.5, 0][i]*(w*[1, 2, 3.5, 0][i] + b - [2, 0, -6.1, 1][i]), i = 1..4)/2',
  ],
  [
    `${DATA}sum((w*X[i] - Y[i])^2, i = 1..4)/2`,
    '\\frac{1}{2}\\sum_{i=1}^{4} (wX_{i} - Y_{i})^2',
    'sum([1, 2, 3.5, 0][i]*(w*[1, 2, 3.5, 0][i] - [2, 0, -6.1, 1][i]), i = 1..4)',
  ],
  [
    `${DATA}r = w*X - Y\nsum(r^2)`,
    '\\sum_{i=1}^{4} (wX_{i} - Y_{i})^2',
    '2sum([1, 2, 3.5, 0][i]*(w*[1, 2, 3.5, 0][i] - [2, 0, -6.1, 1][i]), i = 1..4)',
  ],
  [
    'sum(x[i]*x[j]/(i + j), i = 1..4, j = 1..4)',
    '\\sum_{i=1}^{4} x_{i}\\sum_{j=1}^{4} \\frac{x_{j}}{i + j}',
    'x1/5 + x2/6 + x3/7 + sum(x[j]/(4 + j), j = 1..4) + x4/8',
  ],
  ['sum((x - i)^2*y, i = 1..4)', 'y\\sum_{i=1}^{4} (x - i)^2', 'sum((x - i)^2, i = 1..4)'],
  [
    'prod(cos(x[i]/i), i = 1..4)',
    '\\prod_{i=1}^{4} \\cos\\left(\\frac{x_{i}}{i}\\right)',
    '-cos(x1) cos(x2/2) cos(x3/3) sin(x4/4)/4',
  ],
  [
    `${DATA}sum(tanh(w*X))`,
    '\\sum_{i=1}^{4} \\tanh(wX_{i})',
    'sum([1, 2, 3.5, 0][i]*(1 - tanh(w*[1, 2, 3.5, 0][i])^2), i = 1..4)',
  ],
];

test.each(table)('%s stays a series', (source, tex, slope) => {
  const o = new DisplayAlgebra();
  const read = meaningOf(o, source);
  const shown = formulas(o, read);
  expect(shown.value.tex).toBe(tex);
  expect(shown.gradient.at(-1)!.text).toBe(slope);
});

test('a list that no single line describes is added up', () => {
  const o = new DisplayAlgebra();
  expect(formulas(o, meaningOf(o, 'X = [[1, 2], [3, 4]]\nsum(X @ [a, b])')).value.text).toBe('4a + 6b');
  expect(formulas(o, meaningOf(o, 'sum([x^2, y^2, x*y])')).value.text).toBe('x^2 + y^2 + x y');
});

/** An algebra without series: every sum is added up. */
const addedUp = (source: string): { o: DisplayAlgebra; term: Settled } => {
  const o = new DisplayAlgebra();
  const parsed = parse(source);
  if ('error' in parsed) throw new Error(parsed.error.message);
  const plain = Object.create(o, { series: { value: undefined } }) as Algebra<Term>;
  const read = meaning(parsed.program, plain);
  if ('error' in read) throw new Error(read.error.message);
  return { o, term: o.settle(read.meaning.outputs[0]!) };
};

test.each(table)('%s, its gradient and its Hessian are those of the sum added up', (source) => {
  const o = new DisplayAlgebra();
  const { variables, outputs } = meaningOf(o, source);
  const value = o.settle(outputs[0]!);
  const other = addedUp(source);
  const at = new Map(variables.map((name, k) => [name, 0.3 + 0.17 * k]));
  const same = (a: Settled, b: Settled): void => {
    const expected = evaluateTerm(b, at);
    expect(evaluateTerm(a, at), text(a)).toBeCloseTo(expected, 9);
    const again = meaningOf(new DisplayAlgebra(), `f(${variables.join(', ')}) = ${text(a)}`).outputs[0]!;
    expect(evaluateTerm(new DisplayAlgebra().settle(again), at), text(a)).toBeCloseTo(expected, 9);
  };
  same(value, other.term);
  for (const u of variables) {
    const [a, b] = [derivative(o, value, u), derivative(other.o, other.term, u)];
    same(a, b);
    for (const v of variables) same(derivative(o, a, v), derivative(other.o, b, v));
  }
});
