import { symmetricEigen } from '../../math/linear.ts';
import { dot, norm } from '../vectors.ts';

/** Length of the step against the radius, and the model's value against its least; Conn, Gould & Toint, p. 193. */
const EASY = 0.1;
const HARD = 0.2;

/** Lower triangle L with LLᵀ = H + σI, n × n by rows; undefined where the matrix is not positive definite. */
export function choleskyShifted(H: Float64Array, sigma: number, n: number): Float64Array | undefined {
  const L = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = H[i * n + j]! + (i === j ? sigma : 0);
      for (let k = 0; k < j; k++) sum -= L[i * n + k]! * L[j * n + k]!;
      if (i > j) L[i * n + j] = sum / L[j * n + j]!;
      else if (sum > 0) L[j * n + j] = Math.sqrt(sum);
      else return undefined;
    }
  }
  return L;
}

/** L⁻¹b. */
function forward(L: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  const w = b.slice();
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) w[i] = w[i]! - L[i * n + k]! * w[k]!;
    w[i] = w[i]! / L[i * n + i]!;
  }
  return w;
}

/** −(LLᵀ)⁻¹g. */
function descent(L: Float64Array, g: Float64Array): Float64Array {
  const n = g.length;
  const p = forward(L, g);
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) p[i] = p[i]! - L[k * n + i]! * p[k]!;
    p[i] = p[i]! / L[i * n + i]!;
  }
  return p.map((value) => -value);
}

/** Lowest eigenvalue of H, and a unit vector of it. */
function lowestMode(H: Float64Array, n: number): { value: number; vector: Float64Array } {
  const { values, vectors } = symmetricEigen(H, n);
  let lowest = 0;
  for (let k = 1; k < n; k++) if (values[k]! < values[lowest]!) lowest = k;
  return {
    value: values[lowest]!,
    vector: Float64Array.from({ length: n }, (_, i) => vectors[i * n + lowest]!),
  };
}

export interface Solution {
  readonly p: Float64Array;
  /** The shift σ; 0 where the step is the Newton step inside the region. */
  readonly sigma: number;
}

/**
 * Nearly the minimiser of gᵀp + ½pᵀHp in the ball ‖p‖ ≤ radius: p = −(H + σI)⁻¹g with the least σ ≥ 0 that makes
 * H + σI positive definite and p short enough, found by Newton's method on 1/‖p(σ)‖ between bounds; in the hard case,
 * where no σ makes p long enough, lengthened along the lowest eigenvector. Moré & Sorensen 1983, section 3; Conn,
 * Gould & Toint 2000, algorithm 7.3.4, p. 193.
 */
export function subproblem(H: Float64Array, g: Float64Array, radius: number): Solution {
  const n = g.length;
  const size = norm(g);
  let frobenius = 0;
  let leastDiagonal = Number.POSITIVE_INFINITY;
  for (let k = 0; k < n * n; k++) frobenius += H[k]! * H[k]!;
  frobenius = Math.sqrt(frobenius);
  for (let i = 0; i < n; i++) leastDiagonal = Math.min(leastDiagonal, H[i * n + i]!);
  let low = Math.max(0, -leastDiagonal, size / radius - frobenius);
  let high = Math.max(0, size / radius + frobenius);
  const between = () => Math.max(Math.sqrt(low * high), low + 0.01 * (high - low));
  let sigma = low === 0 ? 0 : between();
  let mode: { value: number; vector: Float64Array } | undefined;
  let best: Solution = { p: new Float64Array(n), sigma };

  for (let k = 0; k < 100; k++) {
    const L = choleskyShifted(H, sigma, n);
    if (!L) {
      mode ??= lowestMode(H, n);
      low = Math.max(low, sigma, -mode.value);
      sigma = between();
      if (!(sigma > low)) sigma = low * (1 + 4 * Number.EPSILON) + Number.MIN_VALUE;
      continue;
    }
    const p = descent(L, g);
    const length = norm(p);
    best = { p, sigma };
    if (length <= radius && sigma === 0) break;
    if (Math.abs(length - radius) <= EASY * radius && length >= radius) break;
    const w = forward(L, p);
    const newton = sigma + (dot(p, p) / dot(w, w)) * ((length - radius) / radius);
    if (length > radius) {
      low = Math.max(low, sigma);
      sigma = newton;
      continue;
    }
    // Too short: either lengthened along the lowest curvature at little cost to the model, or σ was too large.
    mode ??= lowestMode(H, n);
    const z = mode.vector;
    const curvature = Math.max(mode.value + sigma, 0);
    const pz = dot(p, z);
    const root = Math.sqrt(pz * pz + radius * radius - length * length);
    const tau = Math.abs(root - pz) < Math.abs(-root - pz) ? root - pz : -root - pz;
    let bend = 0;
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) bend += p[i]! * H[i * n + j]! * p[j]!;
    if (tau * tau * curvature <= HARD * (bend + sigma * radius * radius)) {
      best = { p: p.map((value, i) => value + tau * z[i]!), sigma };
      break;
    }
    high = sigma;
    low = Math.max(low, sigma - curvature);
    sigma = newton > low && choleskyShifted(H, newton, n) ? newton : between();
    if (!(high - low > 4 * Number.EPSILON * high)) break;
  }
  return best;
}
