import { type GradientField, newtonStep } from './gradientField.ts';
import { floor, type Place, valley } from './valley.ts';

/** The gradient at the middle of a cell, then at the eight points of its border, three by three; by x and y. */
const OFFSETS = [0, 0, -1, -1, 0, -1, 1, -1, -1, 0, 1, 0, -1, 1, 0, 1, 1, 1];

export type Verdict = 'no zero' | 'one zero' | 'level' | 'valley' | 'unclear' | 'edge' | 'flat';

/** Nonlinearity of a cell's gradient, in Newton steps as a share of the cell, below which one zero is certain enough. */
const LINEAR = 0.3;

/** Gradients below this are underflow. */
const NOTHING = 1e-280;
/** The weaker curvature's share of the stronger one below which a cell is a valley (or a ridge). */
const NARROW = 0.2;

/**
 * What the gradient does in the cell about (x, y), `half` of the window to each side; `samples` (18) is for its use.
 * In a 'valley' only the question across is settled: the floor is one smooth line. At an 'edge' the domain ends.
 */
export const examine = (
  field: GradientField,
  x: number,
  y: number,
  half: number,
  samples: Float64Array,
): Verdict => {
  const { g, h, width, height } = field;
  let finite = 0;
  let largest = 0;
  for (let k = 0; k < 9; k++) {
    const length = field.gradient(
      x + OFFSETS[2 * k]! * half * width,
      y + OFFSETS[2 * k + 1]! * half * height,
    );
    samples[2 * k] = g[0]!;
    samples[2 * k + 1] = g[1]!;
    if (Number.isFinite(length)) finite++;
    if (!(length <= largest)) largest = length;
  }
  if (finite === 0) return 'no zero';
  if (finite < 9) return 'edge';
  if (!field.hessian(x, y)) return 'unclear';
  if (largest < NOTHING) return 'flat';
  if (sameWay(samples)) return 'no zero';
  // What the linear model misses at the border: the model's own scale for what it may miss inside.
  const bend = new Float64Array(18);
  for (let k = 1; k < 9; k++) {
    const dx = OFFSETS[2 * k]! * half;
    const dy = OFFSETS[2 * k + 1]! * half;
    bend[2 * k] = samples[2 * k]! - samples[0]! - h[0]! * dx - h[1]! * dy;
    bend[2 * k + 1] = samples[2 * k + 1]! - samples[1]! - h[1]! * dx - h[2]! * dy;
  }
  if (avoidsZero(samples, bend, 0) || avoidsZero(samples, bend, 1)) return 'no zero';
  const { strong, weak, along } = valley(h);
  const across = samples.map((_, k) =>
    k % 2 === 0 ? along[1] * samples[k]! - along[0] * samples[k + 1]! : 0,
  );
  const acrossBend = bend.map((_, k) => (k % 2 === 0 ? along[1] * bend[k]! - along[0] * bend[k + 1]! : 0));
  if (avoidsZero(across, acrossBend, 0)) return 'no zero';
  const straight = acrossBend.every((value) => Math.abs(value) <= LINEAR * Math.abs(strong) * half);
  const otherwise = straight && Math.abs(weak) <= NARROW * Math.abs(strong) ? 'valley' : 'unclear';
  // The same in the coordinates where the linear model is the identity, if there are any.
  if (!(Math.abs(weak) > 1e-12 * Math.abs(strong))) return otherwise;
  const step = new Float64Array(2);
  const solve = (values: Float64Array) => {
    for (let k = 0; k < 18; k += 2) {
      const pair = values.subarray(k, k + 2);
      newtonStep(h, pair, step);
      pair.set(step);
    }
  };
  solve(samples);
  solve(bend);
  if (avoidsZero(samples, bend, 0) || avoidsZero(samples, bend, 1)) return 'no zero';
  return bend.every((value) => Math.abs(value) <= LINEAR * half) ? 'one zero' : otherwise;
};

/**
 * Whether a component keeps its sign in the cell: nine samples miss at most half the bend of a function with constant
 * second derivatives, and the whole bend is left as room.
 */
const avoidsZero = (samples: Float64Array, bend: Float64Array, component: 0 | 1): boolean => {
  const sign = Math.sign(samples[component]!);
  let least = Number.POSITIVE_INFINITY;
  let room = 0;
  for (let k = component; k < 18; k += 2) {
    least = Math.min(least, samples[k]! * sign);
    room = Math.max(room, Math.abs(bend[k]!));
  }
  return least > room;
};

/**
 * Whether a gradient that changes its length a lot in the cell (e^(−r²) far out) keeps its direction. Where it changes
 * little, the linear model says more.
 */
const sameWay = (samples: Float64Array): boolean => {
  let least = Number.POSITIVE_INFINITY;
  let largest = 0;
  const middle = Math.hypot(samples[0]!, samples[1]!);
  for (let k = 0; k < 18; k += 2) {
    const length = Math.hypot(samples[k]!, samples[k + 1]!);
    least = Math.min(least, length);
    largest = Math.max(largest, length);
    if (length < NOTHING) {
      if (middle > UNDERFLOW) return false;
      continue;
    }
    const cosine =
      (samples[k]! / length) * (samples[0]! / middle) + (samples[k + 1]! / length) * (samples[1]! / middle);
    if (!(cosine > COSINE)) return false;
  }
  return largest > 20 * least;
};
/** Only gradients below this have underflowed ones beside them. */
const UNDERFLOW = 1e-200;
/** Of 35°. */
const COSINE = 0.82;

/**
 * What the slope along the floor of the valley in a cell does: no zero, one (begin at `at`), a line of them through
 * `at`, or unclear.
 */
export const examineFloor = (
  field: GradientField,
  x: number,
  y: number,
  half: number,
): { verdict: Verdict; at: Place } => {
  const unclear = { verdict: 'unclear' as const, at: [x, y] as const };
  if (!field.hessian(x, y)) return unclear;
  const middle = floor(field, [x, y], 3 * half, valley(field.h).along);
  if (!middle) return unclear;
  // A floor through the cell is at most its diagonal long, and may lean.
  const reach = 2 * half;
  const [ahead, behind] = [1, -1].map((sign) =>
    floor(
      field,
      [
        middle.at[0] + sign * reach * middle.along[0] * field.width,
        middle.at[1] + sign * reach * middle.along[1] * field.height,
      ],
      reach,
      middle.along,
    ),
  );
  if (!ahead || !behind) return unclear;
  const slopes = [behind.slope, middle.slope, ahead.slope] as const;
  const bend = Math.abs(slopes[2] - 2 * slopes[1] + slopes[0]);
  const least = Math.min(...slopes.map(Math.abs));
  const largest = Math.max(...slopes.map(Math.abs));
  if (largest <= LEVEL * Math.abs(middle.strong) * reach) return { verdict: 'level', at: middle.at };
  if (least > bend && slopes.every((slope) => slope > 0 === slopes[1] > 0))
    return { verdict: 'no zero', at: [x, y] };
  if (Math.abs(slopes[2] - slopes[0]) < 4 * bend) return unclear;
  const share = (-2 * slopes[1] * reach) / (slopes[2] - slopes[0]);
  return {
    verdict: 'one zero',
    at: [
      middle.at[0] + share * middle.along[0] * field.width,
      middle.at[1] + share * middle.along[1] * field.height,
    ],
  };
};
/** A slope along the floor that is rounding, as a share of what a cell's length makes of the curvature across. */
const LEVEL = 1e-11;
