/** How a sequence of errors ends: eₖ₊₁ ≈ C·eₖᵖ. */
export interface Rate {
  readonly kind: 'sublinear' | 'linear' | 'superlinear' | 'quadratic';
  /** Estimated p, the median of the last few steps'. */
  readonly order: number;
  /** Geometric mean of eₖ₊₁/eₖ over the last few steps. */
  readonly ratio: number;
}

/** Steps that are looked at: the final approach, not the way there. */
const WINDOW = 6;
/** Orders from which on a sequence is called superlinear, and quadratic; Newton's late steps measure 1.9 to 2.1. */
const SUPERLINEAR = 1.2;
const QUADRATIC = 1.75;
/** Ratio above which a linear sequence is told from a sublinear one no more: k⁻² has it after some hundred steps. */
const SUBLINEAR = 0.995;

/**
 * The rate at which positive errors (f − f*, or ‖∇f‖) fall towards the end; undefined where fewer than four of them do.
 * Ortega & Rheinboldt 1970, section 9.1; the order by p ≈ ln(eₖ₊₁/eₖ) / ln(eₖ/eₖ₋₁). Errors below `floor` times the
 * first are rounding and left out.
 */
export function measuredRate(errors: ArrayLike<number>, floor = 1e-14): Rate | undefined {
  const least = floor * (errors[0] ?? 0);
  const kept = Array.from(errors).filter((error) => Number.isFinite(error) && error > least);
  const logs = kept.slice(-WINDOW - 1).map(Math.log);
  const falls = logs.slice(1).map((log, i) => log - logs[i]!);
  if (falls.length < 3 || falls.reduce((sum, fall) => sum + fall, 0) >= 0) return undefined;
  const orders = falls
    .slice(1)
    .map((fall, i) => fall / falls[i]!)
    .filter((order) => Number.isFinite(order) && order > 0)
    .sort((a, b) => a - b);
  const order = orders[Math.floor(orders.length / 2)] ?? 1;
  const ratio = Math.exp(falls.reduce((sum, fall) => sum + fall, 0) / falls.length);
  if (order >= QUADRATIC) return { kind: 'quadratic', order, ratio };
  if (order >= SUPERLINEAR) return { kind: 'superlinear', order, ratio };
  return { kind: ratio > SUBLINEAR ? 'sublinear' : 'linear', order, ratio };
}
