import type { Problem } from '../descent/problem.ts';
import type { Range } from '../setup.ts';
import type { Study } from './study.ts';
import { zeroCurve } from './zeroCurve.ts';

/** Points along a line of the grid or a curve. */
const SAMPLES = 81;
/** Grid lines of each family to aim for, in the plane and on a surface. */
const LINES = { 2: 12, 3: 24 } as const;

/** A line of the grid with its image. */
export interface MapLine {
  /** The variable that is constant along it, by index, and its value. */
  readonly fixed: number;
  readonly value: number;
  /** SAMPLES × n. */
  readonly domain: Float64Array;
  /** SAMPLES × m; NaN where F has no value. */
  readonly image: Float64Array;
}

export interface MapAnswer {
  readonly n: 1 | 2;
  readonly m: 2 | 3;
  readonly x: Range;
  readonly y: Range;
  /** For one variable a single line, the curve itself. */
  readonly lines: readonly MapLine[];
  /** Where det J = 0: a pair of points (4 numbers) after the other, in the domain and in the image. */
  readonly fold?: { readonly domain: Float64Array; readonly image: Float64Array };
  /** det J = 0 everywhere that was looked. */
  readonly flat: boolean;
}

/** How a function of one or two variables with two or three values bends a grid. */
export const map: Study<'map', Record<never, never>, MapAnswer> = {
  id: 'map',
  dependsOn: 'function',
  usesWindow: true,
  unfit: ({ problem: { scalar, variables, outputs } }) =>
    scalar || variables.length < 1 || variables.length > 2 || outputs < 2 || outputs > 3
      ? 'A map is drawn for one or two variables and two or three values.'
      : undefined,
  *run({ problem, setup, pause }) {
    const n = problem.variables.length as 1 | 2;
    const m = problem.outputs as 2 | 3;
    const x = setup.x ?? [-1, 1];
    const y = setup.y ?? [-1, 1];
    const lines: MapLine[] = [];
    if (n === 1) lines.push(lineOf(problem, -1, 0, x));
    else {
      for (const value of ticks(x, LINES[m])) {
        lines.push(lineOf(problem, 0, value, y));
        if (pause()) yield undefined;
      }
      for (const value of ticks(y, LINES[m])) {
        lines.push(lineOf(problem, 1, value, x));
        if (pause()) yield undefined;
      }
    }
    if (n !== 2 || m !== 2) return { n, m, x, y, lines, flat: false };
    const point = new Float64Array(2);
    const determinant = (a: number, b: number) => {
      point[0] = a;
      point[1] = b;
      const [p = 0, q = 0, r = 0, s = 0] = problem.jacobian(point);
      // Products of equal numbers that cancel leave rounding, which is no sign.
      const found = p * s - q * r;
      return Math.abs(found) <= 8 * Number.EPSILON * (Math.abs(p * s) + Math.abs(q * r)) ? 0 : found;
    };
    const { segments, everywhere } = yield* zeroCurve(determinant, x, y, pause);
    const image = new Float64Array(segments.length);
    for (let k = 0; k < segments.length; k += 2) {
      image.set(problem.residual(segments.subarray(k, k + 2)), k);
    }
    return { n, m, x, y, lines, fold: { domain: segments, image }, flat: everywhere };
  },
};

/** With `fixed` −1 for a function of one variable. */
function lineOf(problem: Problem, fixed: number, value: number, along: Range): MapLine {
  const n = problem.variables.length;
  const m = problem.outputs;
  const domain = new Float64Array(SAMPLES * n);
  const image = new Float64Array(SAMPLES * m);
  for (let k = 0; k < SAMPLES; k++) {
    const t = along[0] + ((along[1] - along[0]) * k) / (SAMPLES - 1);
    const point = domain.subarray(k * n, (k + 1) * n);
    point[n === 1 ? 0 : 1 - fixed] = t;
    if (n === 2) point[fixed] = value;
    const values = problem.residual(point);
    for (let i = 0; i < m; i++) image[k * m + i] = values[i]!;
  }
  return { fixed, value, domain, image };
}

/** Round numbers inside a range, about so many of them. */
function ticks([min, max]: Range, count: number): number[] {
  const about = (max - min) / count;
  const unit = 10 ** Math.floor(Math.log10(about));
  const step = unit * ([1, 2, 5, 10].find((factor) => factor * unit >= about * 0.999) ?? 10);
  const found: number[] = [];
  for (let k = Math.ceil(min / step - 1e-9); k * step <= max + 1e-9 * step; k++) {
    found.push(Number((k * step).toPrecision(12)));
  }
  return found;
}
