/** A length t with φ and φ′ there. */
interface Sample {
  readonly t: number;
  readonly f: number;
  readonly slope: number;
}

/** Where the search is: its best sample, the other end, and the bounds of the next trial. */
export interface Interval {
  low: Sample;
  high: Sample;
  /** A minimum lies between `low` and `high`. */
  bracketed: boolean;
  min: number;
  max: number;
}

/** The cubic through two samples with their slopes: its d₁ and √(d₁² − φ′φ′), scaled against overflow. */
function cubic(a: Sample, b: Sample): { theta: number; gamma: number } {
  const theta = (3 * (a.f - b.f)) / (b.t - a.t) + a.slope + b.slope;
  const scale = Math.max(Math.abs(theta), Math.abs(a.slope), Math.abs(b.slope));
  if (scale === 0) return { theta, gamma: 0 };
  const square = (theta / scale) ** 2 - (a.slope / scale) * (b.slope / scale);
  return { theta, gamma: scale * Math.sqrt(Math.max(square, 0)) };
}

/**
 * Safeguarded cubic and quadratic interpolation: the next trial after `fresh`, and the shrunk interval, in place.
 * The four cases of Moré & Thuente 1994, section 4, pp. 298–300. `tilt` is subtracted from slopes (and t·tilt from
 * values) when the auxiliary function is searched.
 */
export function trialStep(interval: Interval, fresh: Sample, tilt: number): number {
  const tilted = ({ t, f, slope }: Sample): Sample => ({ t, f: f - t * tilt, slope: slope - tilt });
  const low = tilted(interval.low);
  const high = tilted(interval.high);
  const now = tilted(fresh);
  const span = now.t - low.t;
  const opposite = low.slope < 0 !== now.slope < 0 && low.slope !== 0 && now.slope !== 0;
  /** Minimum of the parabola through both slopes. */
  const secant = now.t + (now.slope / (now.slope - low.slope)) * (low.t - now.t);
  let t: number;

  if (now.f > low.f) {
    // Case 1: higher. The minimum is bracketed; nearer to `low`, by the cubic or the mean with the parabola.
    const { theta, gamma } = cubic(low, now);
    const root = span < 0 ? -gamma : gamma;
    const byCubic = low.t + ((root - low.slope + theta) / (root - low.slope + root + now.slope)) * span;
    const byParabola = low.t + (low.slope / ((low.f - now.f) / span + low.slope) / 2) * span;
    t =
      Math.abs(byCubic - low.t) < Math.abs(byParabola - low.t)
        ? byCubic
        : byCubic + (byParabola - byCubic) / 2;
    interval.bracketed = true;
  } else if (opposite) {
    // Case 2: lower, and the slope has changed sign. Bracketed; the step farther from the fresh trial.
    const { theta, gamma } = cubic(low, now);
    const root = span > 0 ? -gamma : gamma;
    const byCubic = now.t - ((root - now.slope + theta) / (root - now.slope + root + low.slope)) * span;
    t = Math.abs(byCubic - now.t) > Math.abs(secant - now.t) ? byCubic : secant;
    interval.bracketed = true;
  } else if (Math.abs(now.slope) < Math.abs(low.slope)) {
    // Case 3: lower, same sign, flatter. The cubic counts only where it tends to infinity in the right direction.
    const { theta, gamma } = cubic(low, now);
    const root = span > 0 ? -gamma : gamma;
    const ratio = (root - now.slope + theta) / (root + (low.slope - now.slope) + root);
    const byCubic = ratio < 0 && root !== 0 ? now.t - ratio * span : span > 0 ? interval.max : interval.min;
    const cubicIsNearer = Math.abs(byCubic - now.t) < Math.abs(secant - now.t);
    if (interval.bracketed) {
      const bound = now.t + 0.66 * (high.t - now.t);
      t = cubicIsNearer ? byCubic : secant;
      t = span > 0 ? Math.min(bound, t) : Math.max(bound, t);
    } else {
      t = Math.min(Math.max(cubicIsNearer ? secant : byCubic, interval.min), interval.max);
    }
  } else if (interval.bracketed) {
    // Case 4: lower, same sign, steeper: the cubic with the other end, or as far as allowed.
    const { theta, gamma } = cubic(now, high);
    const root = now.t > high.t ? -gamma : gamma;
    t = now.t + ((root - now.slope + theta) / (root - now.slope + root + high.slope)) * (high.t - now.t);
  } else t = span > 0 ? interval.max : interval.min;

  if (now.f > low.f) interval.high = fresh;
  else {
    if (opposite) interval.high = interval.low;
    interval.low = fresh;
  }
  return t;
}

/** Bounds of the trial after `t`: the bracket, or 1.1 to 4 times as far as the last extrapolation went. */
export function bracket(interval: Interval, t: number): void {
  const { low, high, bracketed } = interval;
  if (bracketed) {
    interval.min = Math.min(low.t, high.t);
    interval.max = Math.max(low.t, high.t);
  } else {
    interval.min = t + 1.1 * (t - low.t);
    interval.max = t + 4 * (t - low.t);
  }
}
