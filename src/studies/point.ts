import type { Study } from './study.ts';

export interface PointAnswer {
  /** n: where. */
  readonly at: Float64Array;
  /** NaN where f has no value. */
  readonly f: number;
  /** n: of what goes down; NaN where f has no value. */
  readonly gradient: Float64Array;
}

/** f and ∇f at any point, such as the one under the pointer. */
export const point: Study<'point', Record<never, never>, PointAnswer> = {
  id: 'point',
  dependsOn: 'function',
  // biome-ignore lint/correctness/useYield: one evaluation needs no pause
  *run({ problem, at }) {
    const gradient = new Float64Array(at.length);
    const f = problem.valueAndGradient(at, gradient);
    return { at: at.slice(), f, gradient: Number.isFinite(f) ? gradient : gradient.fill(Number.NaN) };
  },
};
