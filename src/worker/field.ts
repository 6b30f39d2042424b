import type { Problem } from '../descent/problem.ts';
import type { Field, Plane, Resolution } from './protocol.ts';
import type { Window } from './window.ts';

type Axes = readonly [horizontal: number, vertical: number];

/** Of the values of a function of one variable, the part that the vertical axis shows; the rest may be poles. */
const SHOWN = [0.02, 0.98] as const;

/**
 * The function on a window of the plane of two variables through `at`, or of another plane, in bands of rows between
 * which the caller may pause.
 */
export function* computeField(
  problem: Problem,
  axes: Axes,
  at: Float64Array,
  plane: Plane | undefined,
  window: Window,
  { columns, rows, arrows }: Resolution,
  key: string,
  pause: () => boolean,
): Generator<undefined, Field> {
  const { x, y } = window;
  const values = new Float64Array(columns * rows);
  let band = 2;
  for (let row = 0; row < rows; ) {
    // A last band of one row would have no height.
    const count = rows - row <= band + 1 ? rows - row : band;
    const from = lattice(y, row, rows);
    const to = lattice(y, row + count - 1, rows);
    const rowsOf = plane
      ? planeGrid(problem, plane, x, [from, to], columns, count)
      : problem.grid(axes, at, x, [from, to], columns, count);
    values.set(rowsOf, row * columns);
    row += count;
    if (pause()) {
      band = Math.max(2, band >> 1);
      yield;
    } else band *= 2;
  }

  const tall = rows > columns;
  const shorter = Math.max(1, Math.round((arrows * Math.min(columns, rows)) / Math.max(columns, rows)));
  const across = tall ? shorter : arrows;
  const up = tall ? arrows : shorter;
  const u = new Float64Array(across * up);
  const v = new Float64Array(across * up);
  const point = at.slice();
  const gradient = new Float64Array(at.length);
  for (let row = 0; row < up; row++) {
    for (let column = 0; column < across; column++) {
      const h = x[0] + ((column + 0.5) / across) * (x[1] - x[0]);
      const k = y[0] + ((row + 0.5) / up) * (y[1] - y[0]);
      if (plane) putOnPlane(plane, h, k, point);
      else {
        point[axes[0]] = h;
        point[axes[1]] = k;
      }
      const f = problem.valueAndGradient(point, gradient);
      const index = row * across + column;
      const [rightwards, upwards] = plane
        ? [dot(gradient, plane.u), dot(gradient, plane.v)]
        : [gradient[axes[0]]!, gradient[axes[1]]!];
      u[index] = Number.isFinite(f) ? rightwards : Number.NaN;
      v[index] = Number.isFinite(f) ? upwards : Number.NaN;
    }
    if (pause()) yield;
  }
  const arrowField = { columns: across, rows: up, u, v };
  return { key, x, y, columns, rows, at: at.slice(), ...(plane && { plane }), values, arrows: arrowField };
}

/** As `Problem.grid`, on a plane that lies across the variables. */
function planeGrid(
  problem: Problem,
  plane: Plane,
  x: Window['x'],
  y: Window['y'],
  columns: number,
  rows: number,
): Float64Array {
  const values = new Float64Array(columns * rows);
  const point = new Float64Array(plane.origin.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      putOnPlane(plane, lattice(x, column, columns), lattice(y, row, rows), point);
      values[row * columns + column] = problem.value(point);
    }
  }
  return values;
}

function putOnPlane({ origin, u, v }: Plane, a: number, b: number, point: Float64Array): void {
  for (let i = 0; i < point.length; i++) point[i] = origin[i]! + a * u[i]! + b * v[i]!;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** A function of one variable: its values along x and slopes at the arrows' places; y is the range to show. */
export function computeCurve(
  problem: Problem,
  at: Float64Array,
  x: Window['x'],
  y: Window['y'] | undefined,
  include: readonly number[],
  { columns, arrows }: Resolution,
  key: string,
): Field {
  const values = Float64Array.from({ length: columns }, (_, i) =>
    problem.value(Float64Array.of(lattice(x, i, columns))),
  );
  const u = Float64Array.from({ length: arrows }, (_, i) => {
    const point = Float64Array.of(x[0] + ((i + 0.5) / arrows) * (x[1] - x[0]));
    const gradient = new Float64Array(1);
    return Number.isFinite(problem.valueAndGradient(point, gradient)) ? gradient[0]! : Number.NaN;
  });
  return {
    key,
    x,
    y: y ?? shownRange(values, include),
    columns,
    rows: 1,
    at: at.slice(),
    values,
    arrows: { columns: arrows, rows: 1, u, v: new Float64Array(arrows) },
  };
}

/** A constant has no variables to draw it over. */
export function emptyField(problem: Problem, key: string): Field {
  const f = problem.value(new Float64Array(0));
  const none = new Float64Array(0);
  return {
    key,
    x: [-1, 1],
    y: [f - 1, f + 1],
    columns: 1,
    rows: 1,
    at: none,
    values: Float64Array.of(f),
    arrows: { columns: 0, rows: 0, u: none, v: none },
  };
}

/** Between two quantiles of the values, with the numbers that must be seen and some free space. */
function shownRange(values: Float64Array, include: readonly number[]): Window['y'] {
  const sorted = values.filter(Number.isFinite).sort();
  if (sorted.length === 0) return [-1, 1];
  const quantile = (part: number) => sorted[Math.round(part * (sorted.length - 1))]!;
  const low = Math.min(quantile(SHOWN[0]), ...include);
  const high = Math.max(quantile(SHOWN[1]), ...include);
  const inner = high - low || Math.max(1, Math.abs(high));
  // Where there is no pole the outermost values are near, and are shown too.
  const least = sorted[0]! > low - inner ? Math.min(low, sorted[0]!) : low;
  const most = sorted.at(-1)! < high + inner ? Math.max(high, sorted.at(-1)!) : high;
  const space = 0.08 * (most - least || inner);
  return [least - space, most + space];
}

/** The k-th of `count` places from one end of a range to the other, both included. */
const lattice = ([min, max]: readonly [number, number], k: number, count: number): number =>
  k === count - 1 ? max : min + ((max - min) * k) / (count - 1);
