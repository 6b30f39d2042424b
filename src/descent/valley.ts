import type { GradientField } from './gradientField.ts';

export type Place = readonly [x: number, y: number];

/** A Hessian (xx, xy, yy) by its eigenvalue of larger size, the other one, and the latter's unit eigenvector. */
export interface Valley {
  readonly strong: number;
  readonly weak: number;
  readonly along: readonly [x: number, y: number];
}

export const valley = (h: Float64Array): Valley => {
  const [a, b, d] = h as unknown as [number, number, number];
  const middle = (a + d) / 2;
  const radius = Math.hypot((a - d) / 2, b);
  const [strong, weak] =
    middle >= 0 ? [middle + radius, middle - radius] : [middle - radius, middle + radius];
  // Both rows of H − λI are orthogonal to the strong eigenvector; the longer one is known better.
  const first = Math.hypot(a - strong, b);
  const second = Math.hypot(b, d - strong);
  const along: [number, number] =
    first === 0 && second === 0
      ? [1, 0]
      : first >= second
        ? [(a - strong) / first, b / first]
        : [b / second, (d - strong) / second];
  return { strong, weak, along };
};

/** Steps across, each with a fresh Hessian: near the floor the error is squared by each. */
const STEPS = 8;

/**
 * The floor of the valley beside `from`: where the gradient across it vanishes, by Newton's method across alone, and
 * the slope there along the floor's direction, which is turned to agree with `ahead`. In the window's units; undefined
 * where the floor is further away than `reach`, or there is no curvature to lead there.
 */
export const floor = (
  field: GradientField,
  from: Place,
  reach: number,
  ahead: readonly [x: number, y: number],
):
  | { at: [x: number, y: number]; slope: number; along: [x: number, y: number]; strong: number }
  | undefined => {
  let [x, y] = from;
  let away = 0;
  for (let count = 0; count < STEPS; count++) {
    const length = field.gradient(x, y);
    if (!Number.isFinite(length) || !field.hessian(x, y)) return undefined;
    const { strong, along } = valley(field.h);
    const turn = along[0] * ahead[0] + along[1] * ahead[1] < 0 ? -1 : 1;
    const slope = turn * (along[0] * field.g[0]! + along[1] * field.g[1]!);
    const found = { slope, along: [turn * along[0], turn * along[1]] as [number, number], strong };
    if (length === 0) return { at: [x, y], ...found };
    if (strong === 0) return undefined;
    const across = (along[1] * field.g[0]! - along[0] * field.g[1]!) / strong;
    if (Math.abs(across) <= 1e-4 * Math.abs(slope / strong) || Math.abs(across) < 1e-15) {
      return { at: [x, y], ...found };
    }
    away += Math.abs(across);
    if (!(away <= reach)) return undefined;
    x -= along[1] * across * field.width;
    y += along[0] * across * field.height;
  }
  return undefined;
};
