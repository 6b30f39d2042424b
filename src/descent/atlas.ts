import { AROUND, classify, type Kind, ring } from './classify.ts';
import { type CurveKind, criticalCurve } from './criticalCurve.ts';
import type { GradientField } from './gradientField.ts';
import type { Place } from './valley.ts';

export interface Found {
  readonly at: readonly [x: number, y: number];
  readonly kind: Kind;
  readonly curve?: { points: [x: number, y: number][]; kind: CurveKind };
}

/** Points nearer than this, in the window's units, are one; degenerate ones are known less well. */
export const SAME = 1e-7;
const SAME_DEGENERATE = 1e-4;

export const distance = (field: GradientField, p: Place, q: Place): number =>
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

/** Squares along a side of the raster that remembers where curves run. */
const RASTER = 100;

/** What was found, with a raster of the squares that its curves touch or neighbour. */
export interface Atlas {
  readonly found: Found[];
  readonly curves: Uint8Array;
}

export const emptyAtlas = (): Atlas => ({ found: [], curves: new Uint8Array(RASTER * RASTER) });

const square = (field: GradientField, [x, y]: Place): [column: number, row: number] => [
  Math.floor(((x - field.window.x[0]) / field.width) * RASTER),
  Math.floor(((y - field.window.y[0]) / field.height) * RASTER),
];
const drawCurve = (field: GradientField, curves: Uint8Array, points: readonly Place[]) => {
  for (const point of points) {
    const [column, row] = square(field, point);
    for (let i = Math.max(0, row - 1); i <= Math.min(RASTER - 1, row + 1); i++) {
      for (let j = Math.max(0, column - 1); j <= Math.min(RASTER - 1, column + 1); j++)
        curves[i * RASTER + j] = 1;
    }
  }
};

/** Whether a small cell lies so near a degenerate point or a curve that nothing else is looked for in it. */
export const explained = (
  field: GradientField,
  { found, curves }: Atlas,
  at: Place,
  half: number,
): boolean => {
  if (half > AROUND) return false;
  const [column, row] = square(field, at);
  if (curves[row * RASTER + column]) return true;
  if (half > AROUND / 8) return false;
  return found.some(({ at: point, kind }) => kind === 'degenerate' && distance(field, point, at) < 4 * half);
};

/** Adds the zero of the gradient at `at`, unless it is known, outside, a kink or one of a whole region's. */
export const record = (field: GradientField, { found, curves }: Atlas, at: Place): 'flat' | 'done' => {
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
  if (curve) {
    found.push({ at: curve.points[curve.points.length >> 1]!, kind, curve });
    drawCurve(field, curves, curve.points);
  } else found.push({ at, kind });
  return 'done';
};
