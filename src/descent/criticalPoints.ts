import { type Atlas, distance, emptyAtlas, explained, type Found, record, SAME } from './atlas.ts';
import { examine, examineFloor } from './cells.ts';
import type { Kind } from './classify.ts';
import type { CurveKind } from './criticalCurve.ts';
import { border, type GradientField, gradientField, type Window, windingNumber } from './gradientField.ts';
import { polish } from './polish.ts';
import type { Problem } from './problem.ts';
import type { Place } from './valley.ts';

export interface CriticalPoint {
  /** Length 2. */
  readonly x: Float64Array;
  readonly f: number;
  /** By the Hessian's eigenvalues; 'degenerate' where one of them is zero (see ZERO). */
  readonly kind: Kind;
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

/** Cells along a side at first; each next number is tried when the winding number shows that a point is missing. */
const LATTICES = [32, 57, 101];
/** How often a cell may be quartered, and after how often Newton's method tries its luck in one. */
const DEEPEST = 8;
const ATTEMPT = 3;
/** Half of the least cell in which the domain's edge is followed. */
const EDGE = 1 / 2000;
/** Gradients and Hessians, in all: some tens of milliseconds for a compiled function. */
const MOST_EVALUATIONS = 400_000;
const MOST_POINTS = 4000;

/** The places and kinds of the critical points in a window; two variables. */
export const criticalPoints = (problem: Problem, window: Window): readonly CriticalPoint[] =>
  landmarks(problem, window).points;

/**
 * All critical points in a window, by quartering it until in each cell the gradient either has no zero or is nearly
 * linear, so that Newton's method from its middle finds the only one. Deterministic. Throws RangeError unless there
 * are two variables and both ranges ascend.
 */
export const landmarks = (problem: Problem, window: Window): Landmarks => {
  const work = searchLandmarks(problem, window);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
};

/** The same, in short pieces. Throws as `landmarks`, when it is begun. */
export function* searchLandmarks(problem: Problem, window: Window): Generator<undefined, Landmarks> {
  if (problem.variables.length !== 2) {
    throw new RangeError(`Critical points need two variables, not ${problem.variables.length}.`);
  }
  for (const [min, max] of [window.x, window.y]) {
    if (!(min < max && Number.isFinite(max - min))) throw new RangeError(`No window from ${min} to ${max}.`);
  }
  const field = gradientField(problem, window);
  const atlas = emptyAtlas();
  const { found } = atlas;
  let flat = false;
  let complete = false;
  const turns = windingNumber(field, (t) => border(window, t), 1024);
  for (const cells of LATTICES) {
    const result = yield* search(field, cells, atlas);
    flat ||= result.flat;
    if (result.cut) break;
    complete = found.every(({ curve }) => !curve) && indexSum(field, found) === turns;
    // Without the border's turns there is nothing to miss by.
    if (complete || Number.isNaN(turns) || found.some(({ curve }) => curve)) break;
  }
  const points = found.map(({ at, kind, curve }): CriticalPoint => {
    const x = Float64Array.from(at);
    const f = problem.value(x);
    if (!curve) return { x, f, kind };
    return { x, f, kind, curve: { points: Float64Array.from(curve.points.flat()), kind: curve.kind } };
  });
  return { points: inOrder(points, SAME * field.width), complete, flat };
}

/** By x, then y; columns of points whose x differ by rounding alone count as one. */
const inOrder = (points: readonly CriticalPoint[], rounding: number): CriticalPoint[] => {
  const byX = points.toSorted((p, q) => p.x[0]! - q.x[0]!);
  let column = 0;
  const columns = new Map(
    byX.map((point, k) => {
      if (k > 0 && point.x[0]! - byX[k - 1]!.x[0]! > rounding) column = k;
      return [point, column] as const;
    }),
  );
  return byX.sort((p, q) => columns.get(p)! - columns.get(q)! || p.x[1]! - q.x[1]!);
};

/** Adds to the atlas what quartering a lattice of cells × cells finds; `cut` when the evaluations ran out. */
function* search(
  field: GradientField,
  cells: number,
  atlas: Atlas,
): Generator<undefined, { flat: boolean; cut: boolean }> {
  const { window, width, height } = field;
  const samples = new Float64Array(18);
  let flat = false;
  const found = (at: Place | undefined): boolean => {
    if (at && record(field, atlas, at) === 'flat') flat = true;
    return at !== undefined;
  };
  /** Whether the cell needs no quartering. */
  const settle = (x: number, y: number, half: number, attempt: boolean): boolean => {
    const verdict = examine(field, x, y, half, samples);
    if (verdict === 'flat') flat = true;
    if (verdict === 'flat' || verdict === 'no zero') return true;
    if (verdict === 'edge') return half < EDGE;
    if (verdict === 'one zero') return found(polish(field, [x, y]));
    if (verdict === 'valley') {
      const floor = examineFloor(field, x, y, half);
      if (floor.verdict === 'no zero') return true;
      if (floor.verdict === 'level') return found(floor.at);
      if (floor.verdict === 'one zero') return found(polish(field, floor.at));
    }
    if (attempt) found(polish(field, [x, y]));
    return false;
  };
  let half = 0.5 / cells;
  let level: number[] = [];
  for (let i = 0; i < cells; i++) {
    for (let j = 0; j < cells; j++) level.push((2 * i + 1) * half, (2 * j + 1) * half);
  }
  for (let depth = 0; depth <= DEEPEST; depth++) {
    const next: number[] = [];
    for (let k = 0; k < level.length; k += 2) {
      yield;
      if (field.evaluations > MOST_EVALUATIONS || atlas.found.length > MOST_POINTS)
        return { flat, cut: true };
      const x = window.x[0] + level[k]! * width;
      const y = window.y[0] + level[k + 1]! * height;
      if (depth > 0 && explained(field, atlas, [x, y], half)) continue;
      if (settle(x, y, half, depth === ATTEMPT || depth === DEEPEST)) continue;
      for (const [right, up] of QUARTERS)
        next.push(level[k]! + (right * half) / 2, level[k + 1]! + (up * half) / 2);
    }
    level = next;
    half /= 2;
  }
  return { flat, cut: false };
}
const QUARTERS = [
  [-1, -1],
  [1, -1],
  [-1, 1],
  [1, 1],
] as const;

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
