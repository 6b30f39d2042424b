import { expect, test } from 'vitest';
import { allowed } from './lineSearch.ts';

test('of a parabola the strong Wolfe conditions allow what the book’s inequalities allow', () => {
  // φ(t) = (t − 1)², φ′(0) = −2. Armijo with c₁ = ¼: t² − 2t ≤ −t/2, so t ≤ 3/2. |2(t − 1)| ≤ 2c₂ with c₂ = ½: ½ ≤ t ≤ 3/2.
  const t = Float64Array.from({ length: 401 }, (_, i) => -0.5 + i / 100);
  const sampled = { t, f: t.map((x) => (x - 1) ** 2), armijo: t.map((x) => 1 - 0.5 * x), slope: -2 };
  const within = (low: number, high: number) => Array.from(t, (x) => x > low - 1e-9 && x < high + 1e-9);
  const differing = (a: boolean[], b: boolean[]) => a.filter((value, i) => value !== b[i]).length;
  expect(differing(allowed({ ...sampled, c2: 0.5 }), within(0.5, 1.5))).toBeLessThanOrEqual(2);
  expect(differing(allowed(sampled), within(0.01, 1.5))).toBeLessThanOrEqual(2);
});
