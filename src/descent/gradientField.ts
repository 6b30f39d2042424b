import type { Problem } from './problem.ts';

/** A window of the plane: x and y of the first and second variable. */
export interface Window {
  readonly x: readonly [min: number, max: number];
  readonly y: readonly [min: number, max: number];
}

/**
 * The gradient of a function of two variables over a window, in the window's units: lengths are fractions of its
 * sides, so that what follows does not depend on how the axes are scaled.
 */
export interface GradientField {
  readonly window: Window;
  readonly width: number;
  readonly height: number;
  /** Gradient at (x, y), left in `g`; its length. NaN outside the domain. */
  gradient(x: number, y: number): number;
  /** Hessian at (x, y), left in `h` as xx, xy, yy; false where it is not finite. */
  hessian(x: number, y: number): boolean;
  readonly g: Float64Array;
  readonly h: Float64Array;
  /** Gradients and Hessians asked for so far. */
  evaluations: number;
}

export const gradientField = (problem: Problem, window: Window): GradientField => {
  const width = window.x[1] - window.x[0];
  const height = window.y[1] - window.y[0];
  const at = new Float64Array(2);
  const g = new Float64Array(2);
  const h = new Float64Array(3);
  return {
    window,
    width,
    height,
    g,
    h,
    evaluations: 0,
    gradient(x, y) {
      at[0] = x;
      at[1] = y;
      this.evaluations++;
      const value = problem.valueAndGradient(at, g);
      g[0] = g[0]! * width;
      g[1] = g[1]! * height;
      return Number.isNaN(value) ? Number.NaN : Math.hypot(g[0], g[1]);
    },
    hessian(x, y) {
      at[0] = x;
      at[1] = y;
      this.evaluations++;
      const matrix = problem.hessian(at);
      h[0] = matrix[0]! * width * width;
      h[1] = matrix[1]! * width * height;
      h[2] = matrix[3]! * height * height;
      return Number.isFinite(h[0] + h[1] + h[2]);
    },
  };
};

/** A determinant below this share of its two products is rounding. */
const SINGULAR = 1e-14;

/**
 * The Newton step −H⁻¹g into `step`, for h = (xx, xy, yy); for a Hessian of rank one its pseudo-inverse's step.
 * False when H is zero.
 */
export const newtonStep = (h: Float64Array, g: Float64Array, step: Float64Array): boolean => {
  const [a, b, d] = h as unknown as [number, number, number];
  const [gx, gy] = g as unknown as [number, number];
  const size = Math.max(Math.abs(a), Math.abs(b), Math.abs(d));
  if (!(size > 0)) return false;
  const ad = (a / size) * (d / size);
  const bb = (b / size) * (b / size);
  const determinant = ad - bb;
  if (Math.abs(determinant) > SINGULAR * (Math.abs(ad) + bb)) {
    step[0] = -((d / size) * (gx / size) - (b / size) * (gy / size)) / determinant;
    step[1] = -((a / size) * (gy / size) - (b / size) * (gx / size)) / determinant;
  } else {
    const square = (a / size) ** 2 + 2 * (b / size) ** 2 + (d / size) ** 2;
    step[0] = -((a / size) * (gx / size) + (b / size) * (gy / size)) / square;
    step[1] = -((b / size) * (gx / size) + (d / size) * (gy / size)) / square;
  }
  return true;
};

/** How often a direction may be halved apart before its turn counts as a jump. */
const HALVINGS = 40;

/**
 * Full turns of the gradient along a closed path, by `at` from [0, 1] with at(0) = at(1): the sum of the indices
 * of the critical points inside (Poincaré–Hopf; Milnor 1965, § 6). NaN where it vanishes or jumps on the path.
 */
export const windingNumber = (
  field: GradientField,
  at: (t: number) => readonly [x: number, y: number],
  pieces: number,
): number => {
  const angle = (t: number): number => {
    const length = field.gradient(...at(t));
    return length > 0 && length < Number.POSITIVE_INFINITY
      ? Math.atan2(field.g[1]!, field.g[0]!)
      : Number.NaN;
  };
  const turn = (from: number, to: number, start: number, end: number, halvings: number): number => {
    const difference = end - start - 2 * Math.PI * Math.round((end - start) / (2 * Math.PI));
    if (Number.isNaN(difference) || Math.abs(difference) < Math.PI / 4) return difference;
    if (halvings === 0) return Number.NaN;
    const middle = (from + to) / 2;
    const between = angle(middle);
    return turn(from, middle, start, between, halvings - 1) + turn(middle, to, between, end, halvings - 1);
  };
  let total = 0;
  const first = angle(0);
  let before = first;
  for (let k = 1; k <= pieces && !Number.isNaN(total); k++) {
    const after = k === pieces ? first : angle(k / pieces);
    total += turn((k - 1) / pieces, k / pieces, before, after, HALVINGS);
    before = after;
  }
  return Math.round(total / (2 * Math.PI));
};

/** Counterclockwise along the window's border; t from 0 to 1. */
export const border = ({ x, y }: Window, t: number): [x: number, y: number] => {
  const side = Math.min(3, Math.floor(4 * t));
  const s = 4 * t - side;
  const along = ([min, max]: readonly [number, number], share: number) => min * (1 - share) + max * share;
  if (side === 0) return [along(x, s), y[0]];
  if (side === 1) return [x[1], along(y, s)];
  if (side === 2) return [along(x, 1 - s), y[1]];
  return [x[0], along(y, 1 - s)];
};
