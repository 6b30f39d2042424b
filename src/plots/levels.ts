import { formatNumber } from './numbers.ts';

/** How values become heights on the colour scale, and where the contour lines lie. */
export interface Levels {
  readonly kind: 'linear' | 'logarithmic' | 'symmetric';
  /** Monotone; NaN stays NaN. */
  height(value: number): number;
  readonly start: number;
  readonly end: number;
  readonly size: number;
  /** Heights with the true value written at them. */
  readonly ticks: readonly { readonly height: number; readonly text: string }[];
}

/** Contour lines to aim for; more turn a steep wall black. */
const lines = 18;

/**
 * Levels that show both the valley and the wall. Where most of the window lies far below its highest value the
 * levels are even in log(f − lowest); where both tails are heavy (1/x), or the lower, in asinh; otherwise in f itself.
 *
 * @param values f on the window; NaN and infinities are left out of account
 * @param lowest the least value known, on the path for instance; the grid may miss it
 */
export function chooseLevels(values: ArrayLike<number>, lowest = Number.POSITIVE_INFINITY): Levels {
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort();
  if (sorted.length === 0) return linear(0, 1);
  const quantile = (q: number) => sorted[Math.round(q * (sorted.length - 1))]!;
  const low = Math.min(quantile(0), Number.isFinite(lowest) ? lowest : quantile(0));
  const high = quantile(1);
  if (!(high > low)) return linear(low - 0.5, low + 0.5);
  const middle = quantile(0.5);
  const inner = quantile(0.75) - quantile(0.25);
  const [above, below] = [(high - middle) / inner, (middle - low) / inner];
  if (inner > 0 && ((above > 8 && below > 8) || below > 20)) return symmetric(low, middle, high, inner);
  if (high - low > 5.5 * (middle - low) && middle > low) {
    const base = nearlyZero(low, high) ? 0 : low;
    return logarithmic(base, Math.max(quantile(0.004) - base, (high - base) * 1e-9), high);
  }
  return linear(low, high);
}

function linear(low: number, high: number): Levels {
  const size = niceStep((high - low) / lines);
  const start = Math.ceil(low / size) * size;
  const every = niceStep((high - low) / 6);
  const ticks = [];
  for (let tick = Math.ceil(low / every); tick * every <= high; tick += 1) {
    ticks.push({ height: tick * every, text: tickText(Number((tick * every).toPrecision(4))) });
  }
  return { kind: 'linear', height: (value) => value, start, end: high, size, ticks };
}

/** Even in log₁₀(f − base), with a floor below which all is one colour. */
function logarithmic(base: number, floor: number, high: number): Levels {
  const bottom = Math.floor(Math.log10(floor));
  const top = Math.log10(high - base);
  const least = 10 ** bottom;
  const size =
    [1 / 6, 1 / 5, 1 / 4, 1 / 3, 1 / 2, 1, 2, 3].find((step) => (top - bottom) / step <= lines + 4) ?? 4;
  const height = (value: number) => Math.log10(Math.max(value - base, least));
  const every = [0.5, 1, 2, 3, 4].find((step) => (top - bottom) / step <= 8) ?? 6;
  const ticks: { height: number; text: string }[] = [];
  for (let at = Math.ceil(bottom / every) * every; at <= top + 1e-9; at += every) {
    const value = Number((base + 10 ** at).toPrecision(every < 1 || base !== 0 ? 2 : 1));
    const place = value > base ? height(value) : Number.NaN;
    if (place >= bottom && place <= top + 1e-9 && !(place - (ticks.at(-1)?.height ?? -400) < every / 2)) {
      ticks.push({ height: place, text: tickText(value) });
    }
  }
  return {
    kind: 'logarithmic',
    height,
    start: bottom,
    end: top,
    size,
    ticks,
  };
}

/** Even in asinh: linear about the middle, logarithmic in both tails. */
function symmetric(low: number, middle: number, high: number, inner: number): Levels {
  const height = (value: number) => Math.asinh((value - middle) / inner);
  const [start, end] = [height(low), height(high)];
  const ticks = [];
  const unit = niceStep(inner);
  for (let size = unit; size < Math.max(high - middle, middle - low); size *= 10) {
    for (const value of [-size, size])
      if (value > low && value < high)
        ticks.push({ height: height(value), text: tickText(Number(value.toPrecision(2))) });
  }
  if (low < 0 && high > 0) ticks.push({ height: height(0), text: '0' });
  ticks.sort((a, b) => a.height - b.height);
  return { kind: 'symmetric', height, start, end, size: (end - start) / lines, ticks };
}

/** Powers of ten beyond ±4 as such; Plotly reads the little HTML. */
function tickText(value: number): string {
  const text = formatNumber(value, 4);
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e5)) return text;
  const [mantissa, exponent] = value.toExponential().split('e');
  return `${mantissa === '1' ? '' : `${mantissa}·`}10<sup>${Number(exponent)}</sup>`;
}

function nearlyZero(low: number, high: number): boolean {
  return low >= 0 && low < 1e-2 * high && low < 0.5;
}

function niceStep(about: number): number {
  const unit = 10 ** Math.floor(Math.log10(about));
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * unit >= about * (1 - 1e-12)) ?? 10;
  return factor * unit;
}
