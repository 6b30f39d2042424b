import { svd } from '../../math/linear.ts';
import type { Derived, Moment } from '../method.ts';

/** J = U·diag(s)·Vᵀ with UᵀF: everything that a damped Gauss–Newton step needs. */
export interface Factored {
  readonly s: Float64Array;
  /** n × k by rows. */
  readonly V: Float64Array;
  /** k entries of UᵀF. */
  readonly UF: Float64Array;
  /** Singular values above rounding. */
  readonly rank: number;
}

/** J is m × n by rows. */
export function factor(J: Float64Array, F: Float64Array, n: number): Factored {
  const m = F.length;
  const k = Math.min(m, n);
  const { U, s, V } = svd(J, m, n);
  const UF = new Float64Array(k);
  for (let i = 0; i < m; i++) for (let j = 0; j < k; j++) UF[j] = UF[j]! + U[i * k + j]! * F[i]!;
  const small = Math.max(m, n) * Number.EPSILON * (s[0] ?? 0);
  return { s, V, UF, rank: s.reduce((count, value) => count + (value > small ? 1 : 0), 0) };
}

/** −(JᵀJ + λI)⁻¹JᵀF; for λ = 0 the shortest of the least-squares solutions, −J⁺F. */
export function dampedStep({ s, V, UF, rank }: Factored, lambda: number): Float64Array {
  const k = s.length;
  const p = new Float64Array(V.length / k);
  for (let j = 0; j < rank; j++) {
    const c = (-s[j]! * UF[j]!) / (s[j]! * s[j]! + lambda);
    for (let i = 0; i < p.length; i++) p[i] = p[i]! + c * V[i * k + j]!;
  }
  return p;
}

export const halfSquare = (F: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < F.length; i++) sum += F[i]! * F[i]!;
  return sum / 2;
};

type Residuals = { F: Float64Array; J: Float64Array };

/** JᵀJ and JᵀF for a rule, from the state that holds F and J where the step began. */
export function normalEquations<S extends Residuals>(
  where: (moment: Moment<S, string>) => Readonly<Residuals>,
): Readonly<Record<'JJ' | 'JF', Derived<S, string>>> {
  return {
    JJ: {
      tex: 'J^\\top J',
      of: (moment: Moment<S, string>) => {
        const { J } = where(moment);
        const n = moment.at.x.length;
        return Float64Array.from({ length: n * n }, (_, k) => {
          let sum = 0;
          for (let row = 0; row < J.length; row += n) sum += J[row + Math.floor(k / n)]! * J[row + (k % n)]!;
          return sum;
        });
      },
    },
    JF: {
      tex: 'J^\\top F',
      of: (moment: Moment<S, string>) => {
        const { F, J } = where(moment);
        const n = moment.at.x.length;
        return Float64Array.from({ length: n }, (_, j) =>
          F.reduce((sum, f, i) => sum + J[i * n + j]! * f, 0),
        );
      },
    },
  };
}
