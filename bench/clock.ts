/** Time of repeatable work. Two cores may be shared with anything, so the fastest of some short batches counts. */
const BATCH = 2;
const BATCHES = 5;

let sunk = 0;
/** Keeps a result alive; read by nobody. */
export const sink = (value: number): void => {
  sunk += value;
};
export const leftOver = () => sunk;

/** Does the work so many times. */
export type Work = (times: number) => number;

export interface Contender {
  readonly work: Work;
  readonly times: number;
}

/** Runs the work until it is warm (milliseconds), and finds how often a batch does it. */
export function prepare(work: Work, warm: number): Contender {
  const end = performance.now() + warm;
  let times = 1;
  for (;;) {
    const start = performance.now();
    sink(work(times));
    const now = performance.now();
    const spent = Math.max(now - start, 1e-3);
    if (now > end && (spent > BATCH / 2 || times === 1)) {
      return { work, times: Math.max(1, Math.round((times * BATCH) / spent)) };
    }
    times = spent < BATCH ? Math.max(times + 1, Math.ceil(times * Math.min(2, BATCH / spent))) : times;
    if (spent > 2 * BATCH) times = Math.max(1, Math.floor(times / 2));
  }
}

/** Nanoseconds for the work once. */
export function fastest({ work, times }: Contender): number {
  let best = Number.POSITIVE_INFINITY;
  for (let batch = 0; batch < BATCHES; batch++) {
    const start = performance.now();
    sink(work(times));
    best = Math.min(best, (performance.now() - start) / times);
  }
  return best * 1e6;
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Median of the ratios taken round by round, so that a slow spell of the machine touches both sides. */
export const ratio = (over: readonly number[], under: readonly number[]): number =>
  median(over.map((value, round) => value / under[round]!));

export const geometricMean = (numbers: readonly number[]): number =>
  Math.exp(numbers.reduce((sum, value) => sum + Math.log(value), 0) / numbers.length);
