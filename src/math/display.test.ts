import { expect, test } from 'vitest';
import { evaluateTerm } from '../../tests/evaluateTerm.ts';
import benchmarks from '../../tests/oracle/benchmarks.json' with { type: 'json' };
import derivatives from '../../tests/oracle/derivatives.json' with { type: 'json' };
import { termOf } from '../../tests/termOf.ts';
import { DisplayAlgebra } from './algebra.ts';
import { derivative } from './differentiate.ts';
import { written } from './formulas.ts';
import { numpy } from './numpy.ts';
import { text } from './print.ts';
import type { Settled } from './term.ts';
import { tex } from './tex.ts';

const slope = (source: string, ...variables: string[]): Settled => {
  const o = new DisplayAlgebra();
  return variables.reduce<Settled>((term, name) => derivative(o, term, name), termOf(o, source));
};

/** What a teacher writes: formula, variables to differentiate by, text, TeX. */
const table: readonly (readonly [source: string, by: string, text: string, tex: string])[] = [
  // The eight functions of other engines' comparison.
  [benchmarks.rosen2.expr, 'x', '-2(1 - x) - 400x(y - x^2)', '-2(1 - x) - 400x(y - x^2)'],
  [benchmarks.rosen2.expr, 'y', '200(y - x^2)', '200(y - x^2)'],
  [benchmarks.rosen2.expr, 'xx', '2 - 400(y - x^2) + 800x^2', '2 - 400(y - x^2) + 800x^2'],
  [benchmarks.rosen2.expr, 'xy', '-400x', '-400x'],
  [benchmarks.himmelblau.expr, 'x', '4x(x^2 + y - 11) + 2(x + y^2 - 7)', '4x(x^2 + y - 11) + 2(x + y^2 - 7)'],
  [
    benchmarks.beale.expr,
    'x',
    '2(1.5 - x + x y)(y - 1) + 2(2.25 - x + x y^2)(y^2 - 1) + 2(2.625 - x + x y^3)(y^3 - 1)',
    '2(1.5 - x + xy)(y - 1) + 2(2.25 - x + xy^2)(y^2 - 1) + 2(2.625 - x + xy^3)(y^3 - 1)',
  ],
  [
    benchmarks.ackley2.expr,
    'x',
    '2x exp(-0.2sqrt(0.5(x^2 + y^2)))/sqrt(0.5(x^2 + y^2)) + pi exp(0.5(cos(2pi x) + cos(2pi y))) sin(2pi x)',
    '\\frac{2xe^{-0.2\\sqrt{0.5(x^2 + y^2)}}}{\\sqrt{0.5(x^2 + y^2)}} + \\pi\\exp(0.5(\\cos(2\\pi x) + \\cos(2\\pi y)))\\sin(2\\pi x)',
  ],
  [
    benchmarks.quotq.expr,
    'x',
    '(x + y + 3)/((y + 2)(x - y)) + (x + 1)/((y + 2)(x - y)) - (x + 1)(x + y + 3)/((y + 2)(x - y)^2) + y(1 - x^2)/((1 + y^2)(1 + x^2)^2)',
    '\\frac{x + y + 3}{(y + 2)(x - y)} + \\frac{x + 1}{(y + 2)(x - y)} - \\frac{(x + 1)(x + y + 3)}{(y + 2)(x - y)^2} + \\frac{y(1 - x^2)}{(1 + y^2)(1 + x^2)^2}',
  ],
  [benchmarks.powxy.expr, 'x', 'y x^(y - 1)', 'yx^{y - 1}'],
  [benchmarks.powxy.expr, 'y', 'x^y log(x)', 'x^y\\ln x'],
  [
    benchmarks.nonsmooth.expr,
    'x',
    '-y/(x^2 + y^2) + sign(x - y) + max(x^2, y) if(x < y, 1, if(x == y, 1/2, 0)) + min(x, y) if(x^2 > y, 2x, if(x^2 == y, x, 0))',
    '-\\frac{y}{x^2 + y^2} + \\operatorname{sgn}(x - y) + \\max(x^2, y)\\begin{cases} 1 & \\text{if } x < y \\\\ \\frac{1}{2} & \\text{if } x = y \\\\ 0 & \\text{otherwise} \\end{cases} + \\min(x, y)\\begin{cases} 2x & \\text{if } x^2 > y \\\\ x & \\text{if } x^2 = y \\\\ 0 & \\text{otherwise} \\end{cases}',
  ],
  // Numbers: exact, and as they were typed.
  ['0.2*20*x/2', '', '2x', '2x'],
  ['1.5*x', '', '1.5x', '1.5x'],
  ['x/3', '', 'x/3', '\\frac{x}{3}'],
  ['1/3*x*0.5', '', 'x/6', '\\frac{x}{6}'],
  ['sqrt(2)*x + sqrt(9)', '', 'sqrt(2) x + 3', '\\sqrt{2}x + 3'],
  ['1e-7*x + 2.5e12', '', '1e-7 x + 2.5e12', '10^{-7}x + 2.5 \\cdot 10^{12}'],
  ['2*3^x', '', '2*3^x', '2 \\cdot 3^x'],
  ['x*2*3', '', '6x', '6x'],
  // Sums and products: like terms together, numbers in front, nothing multiplied out.
  ['100*(2*y - 2*x^2)', '', '200(y - x^2)', '200(y - x^2)'],
  ['2*x - 2', '', '2x - 2', '2x - 2'],
  ['(x + 1)*(x - 1)', '', '(x + 1)(x - 1)', '(x + 1)(x - 1)'],
  ['x + y + x - 3*y', '', '2x - 2y', '2x - 2y'],
  ['x - (y - 3)', '', 'x - y + 3', 'x - y + 3'],
  ['-x*(-y)', '', 'x y', 'xy'],
  ['-(x - y)', '', 'y - x', 'y - x'],
  ['1*x + 0 + x^1*0', '', 'x', 'x'],
  ['x*x*x', '', 'x^3', 'x^3'],
  ['(2*x)^2', '', '4x^2', '4x^2'],
  ['(x^2 + y^2)/2', '', '(x^2 + y^2)/2', '\\frac{1}{2}(x^2 + y^2)'],
  ['x*sin(x)*3', '', '3x sin(x)', '3x\\sin x'],
  ['sin(x)^2*cos(2*x)^3', '', 'sin(x)^2 cos(2x)^3', '\\sin^2 x\\cos^3(2x)'],
  ['exp(x)*exp(x)', '', 'exp(2x)', 'e^{2x}'],
  ['exp(-(x^2 + y^2)/2)/(2*pi)', '', 'exp(-(x^2 + y^2)/2)/(2pi)', '\\frac{e^{-(x^2 + y^2)/2}}{2\\pi}'],
  ['x^(1/3) + cbrt(x)', '', 'x^(1/3) + cbrt(x)', 'x^{1/3} + \\sqrt[3]{x}'],
  ['x*sqrt(x)', 'x', '3sqrt(x)/2', '\\frac{3\\sqrt{x}}{2}'],
  ['(x + 1)/(x - 1)', 'x', '-2/(x - 1)^2', '-\\frac{2}{(x - 1)^2}'],
  ['sin(x)/x', 'x', '(x cos(x) - sin(x))/x^2', '\\frac{x\\cos x - \\sin x}{x^2}'],
  ['x^x', 'x', 'x^x + x^x log(x)', 'x^x + x^x\\ln x'],
  ['sigmoid(x)', 'x', '(1 - sigmoid(x)) sigmoid(x)', '(1 - \\sigma(x))\\sigma(x)'],
  ['abs(x)', 'x', 'sign(x)', '\\operatorname{sgn}(x)'],
  ['abs(-x)', '', 'abs(-x)', '\\left|-x\\right|'],
  [
    'relu(2*x - 3)',
    'x',
    'if(2x - 3 > 0, 2, 0)',
    '\\begin{cases} 2 & \\text{if } 2x - 3 > 0 \\\\ 0 & \\text{otherwise} \\end{cases}',
  ],
  [
    'max(x, y)',
    'x',
    'if(x > y, 1, if(x == y, 1/2, 0))',
    '\\begin{cases} 1 & \\text{if } x > y \\\\ \\frac{1}{2} & \\text{if } x = y \\\\ 0 & \\text{otherwise} \\end{cases}',
  ],
  // Names.
  ['x10*theta + omega1^2', '', 'x10 theta + omega1^2', 'x_{10}\\theta + \\omega_{1}^2'],
  ['theta*x', '', 'theta x', '\\theta x'],
  ['gamma*(x + 1)', '', 'gamma*(x + 1)', '\\gamma(x + 1)'],
  // Where a term has no value stays as it was typed.
  ['sqrt(x^2)', '', 'sqrt(x^2)', '\\sqrt{x^2}'],
  ['(x^2)^0.5', '', 'sqrt(x^2)', '\\sqrt{x^2}'],
  ['x/x', '', 'x/x', '\\frac{x}{x}'],
  ['sqrt(x)*sqrt(x)', '', 'sqrt(x) sqrt(x)', '\\sqrt{x}\\sqrt{x}'],
  ['sqrt(x)^2', '', 'sqrt(x)^2', '(\\sqrt{x})^2'],
  ['(x^3)^(1/3)', '', '(x^3)^(1/3)', '(x^3)^{1/3}'],
  ['0*log(x)', '', '0log(x)', '0\\ln x'],
  ['1/(1/x)', '', '1/(1/x)', '\\frac{1}{\\frac{1}{x}}'],
  ['(-8)^(1/3)', '', '(-8)^(1/3)', '(-8)^{1/3}'],
];

