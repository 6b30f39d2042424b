/** A straight line through points on logarithmic axes: y ≈ factor·x^slope. */
export interface Slope {
  readonly slope: number;
  readonly factor: number;
  /** Largest factor by which a point is off the line, minus 1. */
  readonly misfit: number;
  /** Range of x that was fitted. */
  readonly from: number;
  readonly to: number;
}

/** Least squares on the logarithms; undefined for fewer than two points with positive numbers. */
export function fitSlope(x: ArrayLike<number>, y: ArrayLike<number>): Slope | undefined {
  const points: [number, number][] = [];
  for (let i = 0; i < x.length; i++) {
    if (x[i]! > 0 && y[i]! > 0 && Number.isFinite(y[i])) points.push([Math.log(x[i]!), Math.log(y[i]!)]);
  }
  if (points.length < 2) return undefined;
  const mean = (k: 0 | 1) => points.reduce((sum, point) => sum + point[k], 0) / points.length;
  const [mx, my] = [mean(0), mean(1)];
  let across = 0;
  let along = 0;
  for (const [u, v] of points) {
    across += (u - mx) ** 2;
    along += (u - mx) * (v - my);
  }
  if (across === 0) return undefined;
  const slope = along / across;
  const level = my - slope * mx;
  const off = points.reduce((most, [u, v]) => Math.max(most, Math.abs(v - level - slope * u)), 0);
  const [first, last] = [Math.min(...points.map(([u]) => u)), Math.max(...points.map(([u]) => u))];
  return {
    slope,
    factor: Math.exp(level),
    misfit: Math.expm1(off),
    from: Math.exp(first),
    to: Math.exp(last),
  };
}
