import { principalPlane } from '../descent/principal.ts';
import type { Setup } from '../setup.ts';
import type { Axes } from './choice.ts';
import type { Path, Plane } from './protocol.ts';
import type { See } from './window.ts';

/** The point through which the plane of a function of more than two variables goes. */
export function lookedAt(
  paths: readonly Path[],
  start: Float64Array,
  look: { readonly run: number; readonly step: number } | undefined,
): Float64Array {
  const n = start.length;
  const path = paths[look?.run ?? 0] ?? paths[0];
  if (n < 3 || !look || !path) return start;
  const step = Math.min(look.step, path.length - 1);
  return path.x.subarray(step * n, (step + 1) * n);
}

/**
 * The plane along which the path spreads most, through a point; undefined where the plane is that of two variables. Its
 * coordinates are counted from where the domain's origin is seen on it, so that they stay while points move.
 */
export function planeOf({ axes }: Setup, path: Path, at: Float64Array): Plane | undefined {
  const n = at.length;
  if (axes !== 'principal' || n < 3) return undefined;
  const { u, v, share } = principalPlane(path, n);
  const [a, b] = [dot(at, u), dot(at, v)];
  return { origin: at.map((value, i) => value - a * u[i]! - b * v[i]!), u, v, share };
}

/** How points are seen on the plane that is drawn. */
export function seenOn(axes: Axes, plane: Plane | undefined): See {
  if (!plane) return (point) => [point[axes[0]]!, point[axes[1]]!];
  const { u, v } = plane;
  return (point) => [dot(point, u), dot(point, v)];
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
