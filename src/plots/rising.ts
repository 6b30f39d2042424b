/** The value nearest in pixels; undefined where there is none. */
export function nearestOf(
  candidates: readonly ArrayLike<number>[],
  value: number,
  pixel: (value: number) => number,
): number | undefined {
  let best: number | undefined;
  for (const values of candidates) {
    const after = firstFrom(values, value);
    for (const found of [values[after - 1], values[after]]) {
      if (found === undefined || Number.isNaN(pixel(found))) continue;
      const closer =
        best === undefined || Math.abs(pixel(found) - pixel(value)) < Math.abs(pixel(best) - pixel(value));
      if (closer) best = found;
    }
  }
  return best;
}

/** Index of the first of rising numbers that is not below `value`. */
export function firstFrom(rising: ArrayLike<number>, value: number): number {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
