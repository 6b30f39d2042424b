import { expect, test } from 'vitest';
import { indicatrix, principalAxes } from './conic.ts';

const form = (a: number, b: number, d: number) => (x: number, y: number) =>
  (a * x * x + 2 * b * x * y + d * y * y) / 2;

const forms = [
  { name: 'a bowl', form: [2, 0, 2], signs: ['up'] },
  { name: 'Rosenbrock at its minimum', form: [802, -400, 200], signs: ['up'] },
  { name: 'a dome', form: [-3, 1, -2], signs: ['down'] },
  { name: 'a saddle', form: [2, 5, -1], signs: ['down', 'down', 'up', 'up'] },
  { name: 'a valley', form: [0, 0, 4], signs: ['up', 'up'] },
  { name: 'nothing', form: [0, 0, 0], signs: [] },
] as const;

test.each(forms)('$name: the axes are where H·v = λ·v', ({ form: [a, b, d] }) => {
  const axes = principalAxes(a, b, d);
  for (const {
    curvature,
    direction: [x, y],
  } of axes) {
    expect(a * x + b * y).toBeCloseTo(curvature * x, 9);
    expect(b * x + d * y).toBeCloseTo(curvature * y, 9);
  }
  expect(axes[0].curvature).toBeLessThanOrEqual(axes[1].curvature);
});

test.each(forms)('$name: on its curve the form is ± the level', ({ form: [a, b, d], signs }) => {
  const branches = indicatrix(principalAxes(a, b, d), 0.3, 5);
  expect(branches.map(({ sign }) => sign).sort()).toEqual(signs);
  for (const { sign, points } of branches) {
    for (const [x, y] of points) expect(form(a, b, d)(x, y)).toBeCloseTo(sign === 'up' ? 0.3 : -0.3, 9);
  }
});

test('arms of a hyperbola end where they are out of reach, however unequal its axes', () => {
  for (const [a, d] of [
    [1, -1],
    [400, -0.3],
  ] as const) {
    const arms = indicatrix(principalAxes(a, 0, d), 0.5, 4);
    expect(arms).toHaveLength(4);
    for (const { points } of arms) {
      expect(Math.max(...points.map(([x, y]) => Math.hypot(x, y)))).toBeCloseTo(4, 9);
    }
  }
});
