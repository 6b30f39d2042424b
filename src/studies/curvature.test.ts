import { expect, test } from 'vitest';
import criticals from '../../tests/oracle/criticals.json' with { type: 'json' };
import { answerOf, asked } from './asked.testing.ts';
import { curvature } from './curvature.ts';

const study = (link: string) => answerOf(curvature.run(asked(link), {}));

test('x² + 4y²: a bowl with eigenvalues 2 and 8, stable below 1/4 and best at 1/5', () => {
  const found = study('f=x^2+4y^2&start=1,1&method=gd&lr=0.2');
  expect([...found.eigenvalues]).toEqual([2, 8]);
  expect([...found.eigenvectors]).toEqual([1, 0, 0, 1]);
  expect(found).toMatchObject({ shape: 'bowl', definiteness: 'positive definite', condition: 4 });
  expect([found.determinant, found.trace, found.stableRate]).toEqual([16, 10, 0.25]);
  expect(found.bestRate).toBeCloseTo(0.2, 15);
  expect(found.bestFactor).toBeCloseTo(0.6, 15);
  expect([...found.factors!].map((factor) => factor.toFixed(12))).toEqual([
    '0.600000000000',
    '0.600000000000',
  ]);
  expect(found.stable).toBe(true);
  expect(found.kind).toBeUndefined();
});

test('the factors are those by which gradient descent moves along the eigenvectors', () => {
  const link = 'f=3x^2+2x*y+y^2&start=1,2&method=gd&lr=0.3&steps=1';
  const { eigenvectors: v, eigenvalues, factors } = study(link);
  const { path } = asked(link);
  for (const k of [0, 1]) {
    const along = (step: number) => v[k]! * path.x[2 * step]! + v[2 + k]! * path.x[2 * step + 1]!;
    expect(Math.abs(along(1) / along(0))).toBeCloseTo(factors![k]!, 12);
    expect(eigenvalues[k]).toBeGreaterThan(0);
  }
});

test.each([
  ['-x^2-y^2', 'dome', 'maximum'],
  ['x^2-y^2', 'saddle', 'saddle'],
  ['x^2+y^4', 'valley', 'degenerate'],
  ['-x^2', 'dome', 'maximum'],
  ['f(x,y)=-x^2', 'ridge', 'degenerate'],
  ['x^3+y^3', 'flat', 'degenerate'],
  ['1+0x+y^2', 'valley', 'degenerate'],
])('at the origin %s is a %s, and the point a %s', (formula, shape, kind) => {
  const start = formula === '-x^2' ? '0' : '0,0';
  expect(study(`f=${formula}&start=${start}`)).toMatchObject({ shape, kind });
});

test('every critical point of the oracle has its eigenvalues, condition and kind', () => {
  const kinds = { min: 'minimum', max: 'maximum', saddle: 'saddle', degenerate: 'degenerate' } as const;
  for (const { text, vars, points } of criticals.cases) {
    for (const { x, eig, kind } of points) {
      const formula = encodeURIComponent(`f(${vars.join(', ')}) = ${text}`);
      const found = study(`f=${formula}&start=${x.join(',')}&steps=0`);
      const size = Math.max(...eig.map(Math.abs), 1e-300);
      eig.forEach((value, k) => {
        expect(Math.abs(found.eigenvalues[k]! - value)).toBeLessThan(1e-6 * size + 1e-6);
      });
      if (kind !== 'degenerate')
        expect([text, found.kind]).toEqual([text, kinds[kind as keyof typeof kinds]]);
    }
  }
});

test('a function of 200 variables is answered, one of 1000 is refused with the reason', () => {
  const formula = (n: number) => `sum(i*x[i]^2, i=1..${n})`;
  const start = (n: number) => Array(n).fill('1').join(',');
  const link = (n: number) => `f=${formula(n)}&start=${start(n)}&steps=1`;
  const { eigenvalues } = study(link(200));
  expect(eigenvalues[0]).toBeCloseTo(2, 10);
  expect(eigenvalues[199]).toBeCloseTo(400, 10);
  expect(curvature.unfit?.(asked(link(1000)))).toContain('up to 300');
});
