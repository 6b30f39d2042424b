/**
 * A number as it stands in tables and sentences: `digits` significant digits, no trailing zeros, a plain hyphen and
 * `e` for the exponent, so that what is copied from the page reads back in any program.
 */
export function formatNumber(value: number, digits = 6): string {
  if (Number.isNaN(value)) return 'undefined';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '-∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 10 ** Math.max(digits, 6)) return trimmed(value.toExponential(digits - 1));
  return String(Number(value.toPrecision(digits)));
}

/** `(3.2, 1.92)`; of more than `most` numbers the first few and the last. */
export function formatPoint(point: ArrayLike<number>, digits = 6, most = 24): string {
  return inBrackets(
    Array.from(point, (value) => formatNumber(value, digits)),
    most,
  );
}

/** Entries in round brackets; of more than `most` the first three and the last. */
export function inBrackets(entries: readonly string[], most: number): string {
  const shown = entries.length <= most ? entries : [...entries.slice(0, 3), '…', entries.at(-1)];
  return `(${shown.join(', ')})`;
}

/** What a person can edit and what is then read back to the very same double. */
export function exactNumber(value: number): string {
  return String(value).replace('e+', 'e');
}

function trimmed(text: string): string {
  const [mantissa = '', exponent] = text.split('e');
  const short = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
  return exponent === undefined ? short : `${short}e${exponent.replace('+', '')}`;
}

/** One row of a shown calculation `from − factor·by = to`. */
export interface Shown {
  readonly from: string;
  readonly by: string;
  readonly to: string;
}

/**
 * Digits for `from − factor·by = to` such that whoever recomputes it from what is shown finds what is shown.
 * Five significant digits if they suffice, else as many as it takes.
 */
export function shownArithmetic(from: number, factor: number, by: number, to: number): Shown {
  for (let digits = 5; digits <= 16; digits += 1) {
    const shown = shownWith(digits, from, factor, by, to);
    if (shown) return shown;
  }
  return { from: String(from), by: String(by), to: String(to) };
}

/** The same for the entries of vectors, with as many digits in each where that is possible. */
export function shownVectors(
  from: readonly number[],
  factor: number,
  by: readonly number[],
  to: readonly number[],
): readonly Shown[] {
  for (let digits = 5; digits <= 10; digits += 1) {
    const shown = from.flatMap((x, i) => shownWith(digits, x, factor, by[i]!, to[i]!) ?? []);
    if (shown.length === from.length) return shown;
  }
  return from.map((x, i) => shownArithmetic(x, factor, by[i]!, to[i]!));
}

/**
 * `from + by = to` for the entries of vectors, in five digits and so many more that the smallest step shows in three.
 * `by` is the difference of what is shown, and so may be one off in its last digit.
 */
export function shownMoves(from: readonly number[], to: readonly number[]): readonly Shown[] {
  return from.map((start, i) => {
    const end = to[i]!;
    const leading = magnitude(Math.max(Math.abs(start), Math.abs(end)));
    const moved = end - start;
    const needed = moved === 0 ? 0 : 2 - magnitude(moved);
    const places = Math.max(4 - leading, Math.min(needed, 14 - leading));
    const shown = { from: decimal(start, places), to: decimal(end, places) };
    return { ...shown, by: decimal(Number(shown.to) - Number(shown.from), places) };
  });
}

/** The calculation with so many significant digits of its largest number; undefined if it does not add up so. */
function shownWith(digits: number, from: number, factor: number, by: number, to: number): Shown | undefined {
  const leading = magnitude(Math.max(Math.abs(from), Math.abs(factor * by), Math.abs(to)));
  // Also the smaller numbers keep two digits, unless they hardly count.
  const smaller = [from, to].map((value) => (value === 0 ? 0 : Math.min(1 - magnitude(value), 8 - leading)));
  const decimals = Math.max(digits - 1 - leading, ...smaller);
  const shown = {
    from: decimal(from, decimals),
    by: decimal(by, Math.max(decimals + magnitude(factor) + 1, 4 - magnitude(by))),
    to: decimal(to, decimals),
  };
  return decimal(Number(shown.from) - factor * Number(shown.by), decimals) === shown.to ? shown : undefined;
}

/** Exponent of the leading digit; 0 for what has none. */
function magnitude(value: number): number {
  return value !== 0 && Number.isFinite(value) ? Math.floor(Math.log10(Math.abs(value))) : 0;
}

/** Rounded to so many places after the point, which may be fewer than none. */
function decimal(value: number, places: number): string {
  if (!Number.isFinite(value)) return formatNumber(value);
  const digits = magnitude(value) + 1 + places;
  if (value === 0 || digits < 0) return '0';
  if (digits === 0) {
    const unit = 10 ** -places;
    return formatNumber(Math.round(value / unit) * unit, 1);
  }
  return formatNumber(value, Math.min(digits, 17));
}
