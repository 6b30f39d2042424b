import { findMethod } from '../descent/methods/index.ts';
import { resolveParams } from '../descent/settings.ts';
import { norm } from '../descent/vectors.ts';
import { type Curvature, curvature as curvatureOf } from '../math/linear.ts';
import type { Study } from './study.ts';

/** Eigenvalues cannot be left halfway: of so many variables they take 0.2 s here, and well below 2 s on a phone. */
export const MOST_VARIABLES = 300;
/** ‖∇f‖ below which a point is named as critical, where `tol` is not larger. */
const CRITICAL = 1e-6;

export type Definiteness =
  | 'positive definite'
  | 'negative definite'
  | 'indefinite'
  | 'positive semidefinite'
  | 'negative semidefinite'
  | 'zero'
  | 'unknown';

export interface CurvatureAnswer extends Curvature {
  readonly n: number;
  /** n: where. */
  readonly at: Float64Array;
  readonly f: number;
  /** n × n by rows. */
  readonly hessian: Float64Array;
  readonly gradientNorm: number;
  /** Eigenvalues of at most this magnitude count as zero: the part max(n·2⁻⁵², 1e-12) of the largest. */
  readonly zero: number;
  readonly definiteness: Definiteness;
  /** How f bends here: a bowl, a dome, a saddle, a valley or ridge with flat directions, flat. */
  readonly shape: 'bowl' | 'dome' | 'saddle' | 'valley' | 'ridge' | 'flat' | 'none';
  /** How many eigenvalues are above, below and at zero. */
  readonly signs: { readonly positive: number; readonly negative: number; readonly zero: number };
  /** What kind of critical point this is; absent where ‖∇f‖ is not small. */
  readonly kind?: 'minimum' | 'maximum' | 'saddle' | 'degenerate';
  /** 2/(λmin + λmax), the best constant rate for a quadratic bowl; NaN where the Hessian is not positive definite. */
  readonly bestRate: number;
  /** (κ − 1)/(κ + 1), by which the distance shrinks per step at that rate; NaN likewise. */
  readonly bestFactor: number;
  /** The run's rate before any schedule; absent for a method without one. */
  readonly rate?: number;
  /** n: |1 − αλᵢ|, by which a step of plain gradient descent scales the distance along eigenvector i. */
  readonly factors?: Float64Array;
  /** Whether all factors are below 1. */
  readonly stable?: boolean;
}

/** Curvature of what is minimised at a point. */
export const curvature: Study<'curvature', Record<never, never>, CurvatureAnswer> = {
  id: 'curvature',
  dependsOn: 'step',
  unfit: ({ problem: { variables } }) =>
    variables.length === 0
      ? 'A constant has no curvature.'
      : variables.length > MOST_VARIABLES
        ? `Eigenvalues of ${variables.length} × ${variables.length} matrices are not computed here; up to ${MOST_VARIABLES} are.`
        : undefined,
  *run({ problem, setup, run, at }) {
    const n = at.length;
    const gradient = new Float64Array(n);
    const f = problem.valueAndGradient(at, gradient);
    const hessian = problem.hessian(at);
    const found = curvatureOf(hessian, n);
    const { eigenvalues } = found;
    const largest = eigenvalues.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const zero = Math.max(n * Number.EPSILON, 1e-12) * largest;
    const positive = eigenvalues.filter((value) => value > zero).length;
    const negative = eigenvalues.filter((value) => value < -zero).length;
    const signs = { positive, negative, zero: n - positive - negative };
    const known = eigenvalues.every(Number.isFinite);
    const definiteness = known ? named(signs) : 'unknown';
    const gradientNorm = norm(gradient);
    const low = eigenvalues[0]!;
    const high = eigenvalues[n - 1]!;
    const bowl = definiteness === 'positive definite';
    const { method, params } = setup.runs[run]!;
    const described = findMethod(method);
    const rate = described && resolveParams(described, params).lr;
    const factors = rate === undefined ? undefined : eigenvalues.map((value) => Math.abs(1 - rate * value));
    return {
      ...found,
      n,
      at: at.slice(),
      f,
      hessian: hessian.slice(),
      gradientNorm,
      zero,
      definiteness,
      shape: shapes[definiteness],
      signs,
      ...(known && gradientNorm <= Math.max(CRITICAL, setup.tol) && { kind: kindOf(signs) }),
      bestRate: bowl ? 2 / (low + high) : Number.NaN,
      bestFactor: bowl ? (high - low) / (high + low) : Number.NaN,
      ...(rate !== undefined && factors && { rate, factors, stable: factors.every((factor) => factor < 1) }),
    };
  },
};

function named({ positive, negative, zero }: CurvatureAnswer['signs']): Definiteness {
  if (positive > 0 && negative > 0) return 'indefinite';
  if (positive > 0) return zero > 0 ? 'positive semidefinite' : 'positive definite';
  if (negative > 0) return zero > 0 ? 'negative semidefinite' : 'negative definite';
  return 'zero';
}

const shapes = {
  'positive definite': 'bowl',
  'negative definite': 'dome',
  indefinite: 'saddle',
  'positive semidefinite': 'valley',
  'negative semidefinite': 'ridge',
  zero: 'flat',
  unknown: 'none',
} as const;

/** A critical point with two signs is a saddle whatever its zeros; otherwise a zero leaves it open. */
function kindOf({ positive, negative, zero }: CurvatureAnswer['signs']) {
  if (positive > 0 && negative > 0) return 'saddle';
  if (zero > 0) return 'degenerate';
  return positive > 0 ? 'minimum' : 'maximum';
}
