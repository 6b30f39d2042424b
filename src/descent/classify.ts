import { curvature } from '../math/linear.ts';
import { type GradientField, newtonStep } from './gradientField.ts';
import type { Place } from './valley.ts';

export type Kind = 'minimum' | 'maximum' | 'saddle' | 'degenerate';

/**
 * An eigenvalue, in units where the window is 1 × 1, is zero when it is below this share of the Hessian's size around
 * the point, and Newton's method, started beside the point in its direction, does not come ten times nearer in a step.
 */
export const ZERO = 1e-6;
/** How far beside the point Newton's method starts. */
const BESIDE = [1e-4, 1e-6];
/** How far 'around the point' is, in the window's units. */
export const AROUND = 0.01;

/** Eight directions; exactly along the axes, where flat pieces often end. */
const DIRECTIONS = [
  [1, 0],
  [Math.SQRT1_2, Math.SQRT1_2],
  [0, 1],
  [-Math.SQRT1_2, Math.SQRT1_2],
  [-1, 0],
  [-Math.SQRT1_2, -Math.SQRT1_2],
  [0, -1],
  [Math.SQRT1_2, -Math.SQRT1_2],
] as const;

/** The largest gradient on a small circle; how many of eight points on it have none at all; NaN at a domain's end. */
export const ring = (field: GradientField, at: Place, radius: number): { largest: number; zeros: number } => {
  let largest = 0;
  let zeros = 0;
  for (const [u, v] of DIRECTIONS) {
    const length = field.gradient(at[0] + radius * u * field.width, at[1] + radius * v * field.height);
    if (!(length <= largest)) largest = length;
    if (length === 0) zeros++;
  }
  return { largest, zeros };
};

/** The kind of a critical point, and the size of the Hessian around it, in the window's units. */
export const classify = (field: GradientField, at: Place): { kind: Kind; scale: number } => {
  const { g, h, width, height } = field;
  let scale = 0;
  for (const [u, v] of DIRECTIONS) {
    const finite = field.hessian(at[0] + AROUND * u * width, at[1] + AROUND * v * height);
    if (finite) scale = Math.max(scale, Math.abs(h[0]!), Math.abs(h[1]!), Math.abs(h[2]!));
  }
  if (!field.hessian(...at)) return { kind: 'degenerate', scale };
  const [a, b, d] = h as unknown as [number, number, number];
  scale = Math.max(scale, Math.abs(a), Math.abs(b), Math.abs(d));
  const { eigenvalues, eigenvectors } = curvature(Float64Array.of(a, b, b, d), 2);
  const [low, high] = eigenvalues as unknown as [number, number];
  const isZero = (eigenvalue: number, k: number): boolean => {
    if (Math.abs(eigenvalue) > ZERO * scale) return false;
    return BESIDE.every((away) => {
      const [u, v] = [eigenvectors[k]! * away, eigenvectors[2 + k]! * away];
      const x = at[0] + u * width;
      const y = at[1] + v * height;
      const step = new Float64Array(2);
      field.gradient(x, y);
      if (!field.hessian(x, y) || !newtonStep(h, g, step)) return true;
      return !(Math.hypot(u + step[0]!, v + step[1]!) < 0.1 * away);
    });
  };
  if (isZero(low, 0) || isZero(high, 1)) return { kind: 'degenerate', scale };
  return { kind: low > 0 ? 'minimum' : high < 0 ? 'maximum' : 'saddle', scale };
};
