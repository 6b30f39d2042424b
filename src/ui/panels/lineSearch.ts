interface Sampled {
  /** Ascending and evenly spaced. */
  readonly t: Float64Array;
  readonly f: Float64Array;
  readonly armijo: Float64Array;
  /** φ′(0). */
  readonly slope: number;
  readonly c2?: number;
}

/** For each sampled length beyond 0 whether a search would accept it; slopes are central differences of the samples. */
export function allowed({ t, f, armijo, slope, c2 }: Sampled): boolean[] {
  return Array.from(t, (length, i) => {
    if (!(length > 0) || !(f[i]! <= armijo[i]!)) return false;
    if (c2 === undefined) return true;
    const [before, after] = [Math.max(0, i - 1), Math.min(t.length - 1, i + 1)];
    const there = (f[after]! - f[before]!) / (t[after]! - t[before]!);
    return Math.abs(there) <= c2 * Math.abs(slope);
  });
}
