import type { Counted } from '../counted.ts';
import { strongWolfe, type WolfeOptions } from '../lineSearch.ts';
import type { Point, Trials } from '../method.ts';
import { positive } from '../params.ts';
import { dot, negative, norm } from '../vectors.ts';

/** Constants of the strong Wolfe conditions. */
export const wolfeParams = (c2: number) => ({
  c1: {
    ...positive('Armijo constant c₁', 'c_1', 1e-4, 1e-6, 0.4),
    advanced: true,
    limits: [0, 0.5] as const,
  },
  c2: {
    ...positive('Curvature constant c₂', 'c_2', c2, 0.01, 0.99),
    advanced: true,
    limits: [0.01, 1] as const,
  },
});

/** f of the step before, so that the next search may begin where f would fall as much again. */
export const startPrevious = ({ f, gradient }: Readonly<Point>): number => f + norm(gradient) / 2;

/** First trial length from the last decrease; Nocedal & Wright 2006, eq. 3.60, p. 59. */
export function firstLength(at: Readonly<Point>, previous: number, slope: number): number {
  const t = Math.min(1, (1.01 * 2 * (at.f - previous)) / slope);
  return t > 0 ? t : 1;
}

/** Searches along `direction`, and where that fails along −∇f after `restart`; both fail only at a standstill. */
export function searchOrRestart(
  problem: Counted,
  at: Readonly<Point>,
  direction: Float64Array,
  next: Point,
  options: Pick<WolfeOptions, 'c1' | 'c2' | 'accept'> & { first: (slope: number) => number },
  restart: () => void,
): Trials {
  const { first, ...conditions } = options;
  const slope = dot(at.gradient, direction);
  const trials = strongWolfe(problem, at, direction, next, { ...conditions, first: first(slope) });
  if (trials.failed === undefined) return trials;
  restart();
  const steepest = negative(at.gradient);
  return strongWolfe(problem, at, steepest, next, {
    ...conditions,
    first: Math.min(1, 1 / norm(at.gradient)),
  });
}
