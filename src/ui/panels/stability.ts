import { findMethod } from '../../descent/methods/index.ts';
import { resolveParams } from '../../descent/settings.ts';
import type { Run } from '../../setup.ts';

/** How gradient descent with a constant rate, with or without momentum, behaves on a quadratic. */
export interface Stability {
  /** The learning rate. */
  readonly rate: number;
  /** Neither momentum nor weight decay: one step scales each eigen-direction by 1 − αλ. */
  readonly plain: boolean;
  /** The rate above which the direction of eigenvalue λ > 0 grows; ∞ where no rate is too large. */
  limit(lambda: number): number;
  /** By which the distance along an eigenvector is scaled per step, in the long run with momentum. */
  factor(lambda: number): number;
}

/** The methods that torch.optim.SGD comprises: their steps are linear in the gradient. */
const linear = new Set(['gd', 'momentum', 'nesterov']);

/**
 * Undefined for a method whose steps are not linear in the gradient, and for parameters that make no sense. With
 * x' = x − α(g + μv') (Nesterov) or x − αv', v' = μv + (1 − τ)g and g = λx, the pair (x, v) is multiplied by a 2 × 2
 * matrix each step; it shrinks where both roots of t² − trace·t + det are inside the unit circle (Jury's test).
 */
export function stabilityOf({ method: id, params: given }: Run): Stability | undefined {
  const method = linear.has(id) ? findMethod(id) : undefined;
  if (!method) return undefined;
  const params = resolved(method, given);
  if (!params) return undefined;
  const { lr = 0, momentum: mu = 0, dampening = 0, weightDecay = 0, nesterov = 0 } = params;
  const fresh = mu === 0 ? 1 : 1 - dampening;
  const steep = (lambda: number) => lambda + weightDecay;
  const widest = nesterov ? 1 + mu + mu * fresh : fresh;
  return {
    rate: lr,
    plain: mu === 0 && weightDecay === 0,
    limit(lambda) {
      const largest = (2 * (1 + (mu === 0 ? 0 : mu))) / (widest * steep(lambda));
      return largest > 0 ? largest : Number.POSITIVE_INFINITY;
    },
    factor(lambda) {
      const a = lr * steep(lambda);
      if (mu === 0) return Math.abs(1 - a);
      const [trace, det] = nesterov ? [1 + mu - a - a * mu * fresh, mu * (1 - a)] : [1 + mu - a * fresh, mu];
      const root = trace * trace - 4 * det;
      return root < 0 ? Math.sqrt(det) : (Math.abs(trace) + Math.sqrt(root)) / 2;
    },
  };
}

function resolved(method: NonNullable<ReturnType<typeof findMethod>>, given: Run['params']) {
  try {
    return resolveParams(method, given);
  } catch {
    // What is typed makes no sense yet; the run itself says so.
    return undefined;
  }
}
