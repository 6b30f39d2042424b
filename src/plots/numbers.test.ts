import { expect, test } from 'vitest';
import { readNumber } from '../setup.ts';
import { exactNumber, formatNumber, formatPoint, shownArithmetic, shownMoves } from './numbers.ts';

test.each([
  [0, '0'],
  [2.56, '2.56'],
  [3 * 0.8 ** 2, '1.92'],
  [-1, '-1'],
  [100000, '100000'],
  [1234567.8, '1.23457e6'],
  [5 * 0.8 ** 50, '7.13624e-5'],
  [Number.NaN, 'undefined'],
  [Number.POSITIVE_INFINITY, '∞'],
])('%d is shown as %s', (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

test('a point is shown as on paper', () => {
  expect(formatPoint([3.2, 1.92])).toBe('(3.2, 1.92)');
});

test('an editable number reads back to the same double', () => {
  for (const value of [0.1, 1 / 3, 5 * 0.8 ** 50, -12345.678901]) {
    expect(readNumber(exactNumber(value))).toBe(value);
  }
});

test('the lesson’s third step is shown with the digits of the lesson', () => {
  const from = [5 * 0.8 ** 2, 3 * 0.8 ** 2] as const;
  const to = [5 * 0.8 ** 3, 3 * 0.8 ** 3] as const;
  expect(shownArithmetic(from[0], 0.1, 2 * from[0], to[0])).toEqual({ from: '3.2', by: '6.4', to: '2.56' });
  expect(shownArithmetic(from[1], 0.1, 2 * from[1], to[1])).toEqual({
    from: '1.92',
    by: '3.84',
    to: '1.536',
  });
});

test('shown arithmetic adds up to the last shown digit', () => {
  let seed = 7;
  const draw = () => {
    seed = (seed * 16807) % 2147483647;
    return (seed / 2147483647 - 0.5) * 10 ** ((seed % 9) - 4);
  };
  for (let round = 0; round < 500; round += 1) {
    const [from, by] = [draw(), draw()];
    const factor = [0.1, 0.001, 0.003, 1, 2.5][round % 5]!;
    const shown = shownArithmetic(from, factor, by, from - factor * by);
    const again = Number(shown.from) - factor * Number(shown.by);
    const places = Math.max(decimals(shown.from), decimals(shown.to));
    expect(Math.abs(again - Number(shown.to)), JSON.stringify({ factor, shown })).toBeLessThanOrEqual(
      0.500001 * 10 ** -places,
    );
  }
});

test('a shown step is the difference of the shown points, in few digits', () => {
  expect(shownMoves([-0.606565746, 0.931524555], [-0.619481362, 0.774614144])).toEqual([
    { from: '-0.60657', by: '-0.01291', to: '-0.61948' },
    { from: '0.93152', by: '-0.15691', to: '0.77461' },
  ]);
  // A step of a millionth of the point shows in three digits.
  expect(shownMoves([123], [123.000123])).toEqual([{ from: '123', by: '1.23e-4', to: '123.000123' }]);
  expect(shownMoves([2], [2])).toEqual([{ from: '2', by: '0', to: '2' }]);
});

/** Places after the point, with the exponent taken into account. */
function decimals(text: string): number {
  const [mantissa = '', exponent = '0'] = text.split('e');
  return (mantissa.split('.')[1]?.length ?? 0) - Number(exponent);
}