test.each(table)('%s by "%s" reads %s', (source, by, expectedText, expectedTex) => {
  const term = slope(source, ...by);
  expect({ text: text(term), tex: tex(term) }).toEqual({ text: expectedText, tex: expectedTex });
});

test('twelve nested functions are shown with their parts named once', () => {
  const { tex: shown } = written(slope(benchmarks.nested12.expr, 'x'));
  expect(shown).toContain('u_{1} &= e^{xy}');
  expect(shown).toContain('u_{2} &= e^{\\sin(u_{1})}');
  expect(shown.length).toBeLessThan(400);
});

test.each([
  ['2*x^2*sin(x)/3', '2*x**2*np.sin(x)/3'],
  ['exp(-x)*sqrt(y) + pi', 'np.sqrt(y)*np.exp(-x) + np.pi'],
  ['if(x < y, x, log(y))', 'np.where(x < y, x, np.log(y))'],
  ['max(x, y, 3) + erf(x)', 'np.maximum(np.maximum(x, y), 3) + special.erf(x)'],
  ['sigmoid(x + y)', '(1/(1 + np.exp(-(x + y))))'],
  ['lambda*2^x', 'lambda_*2.0**x'],
])('%s is %s in NumPy', (source, expected) => {
  expect(numpy(slope(source))).toBe(expected);
});

