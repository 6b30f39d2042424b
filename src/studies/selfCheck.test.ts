import { expect, test } from 'vitest';
import { answerOf, asked } from './asked.testing.ts';
import { selfCheck } from './selfCheck.ts';

const study = (link: string) => answerOf(selfCheck.run(asked(link), {}));

test('at a smooth point the gradient and Hessian agree with differences', () => {
  const { check, at } = study('f=sin(x)*exp(y)&start=0.4,0.7&steps=0');
  expect([...at]).toEqual([0.4, 0.7]);
  expect(check).toMatchObject({ kind: 'agrees', comparisons: [{ what: 'gradient' }, { what: 'hessian' }] });
});

test('at a kink there is a sentence', () => {
  expect(study('f=abs(x)+y^2&start=0,1&steps=0').check).toMatchObject({
    kind: 'cannot be checked here',
    reason: expect.stringContaining('kink'),
  });
});
