/** A direction of the plane in which the second derivatives are stationary. */
export interface PrincipalAxis {
  /** The second derivative along it. */
  readonly curvature: number;
  /** Unit. */
  readonly direction: readonly [x: number, y: number];
}

/** Axes of the quadratic form a·x² + 2b·xy + d·y², the lower curvature first; what is rounding alone is 0. */
export function principalAxes(a: number, b: number, d: number): readonly [PrincipalAxis, PrincipalAxis] {
  const angle = Math.atan2(2 * b, a - d) / 2;
  const rounding = 8 * Number.EPSILON * Math.max(Math.abs(a), Math.abs(b), Math.abs(d));
  const axis = (turn: number): PrincipalAxis => {
    const [x, y] = [Math.cos(angle + turn), Math.sin(angle + turn)];
    const curvature = a * x * x + 2 * b * x * y + d * y * y;
    return { curvature: Math.abs(curvature) > rounding ? curvature : 0, direction: [x, y] };
  };
  return [axis(Math.PI / 2), axis(0)];
}

/** A branch of the curve |½·q| = level: an ellipse, the arms of a hyperbola, parallel lines. */
export interface Branch {
  /** Whether the function rises along it, away from the middle. */
  readonly sign: 'up' | 'down';
  readonly closed: boolean;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** Points along a whole ellipse. */
const around = 96;

/**
 * The curve on which the form ½(λ₁u² + λ₂v²) is +level or −level, about the origin, cut off at the distance `reach`:
 * an ellipse where both curvatures have one sign, hyperbolas of both signs at a saddle, lines where one is zero.
 */
export function indicatrix(
  axes: readonly [PrincipalAxis, PrincipalAxis],
  level: number,
  reach: number,
): readonly Branch[] {
  const [low, high] = axes;
  const at = (u: number, v: number) =>
    [u * low.direction[0] + v * high.direction[0], u * low.direction[1] + v * high.direction[1]] as const;
  const radius = (curvature: number) => Math.sqrt((2 * level) / Math.abs(curvature));
  const endless = (length: number) => !(length <= 1e3 * reach);
  const near = (curvature: number) => radius(curvature) <= reach;
  const branches: Branch[] = [];
  const closes =
    low.curvature * high.curvature > 0 && axes.every(({ curvature }) => !endless(radius(curvature)));
  if (closes && (near(low.curvature) || near(high.curvature))) {
    const [p, q] = [radius(low.curvature), radius(high.curvature)];
    const points = Array.from({ length: around }, (_, k) => {
      const angle = (2 * Math.PI * k) / around;
      return at(p * Math.cos(angle), q * Math.sin(angle));
    });
    branches.push({ sign: high.curvature > 0 ? 'up' : 'down', closed: true, points });
  }
  if (closes) return branches;
  for (const [along, across, place] of [
    [low, high, (u: number, v: number) => at(u, v)],
    [high, low, (u: number, v: number) => at(v, u)],
  ] as const) {
    if (along.curvature === 0 || !near(along.curvature)) continue;
    const p = radius(along.curvature);
    // u = p·cosh t, v = q·sinh t; where the other curvature is zero, u = p and v runs on.
    const q = radius(across.curvature);
    const flat = endless(q);
    // Where the distance is `reach`.
    const end = flat ? reach : Math.asinh(Math.sqrt((reach ** 2 - p ** 2) / (p ** 2 + q ** 2)));
    for (const side of [-1, 1]) {
      const points = Array.from({ length: 33 }, (_, k) => {
        const t = (end * (k - 16)) / 16;
        return flat ? place(side * p, t) : place(side * p * Math.cosh(t), q * Math.sinh(t));
      });
      branches.push({ sign: along.curvature > 0 ? 'up' : 'down', closed: false, points });
    }
  }
  return branches;
}
