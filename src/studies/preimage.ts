import { solveCholesky } from '../math/linear.ts';
import type { Study } from './study.ts';

/** Enough for a drag, where the last answer is near. */
const MOST_STEPS = 60;

export interface PreimageAnswer {
  /** n: the point whose image is nearest, from where the search began. */
  readonly at: Float64Array;
  /** m: its image. */
  readonly image: Float64Array;
  /** Whether the image is the target; otherwise the map does not reach it from here, as behind a fold. */
  readonly reached: boolean;
}

/**
 * The point near `from` that a vector function takes to `target`: Newton's method for F(x) = target where it works,
 * with as much Levenberg–Marquardt damping as it needs where the map folds.
 */
export const preimage: Study<
  'preimage',
  { readonly target: readonly number[]; readonly from: readonly number[] },
  PreimageAnswer
> = {
  id: 'preimage',
  dependsOn: 'function',
  unfit: ({ problem }) => (problem.scalar ? 'Only a vector function has an image to point at.' : undefined),
  *run({ problem }, { target, from }) {
    const n = problem.variables.length;
    const m = problem.outputs;
    let at = Float64Array.from(from);
    let miss = away(problem.residual(at), target);
    let damping = 0;
    for (let step = 0; step < MOST_STEPS && size(miss) > 0; step++) {
      const matrix = problem.jacobian(at);
      const normal = new Float64Array(n * n);
      const right = new Float64Array(n);
      for (let i = 0; i < n; i++) {
        for (let row = 0; row < m; row++) {
          right[i]! -= matrix[row * n + i]! * miss[row]!;
          for (let j = 0; j < n; j++) normal[i * n + j]! += matrix[row * n + i]! * matrix[row * n + j]!;
        }
      }
      const trace = normal.reduce((sum, value, index) => sum + (index % (n + 1) === 0 ? value : 0), 0);
      for (let i = 0; i < n; i++) normal[i * (n + 1)]! += damping * trace;
      const move = solveCholesky(normal, right);
      const next = move && at.map((value, i) => value + move[i]!);
      const nextMiss = next && away(problem.residual(next), target);
      if (next && nextMiss && size(nextMiss) < size(miss)) {
        at = next;
        miss = nextMiss;
        damping = damping > 1e-9 ? damping / 8 : 0;
      } else {
        damping = Math.max(1e-9, damping * 8);
        if (damping > 1e9) break;
      }
    }
    const image = problem.residual(at).slice();
    const scale = Math.max(1, ...target.map(Math.abs));
    return { at: at.slice(), image, reached: size(miss) <= 1e-8 * scale };
  },
};

const away = (image: Float64Array, target: readonly number[]): Float64Array =>
  image.map((value, i) => value - target[i]!);
const size = (vector: Float64Array): number => Math.hypot(...vector);
