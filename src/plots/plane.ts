import type { Result } from '../worker/protocol.ts';
import { displayName } from './names.ts';

type Seen = Pick<Result, 'axes' | 'field'>;

/** Where a point lies on the plane that is drawn, seen from above it. */
export function alongPlane(
  { axes, field }: Seen,
  x: ArrayLike<number>,
): [horizontal: number, vertical: number] {
  const { plane } = field;
  if (!plane) return [x[axes[0]] ?? 0, x[axes[1]] ?? 0];
  const place: [number, number] = [0, 0];
  for (let i = 0; i < x.length; i += 1) {
    const away = x[i]! - plane.origin[i]!;
    place[0] += away * plane.u[i]!;
    place[1] += away * plane.v[i]!;
  }
  return place;
}

/** A direction of the domain as it is seen on the plane. */
export function directionOnPlane({ axes, field }: Seen, direction: ArrayLike<number>): [number, number] {
  const { plane } = field;
  if (!plane) return [direction[axes[0]] ?? 0, direction[axes[1]] ?? 0];
  return [dot(direction, plane.u), dot(direction, plane.v)];
}

/** The point at a place of the plane, moved within the plane from where `at` is. */
export function pointOnPlane(
  seen: Seen,
  [horizontal, vertical]: readonly [number, number],
  at: ArrayLike<number>,
): number[] {
  const { axes, field } = seen;
  const { plane } = field;
  const point = Array.from(at);
  if (!plane) {
    point[axes[0]] = horizontal;
    point[axes[1]] = vertical;
    return point;
  }
  const [h, v] = alongPlane(seen, at);
  return point.map((value, i) => value + (horizontal - h) * plane.u[i]! + (vertical - v) * plane.v[i]!);
}

/** Distance of a point from the plane that is drawn. */
export function distanceFromPlane({ axes, field }: Seen, x: ArrayLike<number>): number {
  const { plane, at } = field;
  const origin = plane?.origin ?? at;
  let squares = 0;
  for (let i = 0; i < x.length; i += 1) {
    if (plane || !axes.includes(i)) squares += (x[i]! - origin[i]!) ** 2;
  }
  if (!plane) return Math.sqrt(squares);
  const [h, v] = alongPlane({ axes, field }, x);
  return Math.sqrt(Math.max(0, squares - h * h - v * v));
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i]! * b[i]!;
  return sum;
}

/** Names of the two directions of the plane. */
export function planeNames({
  axes,
  field,
  variables,
}: Pick<Result, 'axes' | 'field' | 'variables'>): [string, string] {
  if (field.plane) return ['p₁', 'p₂'];
  return [displayName(variables[axes[0]] ?? ''), displayName(variables[axes[1]] ?? '')];
}
