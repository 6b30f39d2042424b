import { formatNumber } from './numbers.ts';

export type AxisScale = 'linear' | 'log';
type Extent = readonly [min: number, max: number];

/** The round number that is not below: 1, 2 or 5 times a power of ten. */
function roundUp(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value));
  return unit * [1, 2, 5, 10].find((nice) => nice * unit >= value * (1 - 1e-9))!;
}

/** Round numbers within a range, about so many; `whole` keeps them integers. */
export function linearTicks([min, max]: Extent, about: number, whole = false): number[] {
  const raw = (max - min) / Math.max(1, about);
  if (!(raw > 0) || !Number.isFinite(raw)) return [min];
  const step = Math.max(whole ? 1 : 0, roundUp(raw));
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}

/** Powers of ten within a range, about so many; 2 and 5 times them where there are few; evenly spaced where there are none. */
export function logTicks([min, max]: Extent, about: number): number[] {
  const first = Math.ceil(Math.log10(min) - 1e-9);
  const last = Math.floor(Math.log10(max) + 1e-9);
  const decades = last - first + 1;
  if (decades >= 3) {
    const stride = Math.max(1, roundUp(decades / Math.max(1, about)));
    const begin = Math.ceil(first / stride) * stride;
    return Array.from({ length: Math.floor((last - begin) / stride) + 1 }, (_, i) =>
      power(begin + i * stride),
    );
  }
  const fine = Array.from({ length: decades + 2 }, (_, i) =>
    [1, 2, 5].map((nice) => Number(`${nice}e${first - 1 + i}`)),
  )
    .flat()
    .filter((tick) => tick >= min * (1 - 1e-9) && tick <= max * (1 + 1e-9));
  return fine.length >= 2 ? fine : linearTicks([min, max], Math.min(3, about)).filter((tick) => tick > 0);
}

/** The nearest double, which `10 ** k` is not for every k. */
const power = (exponent: number): number => Number(`1e${exponent}`);

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Labels of an axis, all in one manner: `0.01`, or `10⁻⁵` and `2·10⁻⁵` where a number is very small or large. */
export function tickTexts(ticks: readonly number[]): string[] {
  const far = ticks.some((tick) => tick !== 0 && (Math.abs(tick) < 1e-3 || Math.abs(tick) >= 1e6));
  return ticks.map((tick) => {
    if (!far || tick === 0) return formatNumber(tick, 9);
    const [mantissa = '1', exponent = '0'] = Number(tick.toPrecision(9)).toExponential().split('e');
    const raised = exponent
      .replace('+', '')
      .replace(/[-\d]/g, (sign) => (sign === '-' ? '⁻' : superscripts[Number(sign)]!));
    if (mantissa === '1') return `10${raised}`;
    return mantissa === '-1' ? `-10${raised}` : `${mantissa}·10${raised}`;
  });
}

/** What an axis has to show: the finite numbers (for 'log' the positive ones), with some space around them. */
export function extentOf(series: readonly ArrayLike<number>[], scale: AxisScale, margin = 0.04): Extent {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const values of series) {
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (!Number.isFinite(value) || (scale === 'log' && value <= 0)) continue;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  if (scale === 'log') {
    if (min > max) return [0.1, 10];
    if (min === max) return [min / 3, max * 3];
    const space = (max / min) ** margin;
    return Number.isFinite(space)
      ? [Math.max(min / space, 1e-323), Math.min(max * space, 1e308)]
      : [min, max];
  }
  if (min > max) return [0, 1];
  const space = margin * (max - min) || (min === max ? Math.abs(min) / 2 || 1 : 0);
  return [min - space, max + space];
}

/** Where a value lies on an axis from 0 to 1, and back. What a logarithmic axis cannot show is NaN. */
export interface AxisPlace {
  readonly share: (value: number) => number;
  readonly value: (share: number) => number;
}

export function placeOn([min, max]: Extent, scale: AxisScale): AxisPlace {
  if (scale === 'linear')
    return {
      share: (value) => (value - min) / (max - min),
      value: (share) => min + share * (max - min),
    };
  const [low, high] = [Math.log(min), Math.log(max)];
  return {
    share: (value) => (value > 0 ? (Math.log(value) - low) / (high - low) : Number.NaN),
    value: (share) => Math.exp(low + share * (high - low)),
  };
}

/**
 * Indices that draw a long line as if all were drawn: of the points of one pixel column the first, the lowest, the
 * highest and the last, and one of those that cannot be drawn, where the line breaks. x must not fall.
 */
export function drawnIndices(
  count: number,
  pixel: (index: number) => number,
  height: (index: number) => number,
): number[] {
  if (count <= 1000) return Array.from({ length: count }, (_, i) => i);
  const kept: number[] = [];
  let begin = 0;
  for (let i = 1; i <= count; i++) {
    if (i < count && Math.floor(pixel(i)) === Math.floor(pixel(begin))) continue;
    const column = new Set([begin, i - 1]);
    let [low, high, gap] = [-1, -1, -1];
    for (let k = begin; k < i; k++) {
      const at = height(k);
      if (Number.isNaN(at)) gap = k;
      else {
        if (low < 0 || at < height(low)) low = k;
        if (high < 0 || at > height(high)) high = k;
      }
    }
    for (const index of [low, high, gap]) if (index >= 0) column.add(index);
    kept.push(...[...column].sort((a, b) => a - b));
    begin = i;
  }
  return kept;
}
