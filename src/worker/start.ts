import type { Problem } from '../descent/problem.ts';

/** Candidates for one or two variables: near the origin, off the axes and diagonals, where symmetry hides things. */
const planar: readonly (readonly [number, number])[] = [
  [2, 1],
  [1, 0.5],
  [-1, 0.5],
  [0.5, 0.25],
  [3, 2],
  [0.1, 0.2],
  [-2, -1],
  [5, 3],
  [20, 10],
];

/** Scales of the candidates for more variables. */
const scales = [1, 0.3, 3, 0.05, 10];

/** The fractional parts of multiples of the golden ratio spread evenly and never repeat. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** In [−1, 1], different for each i and far from each other, with few digits to read. */
const spread = (i: number): number => Math.round(200 * (((i + 1) * GOLDEN) % 1) - 100) / 100;

/** ‖∇f‖ that is too small to move from; so large that the usual rates diverge; so large that any rate fails. */
const [FLAT, STEEP, TOO_STEEP] = [1e-3, 100, 1e4];

/**
 * A start for a function that came without one: the first candidate where f and its gradient exist and a step
 * leads somewhere; failing that, the first where f is too steep for the usual rates, or just exists; failing that,
 * the origin.
 */
export function chooseStart(problem: Problem): Float64Array {
  const n = problem.variables.length;
  const gradient = new Float64Array(n);
  let [second, third]: (Float64Array | undefined)[] = [];
  for (const candidate of candidates(n)) {
    const f = problem.valueAndGradient(candidate, gradient);
    const slope = Math.hypot(...gradient.subarray(0, 1000));
    if (!Number.isFinite(f) || !Number.isFinite(slope)) continue;
    if (slope > FLAT && slope < STEEP) return candidate;
    if (slope > FLAT && slope < TOO_STEEP) second ??= candidate;
    else third ??= candidate;
  }
  return second ?? third ?? new Float64Array(n);
}

function candidates(n: number): Float64Array[] {
  if (n <= 2) return planar.map((point) => Float64Array.from(point.slice(0, n)));
  const signed = scales.map((scale) => Float64Array.from({ length: n }, (_, i) => scale * spread(i)));
  // Logarithms and roots want positive numbers.
  return [...signed, ...signed.map((point) => point.map(Math.abs))];
}
