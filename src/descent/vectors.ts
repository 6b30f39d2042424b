export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

export const norm = (a: Float64Array): number => Math.sqrt(dot(a, a));

/** Writes x + t·p into `into`. */
export function along(x: Float64Array, t: number, p: Float64Array, into: Float64Array): void {
  for (let i = 0; i < x.length; i++) into[i] = x[i]! + t * p[i]!;
}

export const negative = (a: Float64Array): Float64Array => a.map((value) => -value);
