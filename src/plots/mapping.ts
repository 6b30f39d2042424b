import type { MapAnswer, MapLine } from '../studies/map.ts';
import type { Window } from './plot.ts';

export type Pair = readonly [number, number];

/** Of the image's points, the part that is shown; the rest may run away to a pole. */
const shown = [0.02, 0.98] as const;

/** Between coordinates of a plane and a picture of `side` pixels, with the same scale on both axes where that is possible. */
export interface PlaneView {
  readonly window: Window;
  toPixels(place: Pair): [number, number];
  toPlane(pixels: Pair): [number, number];
  /** Pixels per unit on the two axes. */
  readonly scale: Pair;
}

/** Beyond this ratio of its sides a window is stretched to the square. */
const stretch = 6;

export function planeView({ x, y }: Window, side: number): PlaneView {
  const [width, height] = [x[1] - x[0], y[1] - y[0]];
  const longer = Math.max(width, height);
  const equal = longer / Math.min(width, height) <= stretch;
  const around = ([min, max]: Pair, size: number): Pair => [
    (min + max) / 2 - size / 2,
    (min + max) / 2 + size / 2,
  ];
  const window = equal ? { x: around(x, longer), y: around(y, longer) } : { x, y };
  const scale: Pair = [side / (window.x[1] - window.x[0]), side / (window.y[1] - window.y[0])];
  return {
    window,
    scale,
    toPixels: ([a, b]) => [(a - window.x[0]) * scale[0], (window.y[1] - b) * scale[1]],
    toPlane: ([left, top]) => [window.x[0] + left / scale[0], window.y[1] - top / scale[1]],
  };
}

/** The part of the image plane that shows the image of the grid and some further points. */
export function imageWindow({ lines, m }: MapAnswer, further: readonly Pair[]): Window {
  const range = (axis: 0 | 1): Pair => {
    const values = lines
      .flatMap(({ image }) => Array.from(image).filter((_, index) => index % m === axis))
      .filter(Number.isFinite)
      .sort((a, b) => a - b);
    const at = (part: number) => values[Math.round(part * (values.length - 1))] ?? 0;
    const inner = at(shown[1]) - at(shown[0]);
    // Without a pole the outermost points are near, and are shown too.
    const low = at(0) > at(shown[0]) - 0.35 * inner ? at(0) : at(shown[0]);
    const high = at(1) < at(shown[1]) + 0.35 * inner ? at(1) : at(shown[1]);
    const near = further.map((point) => point[axis]).filter(Number.isFinite);
    const [min, max] = [Math.min(low, ...near), Math.max(high, ...near)];
    const space = 0.05 * (max - min) || 1;
    return [min - space, max + space];
  };
  return { x: range(0), y: range(1) };
}

/** An SVG path through places; it lifts where there is no place or the line would jump far. */
export function pathOf(
  places: ArrayLike<number>,
  stride: number,
  project: (place: Float64Array) => Pair,
  side: number,
): string {
  let path = '';
  let pen = false;
  let last: Pair = [0, 0];
  for (let k = 0; k + stride <= places.length; k += stride) {
    const [left, top] = project(Float64Array.from({ length: stride }, (_, i) => places[k + i]!));
    const far = Math.abs(left) > 20 * side || Math.abs(top) > 20 * side;
    const jumps = pen && Math.hypot(left - last[0], top - last[1]) > 2 * side;
    if (!Number.isFinite(left) || !Number.isFinite(top) || far) {
      pen = false;
      continue;
    }
    path += `${pen && !jumps ? 'L' : 'M'}${left.toFixed(1)} ${top.toFixed(1)}`;
    pen = true;
    last = [left, top];
  }
  return path;
}

/** An SVG path of separate strokes, each from one pair of numbers to the next. */
export function strokesOf(segments: ArrayLike<number>, project: (place: Pair) => Pair): string {
  let path = '';
  for (let k = 0; k + 4 <= segments.length; k += 4) {
    const from = project([segments[k]!, segments[k + 1]!]);
    const to = project([segments[k + 2]!, segments[k + 3]!]);
    if (![...from, ...to].every((value) => Math.abs(value) < 1e5)) continue;
    path += `M${from.map((value) => value.toFixed(1)).join(' ')}L${to.map((value) => value.toFixed(1)).join(' ')}`;
  }
  return path;
}

/** Points (m each) of centre + A·(r cos, r sin) for A m × 2 by rows. */
export function ellipse(
  centre: ArrayLike<number>,
  a: ArrayLike<number>,
  m: number,
  r: number,
  count = 73,
): Float64Array {
  const points = new Float64Array(count * m);
  for (let k = 0; k < count; k += 1) {
    const angle = (2 * Math.PI * k) / (count - 1);
    const [c, s] = [r * Math.cos(angle), r * Math.sin(angle)];
    for (let i = 0; i < m; i += 1) points[k * m + i] = centre[i]! + a[2 * i]! * c + a[2 * i + 1]! * s;
  }
  return points;
}

/** A round radius between a tenth and a fourth of the window's smaller side; 1 where that is one. */
export function circleRadius({ x, y }: Window): number {
  const smaller = Math.min(x[1] - x[0], y[1] - y[0]);
  if (1 >= smaller / 12 && 1 <= smaller / 3) return 1;
  const unit = 10 ** Math.floor(Math.log10(smaller / 5));
  return unit * ([5, 2, 1].find((factor) => factor * unit <= smaller / 5) ?? 1);
}

/** A parallel projection of space: turned by `turn` about the third axis, then tilted. Angles in degrees. */
export function spaceView(
  lines: readonly MapLine[],
  { turn, tilt }: { readonly turn: number; readonly tilt: number },
  side: number,
): { readonly project: (place: ArrayLike<number>) => Pair; readonly size: number } {
  const low = [0, 1, 2].map(() => Number.POSITIVE_INFINITY);
  const high = low.map(() => Number.NEGATIVE_INFINITY);
  for (const { image } of lines) {
    for (let k = 0; k < image.length; k += 1) {
      const value = image[k]!;
      if (!Number.isFinite(value)) continue;
      low[k % 3] = Math.min(low[k % 3]!, value);
      high[k % 3] = Math.max(high[k % 3]!, value);
    }
  }
  const middle = low.map((value, i) => (value + high[i]!) / 2);
  const size = Math.max(1e-9, Math.hypot(...low.map((value, i) => high[i]! - value)));
  const scale = (0.92 * side) / size;
  const [a, b] = [(turn * Math.PI) / 180, (tilt * Math.PI) / 180];
  return {
    size,
    project: (place) => {
      const [x, y, z] = [0, 1, 2].map((i) => place[i]! - middle[i]!) as [number, number, number];
      const across = Math.cos(a) * x - Math.sin(a) * y;
      const deep = Math.sin(a) * x + Math.cos(a) * y;
      return [side / 2 + scale * across, side / 2 - scale * (Math.cos(b) * z + Math.sin(b) * deep)];
    },
  };
}
