import { findMethod } from '../descent/methods/index.ts';
import type { Problem } from '../descent/problem.ts';
import { createRun } from '../descent/run.ts';
import type { Preset } from '../presets.ts';
import type { Range } from '../setup.ts';
import type { Path } from './protocol.ts';

export interface Window {
  readonly x: Range;
  readonly y: Range;
}

/** Where a point lies on the plane that is drawn. */
export type See = (point: Float64Array) => readonly [horizontal: number, vertical: number];

/** Free space around what is shown, as a part of its size. */
const MARGIN = 0.15;
/** Beyond a minimum, as a part of its distance from the start: the function is seen to rise again there. */
const BEYOND = 0.4;
/** Points nearer to each other than this part of their distance from the origin are as good as one. */
const SMALL = 1e-3;
/** Beyond this ratio of the sides, the same scale on both axes would leave a thin line. */
const STRETCH = 6;
/** Seeds around the start from which minima are looked for, in units of its size. */
const SEEDS = [
  [1.5, 0.5],
  [-0.5, 1.5],
  [-1.5, -0.5],
  [0.5, -1.5],
] as const;

/**
 * The window that shows the start, the paths and the minima near them, with the same scale on both axes where that
 * makes sense. Of a path that runs away only the part near the start counts. The same input, the same window.
 */
export function* chooseWindow(
  problem: Problem,
  see: See,
  starts: readonly Float64Array[],
  paths: readonly Path[],
  preset: Preset | undefined,
  aspect: number,
): Generator<undefined, Window> {
  const n = problem.variables.length;
  const minima = preset ? [] : yield* findMinima(problem, starts[0]!);
  const origin = starts[0]!;
  const reach = Math.max(
    ...minima.map((minimum) => distance(origin, minimum, see)),
    ...starts.map((start) => distance(origin, start, see)),
    preset ? 0.5 * Math.max(preset.x[1] - preset.x[0], preset.y ? preset.y[1] - preset.y[0] : 0) : 0,
    0,
  );
  const radius = 3 * (reach || scaleOf(origin, see));

  const box = new Box(see);
  if (preset) box.addRanges(preset.x, preset.y);
  for (const start of starts) box.add(start);
  for (const minimum of minima) {
    box.add(minimum);
    if (distance(origin, minimum, see) <= radius) box.add(beyond(origin, minimum));
  }
  for (const path of paths) {
    for (let k = 0; k < path.length; k++) {
      const point = path.x.subarray(k * n, (k + 1) * n);
      if (!(distance(origin, point, see) <= radius)) break;
      box.add(point);
    }
  }
  return box.window(aspect, scaleOf(origin, see), preset ? 0 : MARGIN);
}

/** Where short runs of L-BFGS from the start and around it end, in the neighbourhood of the start. */
function* findMinima(problem: Problem, start: Float64Array): Generator<undefined, Float64Array[]> {
  const n = problem.variables.length;
  if (!findMethod('lbfgs') || n === 0) return [];
  const size = Math.max(1, ...start.map(Math.abs));
  // In many variables a run costs more and says less about the two that are drawn.
  const seeds = n <= 3 ? SEEDS : [];
  const around = seeds.map((seed) => start.map((value, i) => value + size * seed[i % 2]!));
  const found: Float64Array[] = [];
  for (const from of [start, ...around]) {
    const run = createRun(problem, { method: 'lbfgs', start: from, steps: 60 });
    while (!run.advance(4)) yield;
    const { length, x, outcome } = run.trajectory();
    const end = x.subarray((length - 1) * n, length * n);
    const near = Math.hypot(...end.map((value, i) => value - start[i]!)) <= 4 * size * Math.sqrt(n);
    // The first is where the descent itself is going; the others only if they are near. What flattens out for ever
    // has small gradients too, but no end.
    const ends = near || (from === start && risesBeyond(problem, start, end));
    if (outcome === 'converged' && ends) found.push(end.slice());
    yield;
  }
  return found;
}

const beyond = (start: Float64Array, end: Float64Array): Float64Array =>
  end.map((value, i) => value + BEYOND * (value - start[i]!));

/** Whether the function rises again along the variable that has moved most. */
function risesBeyond(problem: Problem, start: Float64Array, end: Float64Array): boolean {
  const moved = end.map((value, i) => Math.abs(value - start[i]!));
  const most = moved.indexOf(moved.reduce((a, b) => Math.max(a, b), 0));
  const point = end.slice();
  point[most] = beyond(start, end)[most]!;
  return problem.value(point) > problem.value(end);
}

/** Across the two axes. */
function distance(a: Float64Array, b: Float64Array, see: See): number {
  const [from, to] = [see(a), see(b)];
  return Math.hypot(from[0] - to[0], from[1] - to[1]);
}

/** How far to look where nothing else says it. */
function scaleOf(point: Float64Array, see: See): number {
  return Math.max(1, ...see(point).map(Math.abs));
}

class Box {
  private x: [number, number] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  private y: [number, number] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

  constructor(private readonly see: See) {}

  add(point: Float64Array): void {
    const [x, y] = this.see(point);
    this.addRanges([x, x], [y, y]);
  }

  addRanges(x: Range, y: Range | undefined): void {
    this.x = [Math.min(this.x[0], x[0]), Math.max(this.x[1], x[1])];
    if (y) this.y = [Math.min(this.y[0], y[0]), Math.max(this.y[1], y[1])];
  }

  /** `aspect`: width by height of the plot; `scale`: the size to take when all points are as good as one. */
  window(aspect: number, scale: number, margin: number): Window {
    const width = this.x[1] - this.x[0];
    const height = this.y[1] - this.y[0];
    const nothing = Math.max(width, height) < SMALL * scale;
    const across = nothing ? 3 * scale : (1 + 2 * margin) * width;
    const up = aspect * (nothing ? 3 * scale : (1 + 2 * margin) * height);
    const longer = Math.max(across, up);
    // The shorter side grows to the same scale, or, where that would leave a thin line, gets a scale of its own.
    // Along a side without any length nothing happens that could be too thin.
    const fill = (side: number) =>
      side * STRETCH >= longer || side < SMALL * longer ? longer : Math.max(2 * side, longer / STRETCH ** 2);
    return { x: around(this.x, fill(across)), y: around(this.y, fill(up) / aspect) };
  }
}

/** A range of at least this size around the middle, with ends that are short to write. */
function around([min, max]: readonly [number, number], size: number): Range {
  const middle = (min + max) / 2;
  const unit = 10 ** (Math.floor(Math.log10(size)) - 2);
  const short = (value: number) => Number((value * unit).toPrecision(12));
  return [
    short(Math.floor((middle - size / 2) / unit + 1e-9)),
    short(Math.ceil((middle + size / 2) / unit - 1e-9)),
  ];
}
