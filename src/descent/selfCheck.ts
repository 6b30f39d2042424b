import type { Problem } from './problem.ts';

/** One block of derivatives by rules beside the same by differences. */
export interface Comparison {
  /** The Jacobian only for vector functions, whose rows it holds; the Hessian is compared with the gradient's differences. */
  readonly what: 'gradient' | 'jacobian' | 'hessian';
  /** Entries compared. */
  readonly entries: number;
  /** Largest difference, as a share of the block's largest entry (of 1 if that is smaller than the differences' own error). */
  readonly deviation: number;
  /** Where: row and column (row 0 for a gradient), counted from 0. */
  readonly at: readonly [row: number, column: number];
  /** What the differences themselves claim to be off by, as the same share. */
  readonly uncertainty: number;
  /** The largest and the smallest distance of the points whose values were compared. */
  readonly steps: readonly [largest: number, smallest: number];
}

export type SelfCheck =
  | { readonly kind: 'agrees' | 'differs'; readonly comparisons: readonly Comparison[] }
  /** At a kink, a jump or the domain's end there is nothing to compare with; `reason` is a sentence. */
  | { readonly kind: 'cannot be checked here'; readonly reason: string };

/** First distance, relative to the coordinate (to 1 for a small one), and how often it is halved. */
const FIRST = 0.02;
const HALVINGS = 10;
/** Rounding of the values alone, in a difference over the first distance. */
const NOISE = (16 * Number.EPSILON) / FIRST;
/** Beyond so many variables, this many evenly spread ones are compared. */
const MOST_COLUMNS = 40;
/** Differences that claim less than this share of the block say nothing. */
const TRUSTED = 1e-3;
/** Agreement: within ten times what the differences claim, and this share. */
const CLOSE = 1e-7;

/**
 * The exact derivatives at x (n) against Richardson-extrapolated central differences (Ridders 1982, Adv. Eng. Softw. 4,
 * 75–76; Press et al., Numerical Recipes, section 5.7): the gradient and Jacobian against values, the Hessian against
 * gradients.
 */
export const selfCheck = (problem: Problem, x: Float64Array): SelfCheck => {
  const work = checkByColumns(problem, x);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
};

/** The same, in short pieces. */
export function* checkByColumns(problem: Problem, x: Float64Array): Generator<undefined, SelfCheck> {
  const n = x.length;
  const columns = Array.from({ length: Math.min(n, MOST_COLUMNS) }, (_, k) =>
    Math.floor((k * n) / Math.min(n, MOST_COLUMNS)),
  );
  const blocks: Block[] = [
    { what: 'gradient', rows: 1, exact: problem.gradient(x), of: (at) => Float64Array.of(problem.value(at)) },
    { what: 'hessian', rows: n, exact: problem.hessian(x), of: (at) => problem.gradient(at) },
  ];
  if (!problem.scalar) {
    const m = problem.outputs;
    blocks.push({ what: 'jacobian', rows: m, exact: problem.jacobian(x), of: (at) => problem.residual(at) });
  }
  const comparisons: Comparison[] = [];
  for (const block of blocks) {
    const compared = yield* compare(block, x, columns);
    if ('reason' in compared) return { kind: 'cannot be checked here', reason: compared.reason };
    comparisons.push(compared);
  }
  const agrees = comparisons.every(({ deviation, uncertainty }) => deviation <= 10 * uncertainty + CLOSE);
  return { kind: agrees ? 'agrees' : 'differs', comparisons };
}

interface Block {
  readonly what: Comparison['what'];
  readonly rows: number;
  /** rows × n by rows. */
  readonly exact: Float64Array;
  /** What the block is the derivative of: `rows` numbers. */
  readonly of: (x: Float64Array) => Float64Array;
}