const cases = derivatives.cases.map((each) => [each.text, each] as const);

test.each(cases)('gradient and Hessian of %s', (source, { vars, points }) => {
  const o = new DisplayAlgebra();
  const value = termOf(o, `f(${vars.join(', ')}) = ${source}`);
  const gradient = vars.map((name) => derivative(o, value, name));
  const hessian = gradient.flatMap((row) => vars.map((name) => derivative(o, row, name)));
  for (const term of [value, ...gradient, ...hessian])
    for (const shown of [text(term), tex(term), numpy(term)])
      expect(shown).not.toMatch(/\+ -|- -|--|\* ?-|(?<![\w.])1 ?(\*(?!\*)|\(|[a-df-z])|undefined|NaN/);
  const { x: first, amp: loss } = points[0]!;
  const place = new Map(vars.map((name, k) => [name, first[k]!]));
  [[value], gradient, hessian].forEach((terms, block) => {
    const values = terms.map((term) => evaluateTerm(term, place));
    const size = Math.max(...values.map(Math.abs));
    terms.forEach((term, k) => {
      const again = termOf(new DisplayAlgebra(), `f(${vars.join(', ')}) = ${text(term)}`);
      const allowed = 1e-12 * size + 1e4 * loss[block]! * 2 ** -53;
      expect(Math.abs(evaluateTerm(again, place) - values[k]!), text(term)).toBeLessThanOrEqual(allowed);
    });
  });
  for (const { x, f, g, H, amp } of points) {
    const at = new Map(vars.map((name, k) => [name, x[k]!]));
    const known = new Map<Settled, number>();
    const blocks = [
      [[value], [f]],
      [gradient, g],
      [hessian, H.flat()],
    ] as const;
    blocks.forEach(([terms, expected], block) => {
      const size = Math.max(...expected.map(Math.abs));
      const allowed = 1e-12 * size + 1e4 * amp[block]! * 2 ** -53;
      terms.forEach((term, k) => {
        expect(Math.abs(evaluateTerm(term, at, known) - expected[k]!)).toBeLessThanOrEqual(allowed);
      });
    });
  }
});

test('the work for a gradient of a hundred terms grows with their number, not its square', () => {
  const work = (n: number): number => {
    const o = new DisplayAlgebra();
    const terms = Array.from(
      { length: n - 1 },
      (_, i) => `100*(x${i + 2} - x${i + 1}^2)^2 + (1 - x${i + 1})^2`,
    );
    const value = termOf(o, terms.join(' + '));
    const before = o.made;
    for (let k = 1; k <= n; k++) text(derivative(o, value, `x${k}`));
    return o.made - before;
  };
  expect(work(100)).toBeLessThan(12 * work(10));
});
