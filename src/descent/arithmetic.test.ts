import { expect, test } from 'vitest';
import { evaluateTex } from './arithmetic.ts';

test.each([
  ['0.9 \\cdot 10 + 8', 17],
  ['4 - 0.1 \\cdot \\frac{0.5}{\\sqrt{16} + 1}', 3.99],
  ['-2 + (1 - 0.9)^2', -1.99],
  ['3 \\cdot 10^{-2} \\cdot \\left(-5\\right)', -0.15],
  ['\\max(2, |-3|)', 3],
  ['\\operatorname{clamp}(4 \\cdot 2,\\ 0, 5)', 5],
  ['\\operatorname{sign}(-7) \\cdot 2', -2],
  ['\\begin{cases} 1 & 2 \\cdot 3 < 0 \\\\ 4 & \\text{otherwise} \\end{cases}', 4],
  ['\\frac{\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}^\\top \\begin{pmatrix} 3 \\\\ 4 \\end{pmatrix}}{2}', 5.5],
])('%s is %d', (tex, value) => {
  expect(evaluateTex(tex)?.entries[0]).toBeCloseTo(value, 12);
});

test('a matrix times a column is a column', () => {
  const tex =
    '-\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix} \\cdot \\begin{pmatrix} 5 \\\\ -6 \\end{pmatrix}';
  expect(evaluateTex(tex)).toEqual({ rows: 2, columns: 1, entries: [7, 9] });
});

test.each(['\\nabla^2 f(2)', '\\arg\\min_i f(x_i)', '1 +', '2 3', ''])('%s is not arithmetic', (tex) => {
  expect(evaluateTex(tex)).toBeUndefined();
});