function* compare(
  { what, rows, exact, of }: Block,
  x: Float64Array,
  columns: readonly number[],
): Generator<undefined, Comparison | { reason: string }> {
  const n = x.length;
  const here = of(x);
  if (!here.every(Number.isFinite)) return { reason: 'The function or its gradient has no value here.' };
  if (!exact.every(Number.isFinite)) return { reason: `The ${what} has no value here.` };
  let difference = 0;
  let error = 0;
  let at: [number, number] = [0, 0];
  let largest = 0;
  const steps: [number, number] = [0, Number.POSITIVE_INFINITY];
  for (const j of columns) {
    yield;
    const slopes = differences(of, x, j, here);
    if ('reason' in slopes) return slopes;
    steps[0] = Math.max(steps[0], slopes.first);
    steps[1] = Math.min(steps[1], slopes.last);
    for (let i = 0; i < rows; i++) {
      const rule = exact[i * n + j]!;
      largest = Math.max(largest, Math.abs(rule), Math.abs(slopes.slope[i]!));
      error = Math.max(error, slopes.error[i]!, NOISE * Math.abs(here[i]!));
      if (Math.abs(rule - slopes.slope[i]!) > difference) {
        difference = Math.abs(rule - slopes.slope[i]!);
        at = [i, j];
      }
    }
  }
  const unit = largest > error / TRUSTED ? largest : 1;
  if (error > TRUSTED * unit)
    return { reason: `The ${what} changes too fast here for differences to follow.` };
  return {
    what,
    entries: rows * columns.length,
    deviation: difference / unit,
    at,
    uncertainty: error / unit,
    steps,
  };
}

/** Derivatives by x_j of all that `of` returns, with their own estimate of error, by Neville's table in h². */
const differences = (
  of: Block['of'],
  x: Float64Array,
  j: number,
  here: Float64Array,
): { slope: Float64Array; error: Float64Array; first: number; last: number } | { reason: string } => {
  const rows = here.length;
  const slope = new Float64Array(rows);
  const error = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
  const at = x.slice();
  let before: Float64Array[] = [];
  /** How far the slopes to both sides differ, for the first and the latest distance. */
  let firstBreak: Float64Array | undefined;
  let latestBreak = new Float64Array(rows);
  let first = 0;
  let last = 0;
  let h = FIRST * Math.max(1, Math.abs(x[j]!));
  for (let k = 0; k <= HALVINGS; k++, h /= 2) {
    at[j] = x[j]! + h;
    const right = at[j] - x[j]!;
    const above = of(at);
    at[j] = x[j]! - h;
    const left = x[j]! - at[j];
    const below = of(at);
    // Near the domain's end only the smaller distances stay inside it.
    if (!above.every(Number.isFinite) || !below.every(Number.isFinite)) continue;
    if (first === 0) first = h;
    last = h;
    latestBreak = here.map((value, i) => Math.abs((above[i]! - value) / right - (value - below[i]!) / left));
    firstBreak ??= latestBreak;
    const row = [above.map((value, i) => (value - below[i]!) / (right + left))];
    for (const [order, older] of before.entries()) {
      const factor = 4 ** (order + 1);
      row.push(row[order]!.map((value, i) => value + (value - older[i]!) / (factor - 1)));
    }
    for (let order = 1; order < row.length; order++) {
      for (let i = 0; i < rows; i++) {
        const value = row[order]![i]!;
        const estimate = Math.max(
          Math.abs(value - row[order - 1]![i]!),
          Math.abs(value - before[order - 1]![i]!),
        );
        if (estimate <= error[i]!) {
          error[i] = estimate;
          slope[i] = value;
        }
      }
    }
    before = row;
  }
  if (before.length < 2) return { reason: 'The domain ends here.' };
  for (let i = 0; i < rows; i++) {
    // Differences cannot be better than the rounding of what they subtract, over the widest distance.
    error[i] = Math.max(error[i]!, (Number.EPSILON * Math.abs(here[i]!)) / first);
    // The slopes to both sides of a smooth place meet, a thousand times nearer by now; those of a kink do not.
    const rounding = (Number.EPSILON * Math.abs(here[i]!) * 100) / last;
    const kink = latestBreak[i]! > 0.2 * firstBreak![i]! && latestBreak[i]! > rounding;
    if (kink && latestBreak[i]! > 1e-6 * (1 + Math.abs(slope[i]!))) {
      return { reason: 'There is a kink or a jump here.' };
    }
  }
  return { slope, error, first, last };
};
