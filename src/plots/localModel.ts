import type { Inspection, Result } from '../worker/protocol.ts';
import { alongPlane, directionOnPlane } from './plane.ts';

/** Taylor's polynomial of degree two about a point, on the plane that is drawn (or on the line of one variable). */
export interface LocalModel {
  /** The point, in the plane's coordinates. */
  readonly origin: readonly [x: number, y: number];
  readonly f: number;
  readonly slope: readonly [x: number, y: number];
  /** Second derivatives: along the first direction, mixed, along the second. */
  readonly bend: readonly [xx: number, xy: number, yy: number];
}

type Derivatives = Pick<Inspection, 'at' | 'f' | 'gradient' | 'hessian'>;

/** The derivatives at a point, as far as they lie in the plane. */
export function modelOnPlane(
  seen: Pick<Result, 'axes' | 'field'>,
  { at, f, gradient, hessian }: Derivatives,
): LocalModel {
  const n = at.length;
  const across = n > 1;
  const u = direction(seen, n, 0);
  const v = across ? direction(seen, n, 1) : new Float64Array(n);
  const [x, y] = alongPlane(seen, at);
  const slope = directionOnPlane(seen, gradient);
  const times = (vector: Float64Array) =>
    Float64Array.from(vector, (_, i) => {
      let sum = 0;
      for (let k = 0; k < n; k += 1) sum += hessian[i * n + k]! * vector[k]!;
      return sum;
    });
  const [hu, hv] = [times(u), times(v)];
  return {
    origin: [x, across ? y : 0],
    f,
    slope: [slope[0], across ? slope[1] : 0],
    bend: [dot(u, hu), dot(u, hv), dot(v, hv)],
  };
}

function direction({ axes, field: { plane } }: Pick<Result, 'axes' | 'field'>, n: number, which: number) {
  if (plane) return which === 0 ? plane.u : plane.v;
  return Float64Array.from({ length: n }, (_, i) => (i === axes[which] ? 1 : 0));
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

/** The model's value at a place of the plane; without the second derivatives for degree 1. */
export function modelAt({ origin, f, slope, bend }: LocalModel, degree: 1 | 2, x: number, y: number): number {
  const [p, q] = [x - origin[0], y - origin[1]];
  const linear = f + slope[0] * p + slope[1] * q;
  return degree === 1 ? linear : linear + (bend[0] * p * p + 2 * bend[1] * p * q + bend[2] * q * q) / 2;
}
