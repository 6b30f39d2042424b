/**
 * Jacobi's methods for small matrices. They keep the small eigenvalues and singular values of badly scaled
 * matrices, which the reduction to tridiagonal or bidiagonal form loses: Demmel & Veselić, SIAM J. Matrix
 * Anal. Appl. 13 (1992), 1204–1245. Matrices are flat, by rows.
 */

const SWEEPS = 40;
/** Numbers are scaled to about this size: its square, times a hundred, is finite, and tiny partners survive. */
const COMFORTABLE = 2 ** 300;

/** The power of two that brings the largest of the numbers near COMFORTABLE; 1 if they are all zero. */
const comfortableScale = (a: Float64Array): number => {
  const largest = a.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return largest === 0 ? 1 : 2 ** Math.min(1023, Math.round(Math.log2(COMFORTABLE / largest)));
};

/** The tangent of the smaller angle that annihilates; Golub & Van Loan 2013, (8.5.2), without overflow. */
const tangent = (theta: number): number => (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(1, theta));

/** ab as a sum of two doubles; Dekker, Numer. Math. 18 (1971), 224–242. For |a|, |b| < 2^995. */
const exactProduct = (a: number, b: number): [product: number, error: number] => {
  const product = a * b;
  const [aHigh, bHigh] = [134217729 * a, 134217729 * b].map((c, k) => c - (c - (k === 0 ? a : b))) as [
    number,
    number,
  ];
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return [product, aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow)];
};

/** ad − bc to rounding, however much the products cancel. */
export const determinant2 = (a: number, b: number, c: number, d: number): number => {
  const [ad, adError] = exactProduct(a, d);
  const [bc, bcError] = exactProduct(b, c);
  const difference = ad - bc + (adError - bcError);
  // Where Dekker's splitting overflows or underflows, the plain form stands.
  return Number.isFinite(difference) ? difference : a * d - b * c;
};

/**
 * Eigenvalues (n, in no order) and eigenvectors (n × n, by columns) of a symmetric matrix (n × n, finite), by
 * Jacobi's rotations; Golub & Van Loan 2013, algorithm 8.5.2.
 */
export const jacobiEigen = (
  matrix: Float64Array,
  n: number,
): { values: Float64Array; vectors: Float64Array } => {
  const scale = comfortableScale(matrix);
  const a = matrix.map((value) => value * scale);
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
  const rotateColumns = (m: Float64Array, p: number, q: number, t: number, c: number) => {
    for (let k = 0; k < n; k++) {
      const left = m[k * n + p]!;
      const right = m[k * n + q]!;
      m[k * n + p] = c * (left - t * right);
      m[k * n + q] = c * (right + t * left);
    }
  };
  const rotate = (p: number, q: number): boolean => {
    const app = a[p * n + p]!;
    const aqq = a[q * n + q]!;
    const apq = a[p * n + q]!;
    if (Math.abs(apq) <= 2 ** -54 * Math.sqrt(Math.abs(app)) * Math.sqrt(Math.abs(aqq))) return false;
    const t = tangent((aqq - app) / (2 * apq));
    const c = 1 / Math.hypot(1, t);
    rotateColumns(vectors, p, q, t, c);
    rotateColumns(a, p, q, t, c);
    for (let k = 0; k < n; k++) {
      a[p * n + k] = a[k * n + p]!;
      a[q * n + k] = a[k * n + q]!;
    }
    a[p * n + p] = app - t * apq;
    a[q * n + q] = aqq + t * apq;
    a[p * n + q] = a[q * n + p] = 0;
    return true;
  };
  sweep(n, rotate);
  const values = new Float64Array(n);
  for (let i = 0; i < n; i++) values[i] = a[i * n + i]! / scale;
  if (n === 2) refineEigenvalues2(values, matrix, scale);
  return { values, vectors };
};

/** The smaller of two eigenvalues as determinant/larger keeps all its digits when the matrix is nearly singular. */
const refineEigenvalues2 = (values: Float64Array, matrix: Float64Array, scale: number) => {
  const [a, b, c, d] = matrix.map((value) => value * scale) as unknown as [number, number, number, number];
  const large = Math.abs(values[0]!) >= Math.abs(values[1]!) ? 0 : 1;
  const largest = values[large]! * scale;
  if (largest !== 0) values[1 - large] = determinant2(a, b, c, d) / largest / scale;
};

/** Rotates every pair until a whole sweep finds nothing to do. */
const sweep = (n: number, rotate: (p: number, q: number) => boolean) => {
  for (let sweeps = 0; sweeps < SWEEPS; sweeps++) {
    let rotated = false;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotated = rotate(p, q) || rotated;
    if (!rotated) return;
  }
};

/**
 * A = U·diag(s)·Vᵀ for A m × n with m ≥ n, finite: s (n, in no order), V (n × n, by columns) and US = U·diag(s)
 * (m × n, by columns), by Hestenes' one-sided rotations; Golub & Van Loan 2013, section 8.6.4.
 */
export const jacobiSvd = (
  matrix: Float64Array,
  m: number,
  n: number,
): { s: Float64Array; US: Float64Array; V: Float64Array } => {
  const scale = comfortableScale(matrix);
  const US = matrix.map((value) => value * scale);
  const V = new Float64Array(n * n);
  for (let i = 0; i < n; i++) V[i * n + i] = 1;
  const dot = (p: number, q: number): number => {
    let sum = 0;
    for (let i = 0; i < m; i++) sum += US[i * n + p]! * US[i * n + q]!;
    return sum;
  };
  const rotateColumns = (a: Float64Array, rows: number, p: number, q: number, t: number, c: number) => {
    for (let i = 0; i < rows; i++) {
      const left = a[i * n + p]!;
      const right = a[i * n + q]!;
      a[i * n + p] = c * (left - t * right);
      a[i * n + q] = c * (right + t * left);
    }
  };
  sweep(n, (p, q) => {
    const pp = dot(p, p);
    const qq = dot(q, q);
    const pq = dot(p, q);
    // A sum of m products is known to about √m units.
    if (Math.abs(pq) <= Number.EPSILON * Math.sqrt(m) * Math.sqrt(pp) * Math.sqrt(qq)) return false;
    const t = tangent((qq - pp) / (2 * pq));
    const c = 1 / Math.hypot(1, t);
    rotateColumns(US, m, p, q, t, c);
    rotateColumns(V, n, p, q, t, c);
    return true;
  });
  const s = new Float64Array(n);
  for (let j = 0; j < n; j++) s[j] = Math.sqrt(dot(j, j)) / scale;
  if (m === 2 && n === 2) {
    const large = s[0]! >= s[1]! ? 0 : 1;
    const [a, b, c, d] = matrix.map((value) => value * scale) as unknown as [number, number, number, number];
    const largest = s[large]! * scale;
    if (largest !== 0) s[1 - large] = Math.abs(determinant2(a, b, c, d)) / largest / scale;
  }
  for (let k = 0; k < US.length; k++) US[k] = US[k]! / scale;
  return { s, US, V };
};
