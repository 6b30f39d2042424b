import { curvature } from '../math/linear.ts';
import { type CurveKind, criticalCurve } from './criticalCurve.ts';
import {
  border,
  type GradientField,
  gradientField,
  newtonStep,
  type Window,
  windingNumber,
} from './gradientField.ts';
import { polish } from './polish.ts';
import type { Problem } from './problem.ts';

export interface CriticalPoint {
  /** Length 2. */
  readonly x: Float64Array;
  readonly f: number;
  /** By the Hessian's eigenvalues; 'degenerate' where one of them is zero (see ZERO). */
  readonly kind: 'minimum' | 'maximum' | 'saddle' | 'degenerate';
  /** The point stands for a whole curve of critical points, and lies in its middle. */
  readonly curve?: {
    /** k × 2 by rows, in order along the curve, about a hundredth of the window apart; a closed one ends where it begins. */
    readonly points: Float64Array;
    /** Whether the function curves up across it all along (its minima form a curve), down, or neither. */
    readonly kind: CurveKind;
  };
}

export interface Landmarks {
  /** Sorted by x, then y. */
  readonly points: readonly CriticalPoint[];
  /**
   * Whether these are known to be all: nothing was left for want of time, and the points' indices sum to the turns
   * of the gradient along the window's border (not to be had where curves cross it, or the gradient jumps).
   */
  readonly complete: boolean;
  /** The function is constant on a piece of the window; the points of such a piece are not listed. */
  readonly flat: boolean;
}

/**
 * An eigenvalue, in units where the window is 1 × 1, is zero when it is below this share of the Hessian's size around
 * the point, and Newton's method, started beside the point in its direction, does not come ten times nearer in a step.
 */
export const ZERO = 1e-6;
/** How far 'around the point' is, in the window's units. */
const AROUND = 0.01;
/** Points nearer than this, in the window's units, are one; degenerate ones are known less well. */
const SAME = 1e-7;
const SAME_DEGENERATE = 1e-4;

/** Cells along a side at first; each next number is tried when the winding number shows that a point is missing. */
const LATTICES = [32, 57, 101];
/** How often a cell may be quartered, and after how often Newton's method tries its luck in one. */
const DEEPEST = 8;
const ATTEMPT = 3;
/** Gradients and Hessians, in all: some tens of milliseconds for a compiled function. */
const MOST_EVALUATIONS = 400_000;
const MOST_POINTS = 4000;

interface Found {
  readonly at: readonly [x: number, y: number];
  readonly kind: CriticalPoint['kind'];
  readonly curve?: { points: [x: number, y: number][]; kind: CurveKind };
}

/** The places and kinds of the critical points in a window; two variables. */
export const criticalPoints = (problem: Problem, window: Window): readonly CriticalPoint[] =>
  landmarks(problem, window).points;

/**
 * All critical points in a window, by quartering it until in each cell the gradient either has no zero or is nearly
 * linear, so that Newton's method from its middle finds the only one. Deterministic. Throws RangeError unless there
 * are two variables and both ranges ascend.
 */
export const landmarks = (problem: Problem, window: Window): Landmarks => {
  if (problem.variables.length !== 2) {
    throw new RangeError(`Critical points need two variables, not ${problem.variables.length}.`);
  }
  for (const [min, max] of [window.x, window.y]) {
    if (!(min < max && Number.isFinite(max - min))) throw new RangeError(`No window from ${min} to ${max}.`);
  }
  const field = gradientField(problem, window);
  const found: Found[] = [];
  let flat = false;
  let complete = false;
  const turns = windingNumber(field, (t) => border(window, t), 1024);
  for (const cells of LATTICES) {
    const result = search(field, cells, found);
    flat ||= result.flat;
    if (result.cut) break;
    complete = found.every(({ curve }) => !curve) && indexSum(field, found) === turns;
    // Without the border's turns there is nothing to miss by.
    if (complete || Number.isNaN(turns) || found.some(({ curve }) => curve)) break;
  }
  const points = found
    .map(({ at, kind, curve }): CriticalPoint => {
      const x = Float64Array.from(at);
      const f = problem.value(x);
      if (!curve) return { x, f, kind };
      return { x, f, kind, curve: { points: Float64Array.from(curve.points.flat()), kind: curve.kind } };
    })
    .sort((p, q) => p.x[0]! - q.x[0]! || p.x[1]! - q.x[1]!);
  return { points, complete, flat };
};

/** The gradient at the middle of a cell, then at the eight points of its border, three by three; by x and y. */
const OFFSETS = [0, 0, -1, -1, 0, -1, 1, -1, -1, 0, 1, 0, -1, 1, 0, 1, 1, 1];

type Verdict = 'no zero' | 'one zero' | 'unclear' | 'flat';

/** Nonlinearity of a cell's gradient, in Newton steps as a share of the cell, below which one zero is certain enough. */
const LINEAR = 0.3;

