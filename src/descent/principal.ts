import { symmetricEigen } from '../math/linear.ts';
import type { Trajectory } from './run.ts';

/** Two orthonormal directions (n each), and how much of the path's spread they hold. */
export interface PrincipalPlane {
  readonly u: Float64Array;
  readonly v: Float64Array;
  /** From 0 to 1: part of the sum of the squared distances from the path's mean. */
  readonly share: number;
}

/** Points of a path that are looked at; more say the same. */
const MOST_POINTS = 200;
/** Spread in the second direction below this part of that in the first is rounding. */
const LINE = 1e-12;

/**
 * The two directions in which a path spreads most (principal components; Jolliffe 2002, §1.1): of its finite points,
 * thinned, the leading eigenvectors of the scatter matrix, found from whichever of the two Gram matrices is smaller.
 * A path along a line is completed by the axis that is farthest from it.
 */
export function principalPlane({ length, x }: Pick<Trajectory, 'length' | 'x'>, n: number): PrincipalPlane {
  const stride = Math.max(1, Math.ceil(length / MOST_POINTS));
  const steps = [
    ...new Set([...Array.from({ length: Math.ceil(length / stride) }, (_, k) => k * stride), length - 1]),
  ];
  const points = steps
    .map((k) => x.subarray(k * n, (k + 1) * n))
    .filter((point) => point.every((value) => Math.abs(value) < 1e100));
  const mean = new Float64Array(n);
  for (const point of points) for (let i = 0; i < n; i++) mean[i]! += point[i]! / points.length;
  const away = points.map((point) => point.map((value, i) => value - mean[i]!));
  const total = away.reduce((sum, one) => sum + dot(one, one), 0);

  const found = total > 0 ? leading(away, n) : [];
  const u = found[0] ?? axis(n, []);
  const v = found[1] ?? axis(n, [u]);
  const held = away.reduce((sum, one) => sum + dot(one, u) ** 2 + dot(one, v) ** 2, 0);
  return { u, v, share: total > 0 ? Math.min(1, held / total) : 1 };
}

/** One or two unit vectors. */
function leading(rows: readonly Float64Array[], n: number): Float64Array[] {
  const few = rows.length < n;
  const size = few ? rows.length : n;
  const scale = rows.reduce((most, row) => row.reduce((m, value) => Math.max(m, Math.abs(value)), most), 0);
  const scaled = rows.map((row) => row.map((value) => value / scale));
  const gram = new Float64Array(size * size);
  if (few) {
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) gram[i * size + j] = dot(scaled[i]!, scaled[j]!);
  } else {
    for (const row of scaled)
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) gram[i * n + j]! += row[i]! * row[j]!;
  }
  const { values, vectors } = symmetricEigen(gram, size);
  const directions: Float64Array[] = [];
  for (const k of [size - 1, size - 2]) {
    if (!(values[k]! > LINE * values[size - 1]!)) break;
    const column = Float64Array.from({ length: size }, (_, i) => vectors[i * size + k]!);
    const raw = few ? combined(scaled, column, n) : column;
    directions.push(signed(unit(without(raw, directions))));
  }
  return directions;
}

function combined(rows: readonly Float64Array[], weights: Float64Array, n: number): Float64Array {
  const sum = new Float64Array(n);
  rows.forEach((row, k) => {
    for (let i = 0; i < n; i++) sum[i]! += weights[k]! * row[i]!;
  });
  return sum;
}

/** The coordinate axis farthest from the given directions, made orthogonal to them. */
function axis(n: number, given: readonly Float64Array[]): Float64Array {
  let best = 0;
  const near = (i: number) => given.reduce((sum, one) => sum + one[i]! ** 2, 0);
  for (let i = 1; i < n; i++) if (near(i) < near(best) - 1e-12) best = i;
  const one = new Float64Array(n);
  one[best] = 1;
  return unit(without(one, given));
}

function without(vector: Float64Array, given: readonly Float64Array[]): Float64Array {
  return given.reduce((rest, one) => {
    const part = dot(rest, one);
    return rest.map((value, i) => value - part * one[i]!);
  }, vector);
}

function unit(vector: Float64Array): Float64Array {
  const size = Math.sqrt(dot(vector, vector));
  return vector.map((value) => value / size);
}

/** With its largest component positive. */
function signed(vector: Float64Array): Float64Array {
  const largest = vector.reduce(
    (most, value) => (Math.abs(value) > Math.abs(most) + 1e-12 ? value : most),
    0,
  );
  return largest < 0 ? vector.map((value) => -value) : vector;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
