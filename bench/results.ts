import type { StepCost } from './cost.ts';
import type { Growth } from './growth.ts';
import type { MethodTime } from './methods.ts';
import type { PageTimes } from './page.ts';
import type { Steady } from './steady.ts';

export interface Rival {
  /** Milliseconds: text to value and gradient, simplified. */
  readonly build?: number;
  /** Nanoseconds for value and gradient. */
  readonly evaluate?: number;
  /** Milliseconds for 200 × 200 values. */
  readonly gridOf200?: number;
  /** 'stopped' after the limit, or the way in which it cannot. */
  readonly trouble?: string;
}

export interface FormulaResult {
  readonly steady: Steady;
  readonly rival: Rival | undefined;
  /** Milliseconds in a new process, loading included. */
  readonly cold: { readonly ours: number; readonly mathjs: number | undefined } | undefined;
  /** Nanoseconds a call in the first 100 ms. */
  readonly start: { readonly ours: number; readonly hand: number } | undefined;
  /** Milliseconds of the first 10,000 steps. */
  readonly first:
    | { readonly ours: number; readonly cold: number; readonly hand: number; readonly ratio: number }
    | undefined;
}

export interface Held {
  readonly rss: number;
  readonly heap: number;
  readonly external: number;
}

export interface Results {
  readonly node: string;
  readonly compiler: boolean;
  /** Seconds after which mathjs was given up. */
  readonly limit: number;
  readonly formulas: readonly FormulaResult[];
  readonly growth: readonly Growth[];
  /** Nanoseconds a call in the first 100 ms, by size of the Rosenbrock function. */
  readonly warming: readonly { readonly n: number; readonly ours: number; readonly hand: number }[];
  readonly memory:
    | {
        readonly before: number;
        readonly peak: number;
        readonly many: readonly Held[];
        readonly count: number;
      }
    | undefined;
  /** Bytes, minified and gzipped: text to problem alone, the engine's door, and with the linear-algebra library. */
  readonly size: { readonly core: number; readonly alone: number; readonly whole: number } | undefined;
  readonly methods: readonly MethodTime[];
  readonly cost: readonly StepCost[];
  readonly page: readonly PageTimes[];
}