/** What the gradient does in the cell about (x, y), `half` of the window to each side. */
const examine = (
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
  if (finite < 9 || !field.hessian(x, y)) return 'unclear';
  if (largest === 0) return 'flat';
  // What the linear model misses at the border: the model's own scale for what it may miss inside.
  const bend = new Float64Array(18);
  for (let k = 1; k < 9; k++) {
    const dx = OFFSETS[2 * k]! * half;
    const dy = OFFSETS[2 * k + 1]! * half;
    bend[2 * k] = samples[2 * k]! - samples[0]! - h[0]! * dx - h[1]! * dy;
    bend[2 * k + 1] = samples[2 * k + 1]! - samples[1]! - h[1]! * dx - h[2]! * dy;
  }
  if (avoidsZero(samples, bend, 0) || avoidsZero(samples, bend, 1)) return 'no zero';
  const step = new Float64Array(2);
  // The same in the coordinates where the linear model is the identity, if there are any.
  const size = Math.max(Math.abs(h[0]!), Math.abs(h[1]!), Math.abs(h[2]!));
  const determinant = (h[0]! / size) * (h[2]! / size) - (h[1]! / size) ** 2;
  if (!(Math.abs(determinant) > 1e-9)) return 'unclear';
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
  return bend.every((value) => Math.abs(value) <= LINEAR * half) ? 'one zero' : 'unclear';
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

/** Adds to `found` what quartering a lattice of cells × cells finds; `cut` when the evaluations ran out. */
const search = (field: GradientField, cells: number, found: Found[]): { flat: boolean; cut: boolean } => {
  const { window, width, height } = field;
  const usual = usualGradient(field);
  const samples = new Float64Array(18);
  let flat = false;
  let half = 0.5 / cells;
  let level: number[] = [];
  for (let i = 0; i < cells; i++) {
    for (let j = 0; j < cells; j++) level.push((2 * i + 1) * half, (2 * j + 1) * half);
  }
  for (let depth = 0; depth <= DEEPEST; depth++) {
    const next: number[] = [];
    const quarter = half / 2;
    for (let k = 0; k < level.length; k += 2) {
      const u = level[k]!;
      const v = level[k + 1]!;
      if (field.evaluations > MOST_EVALUATIONS || found.length > MOST_POINTS) return { flat, cut: true };
      const x = window.x[0] + u * width;
      const y = window.y[0] + v * height;
      if (depth > 0 && explained(field, found, x, y, half)) continue;
      const verdict = examine(field, x, y, half, samples);
      if (verdict === 'flat') flat = true;
      if (verdict === 'flat' || verdict === 'no zero') continue;
      if (verdict === 'one zero' || depth === ATTEMPT || depth === DEEPEST) {
        const zero = polish(field, [x, y], usual);
        if (zero && record(field, found, zero) === 'flat') flat = true;
        if (verdict === 'one zero' && zero) continue;
      }
      next.push(
        u - quarter,
        v - quarter,
        u + quarter,
        v - quarter,
        u - quarter,
        v + quarter,
        u + quarter,
        v + quarter,
      );
    }
    level = next;
    half = quarter;
  }
  return { flat, cut: false };
};

/** The median length of the gradient on a coarse lattice. */
const usualGradient = (field: GradientField): number => {
  const { x, y } = field.window;
  const lengths: number[] = [];
  for (let i = 0.5; i < 16; i++) {
    for (let j = 0.5; j < 16; j++) {
      const length = field.gradient(x[0] + (i / 16) * field.width, y[0] + (j / 16) * field.height);
      if (Number.isFinite(length)) lengths.push(length);
    }
  }
  return lengths.sort((a, b) => a - b)[lengths.length >> 1] ?? 0;
};

type Place = readonly [x: number, y: number];

const distance = (field: GradientField, p: Place, q: Place): number =>
  Math.hypot((p[0] - q[0]) / field.width, (p[1] - q[1]) / field.height);

/** Distance of p from a curve given by points, in the window's units. */
const distanceFromCurve = (field: GradientField, curve: readonly Place[], p: Place): number => {
  let least = Number.POSITIVE_INFINITY;
  for (let k = 1; k < curve.length; k++) {
    const [ax, ay] = curve[k - 1]!;
    const dx = (curve[k]![0] - ax) / field.width;
    const dy = (curve[k]![1] - ay) / field.height;
    const px = (p[0] - ax) / field.width;
    const py = (p[1] - ay) / field.height;
    const t = Math.min(1, Math.max(0, (px * dx + py * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(px - t * dx, py - t * dy));
  }
  return least;
};

/** Whether a small cell lies so near a degenerate point or a curve that nothing else is looked for in it. */
const explained = (
  field: GradientField,
  found: readonly Found[],
  x: number,
  y: number,
  half: number,
): boolean => {
  if (half > AROUND) return false;
  return found.some(({ at, kind, curve }) => {
    if (kind !== 'degenerate') return false;
    if (curve) return distanceFromCurve(field, curve.points, [x, y]) < AROUND + 2 * half;
    return half < AROUND / 8 && distance(field, at, [x, y]) < 4 * half;
  });
};

/** The largest gradient on a small circle; how many of eight points on it have none at all; NaN at a domain's end. */
const ring = (field: GradientField, at: Place, radius: number): { largest: number; zeros: number } => {
  let largest = 0;
  let zeros = 0;
  for (let k = 0; k < 8; k++) {
    const angle = (k * Math.PI) / 4;
    const length = field.gradient(
      at[0] + radius * Math.cos(angle) * field.width,
      at[1] + radius * Math.sin(angle) * field.height,
    );
    if (!(length <= largest)) largest = length;
    if (length === 0) zeros++;
  }
  return { largest, zeros };
};

/** Adds the zero of the gradient at `at`, unless it is known, outside, a kink or one of a whole region's. */
const record = (field: GradientField, found: Found[], at: Place): 'flat' | 'done' => {
  const { window, width, height } = field;
  const room = 1e-10;
  if (at[0] < window.x[0] - room * width || at[0] > window.x[1] + room * width) return 'done';
  if (at[1] < window.y[0] - room * height || at[1] > window.y[1] + room * height) return 'done';
  for (const known of found) {
    if (distance(field, known.at, at) < (known.kind === 'degenerate' ? SAME_DEGENERATE : SAME)) return 'done';
    if (known.curve && distanceFromCurve(field, known.curve.points, at) < AROUND / 2) return 'done';
  }
  const around = ring(field, at, 1e-3);
  if (around.zeros >= 3) return 'flat';
  const near = ring(field, at, 1e-6);
  const here = field.gradient(...at);
  // At a kink the gradient jumps past zero instead of going to it.
  if (!(here <= 1e-4 * around.largest && near.largest <= 0.5 * around.largest)) return 'done';
  const { kind, scale } = classify(field, at);
  const curve = kind === 'degenerate' ? criticalCurve(field, at, scale) : undefined;
  if (curve) found.push({ at: curve.points[curve.points.length >> 1]!, kind, curve });
  else found.push({ at, kind });
  return 'done';
};

const classify = (field: GradientField, at: Place): { kind: CriticalPoint['kind']; scale: number } => {
  const { g, h, width, height } = field;
  let scale = 0;
  for (let k = 0; k < 8; k++) {
    const angle = (k * Math.PI) / 4;
    const x = at[0] + AROUND * Math.cos(angle) * width;
    const y = at[1] + AROUND * Math.sin(angle) * height;
    if (field.hessian(x, y)) scale = Math.max(scale, Math.abs(h[0]!), Math.abs(h[1]!), Math.abs(h[2]!));
  }
  if (!field.hessian(...at)) return { kind: 'degenerate', scale };
  const [a, b, d] = h as unknown as [number, number, number];
  scale = Math.max(scale, Math.abs(a), Math.abs(b), Math.abs(d));
  const { eigenvalues, eigenvectors } = curvature(Float64Array.of(a, b, b, d), 2);
  const [low, high] = eigenvalues as unknown as [number, number];
  const isZero = (eigenvalue: number, k: number): boolean => {
    if (Math.abs(eigenvalue) > ZERO * scale) return false;
    const away = 1e-4;
    const [u, v] = [eigenvectors[k]! * away, eigenvectors[2 + k]! * away];
    const x = at[0] + u * width;
    const y = at[1] + v * height;
    const step = new Float64Array(2);
    field.gradient(x, y);
    if (!field.hessian(x, y) || !newtonStep(h, g, step)) return true;
    return !(Math.hypot(u + step[0]!, v + step[1]!) < 0.1 * away);
  };
  if (isZero(low, 0) || isZero(high, 1)) return { kind: 'degenerate', scale };
  return { kind: low > 0 ? 'minimum' : high < 0 ? 'maximum' : 'saddle', scale };
};

/** The sum of the points' indices; of a degenerate one by the gradient's turns around it. */
const indexSum = (field: GradientField, found: readonly Found[]): number => {
  let sum = 0;
  for (const { at, kind } of found) {
    if (kind !== 'degenerate') {
      sum += kind === 'saddle' ? -1 : 1;
      continue;
    }
    let radius = 1e-3;
    for (const other of found) {
      if (other.at !== at) radius = Math.min(radius, distance(field, other.at, at) / 3);
    }
    const circle = (t: number): [number, number] => {
      const angle = 2 * Math.PI * (t % 1);
      return [
        at[0] + radius * Math.cos(angle) * field.width,
        at[1] + radius * Math.sin(angle) * field.height,
      ];
    };
    sum += windingNumber(field, circle, 64);
  }
  return sum;
};
