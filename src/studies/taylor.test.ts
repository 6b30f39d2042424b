import { expect, test } from 'vitest';
import { answerOf, asked } from './asked.testing.ts';
import { taylor } from './taylor.ts';

const study = (link: string, options: Parameters<typeof taylor.run>[1] = { errors: true }) =>
  answerOf(taylor.run(asked(link), options));
const slopes = (formula: string, start: string) => {
  const { errors } = study(`f=${encodeURIComponent(formula)}&start=${start}&steps=0&x=-2,2&y=-2,2`);
  return [errors!.linear, errors!.quadratic] as const;
};

test.each([
  ['sin(x)*exp(y)', '0.4,0.7'],
  ['(1-x)^2+100(y-x^2)^2', '-1.2,1'],
  ['log(1+x^2+y^4)', '0.5,0.5'],
  ['exp(x)', '0.3'],
  ['sum(sin(x[i])*x[i+1], i=1..9)', '1,2,3,4,5,6,7,8,9,10'],
  ['1000+cos(x)*y', '1,1'],
])('the errors of %s fall with the square and the cube of the distance', (formula, start) => {
  const [linear, quadratic] = slopes(formula, start);
  expect([linear.verdict, quadratic.verdict]).toEqual(['expected', 'expected']);
  expect(linear.fit!.slope).toBeCloseTo(2, 1);
  expect(quadratic.fit!.slope).toBeCloseTo(3, 1);
});

test('the factor of the linear error is half the largest curvature, that of the quadratic a sixth of f‴', () => {
  const { errors } = study('f=exp(x)&start=0&steps=0&x=-1,1');
  expect(errors!.linear.fit!.factor).toBeCloseTo(0.5, 1);
  expect(errors!.quadratic.fit!.factor).toBeCloseTo(1 / 6, 1);
});

test.each([
  ['x^2+3x*y', '1,2', 'expected', 'exact'],
  ['2x+3y', '1,2', 'exact', 'exact'],
  ['x^4+y^4', '0,0', 'higher', 'higher'],
  ['cos(x)+cos(y)', '0,0', 'expected', 'higher'],
  ['abs(x)+y^2', '0,1', 'not smooth', 'not smooth'],
  ['abs(x)^2.5+y', '0,1', 'higher', 'not smooth'],
  ['relu(x)^2+y', '0,1', 'expected', 'not smooth'],
  ['log(x)+y', '-1,1', 'no value', 'no value'],
])('%s at %s is told apart: linear %s, quadratic %s', (formula, start, first, second) => {
  const [linear, quadratic] = slopes(formula, start);
  expect([linear.verdict, quadratic.verdict]).toEqual([first, second]);
});

test('where rounding drowns the errors nothing else is claimed', () => {
  const [linear, quadratic] = slopes('10^15+exp(x)', '0');
  expect(linear.verdict).not.toBe('not smooth');
  expect(['exact', 'unclear']).toContain(quadratic.verdict);
});

test('the model of a quadratic function is the function, on the whole lattice', () => {
  const formula = '3x^2+2x*y+y^2-4x+1';
  const { lattice } = study(`f=${formula}&start=1,2&steps=0&x=-1,3&y=-2,2`, {
    lattice: { columns: 5, rows: 3 },
  });
  expect(lattice!.linear).toHaveLength(15);
  for (const [row, y] of [-2, 0, 2].entries()) {
    for (const [column, x] of [-1, 0, 1, 2, 3].entries()) {
      const k = row * 5 + column;
      expect(lattice!.quadratic[k]).toBeCloseTo(3 * x * x + 2 * x * y + y * y - 4 * x + 1, 10);
      // f(1, 2) = 8, ∇f = (6 + 4 − 4, 2 + 4).
      expect(lattice!.linear[k]).toBeCloseTo(8 + 6 * (x - 1) + 6 * (y - 2), 10);
    }
  }
});

test('on a slanted plane the model is that of f there', () => {
  const s = Math.SQRT1_2;
  const plane = { origin: [1, 1, 1], u: [s, s, 0], v: [0, 0, 1] };
  const { lattice } = study('f=x^2+2y^2+3z^2+x*z&start=1,1,1&steps=0&x=-1,1&y=-1,1', {
    lattice: { columns: 3, rows: 3 },
    plane,
  });
  const [x, y, z] = [1 + s, 1 + s, 0];
  expect(lattice!.quadratic[2]).toBeCloseTo(x * x + 2 * y * y + 3 * z * z + x * z, 10);
});

test('the Newton step leads to the minimum of a bowl, to a saddle where the Hessian is indefinite, nowhere where it is singular', () => {
  const bowl = study('f=3x^2+2x*y+y^2-4x+1&start=1,2&steps=0', {}).stationary!;
  // 6x + 2y = 4 and 2x + 2y = 0.
  expect([...bowl.point]).toEqual([expect.closeTo(1, 12), expect.closeTo(-1, 12)]);
  expect(bowl).toMatchObject({ kind: 'minimum', model: expect.closeTo(-1, 12), f: expect.closeTo(-1, 12) });
  expect(study('f=x^2-y^2&start=1,2&steps=0', {}).stationary!.kind).toBe('saddle');
  expect(study('f=-x^2-y^2&start=1,2&steps=0', {}).stationary!.kind).toBe('maximum');
  expect(study('f=(x+y)^2&start=1,2&steps=0', {}).stationary).toBeUndefined();
});
