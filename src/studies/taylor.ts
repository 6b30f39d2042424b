import type { Problem } from '../descent/problem.ts';
import { uniform } from '../descent/random.ts';
import { dot } from '../descent/vectors.ts';
import { solveCholesky, solveLinear } from '../math/linear.ts';
import type { Range } from '../setup.ts';
import { fitSlope, type Slope } from './slope.ts';
import type { Study, StudyContext } from './study.ts';

export interface TaylorOptions {
  /** Lattice of the models on the plot's window; absent: none. For one variable only the columns count. */
  readonly lattice?: { readonly columns: number; readonly rows: number };
  /** The plane origin + a·u + b·v that the plot shows (n each), where it is not that of two variables. */
  readonly plane?: {
    readonly origin: readonly number[];
    readonly u: readonly number[];
    readonly v: readonly number[];
  };
  /** Whether the errors against the distance are wanted too. */
  readonly errors?: boolean;
}

/** The models on a lattice, row 0 at y's minimum, both ends included. */
export interface TaylorLattice {
  readonly columns: number;
  readonly rows: number;
  readonly x: Range;
  readonly y: Range;
  /** rows × columns: f + g·d, and f + g·d + ½dᵀHd. */
  readonly linear: Float64Array;
  readonly quadratic: Float64Array;
}

export interface TaylorError {
  /** Largest error over the directions at each distance; NaN where f has no value in some direction. */
  readonly errors: Float64Array;
  /** 2 for the linear model, 3 for the quadratic one. */
  readonly expected: 2 | 3;
  /** The line through the part that shows the order: above rounding, at the shorter distances. */
  readonly fit?: Slope;
  /**
   * 'expected' the slope is that of a smooth function, 'higher' it is steeper (the next derivative vanishes here),
   * 'exact' no error above rounding, 'not smooth' it is flatter, 'unclear' no straight line, 'no value' f or a derivative
   * does not exist here.
   */
  readonly verdict: 'expected' | 'higher' | 'exact' | 'not smooth' | 'unclear' | 'no value';
}

export interface TaylorAnswer {
  /** n. */
  readonly at: Float64Array;
  readonly f: number;
  readonly gradient: Float64Array;
  /** n × n by rows. */
  readonly hessian: Float64Array;
  readonly lattice?: TaylorLattice;
  /** Where the quadratic model is stationary; absent where its Hessian is singular. */
  readonly stationary?: {
    /** n: the Newton step −H⁻¹g, and where it leads. */
    readonly step: Float64Array;
    readonly point: Float64Array;
    readonly kind: 'minimum' | 'maximum' | 'saddle';
    /** The model there, and f itself (NaN outside the domain). */
    readonly model: number;
    readonly f: number;
  };
  readonly errors?: {
    /** Ascending, 8 to a decade. */
    readonly distances: Float64Array;
    /** Number of directions at each distance. */
    readonly directions: number;
    /** Errors up to this size are rounding; by distance. */
    readonly rounding: Float64Array;
    readonly linear: TaylorError;
    readonly quadratic: TaylorError;
  };
}

const MOST_VARIABLES = 400;
const MOST_LATTICE = 1_000_000;
/** Distances: a decade's share, and how many decades below the window's size. */
const PER_DECADE = 8;
const DECADES = 7;
/** Points of a fit: a decade. */
const FITTED = PER_DECADE + 1;
/** Slopes within this of the expected one count as it; beyond it as steeper or flatter. */
const NEAR = 0.15;
/** A fit whose points are off the line by more than this factor, minus 1, is no straight line. */
const CROOKED = 0.5;

/** The linear and the quadratic Taylor model at a point, and how their errors fall with the distance. */
export const taylor: Study<'taylor', TaylorOptions, TaylorAnswer> = {
  id: 'taylor',
  dependsOn: 'step',
  usesWindow: true,
  unfit: ({ problem: { variables } }) =>
    variables.length === 0
      ? 'A constant is its own model.'
      : variables.length > MOST_VARIABLES
        ? `Models of ${variables.length} variables are not computed here; up to ${MOST_VARIABLES} are.`
        : undefined,
  *run(context, { lattice, plane, errors }) {
    const { problem } = context;
    const at = context.at.slice();
    const n = at.length;
    const gradient = new Float64Array(n);
    const f = problem.valueAndGradient(at, gradient);
    const hessian = problem.hessian(at).slice();
    const model: Model = { at, f, gradient, hessian };
    if (context.pause()) yield;
    const stationary = stationaryOf(problem, model);
    return {
      ...model,
      ...(lattice && { lattice: latticeOf(context, model, lattice, plane) }),
      ...(stationary && { stationary }),
      ...(errors && { errors: yield* errorsOf(context, model) }),
    };
  },
};

type Model = Pick<TaylorAnswer, 'at' | 'f' | 'gradient' | 'hessian'>;

/** dᵀHd. */
function bend({ hessian }: Model, d: Float64Array, e = d): number {
  const n = d.length;
  let sum = 0;
  for (let i = 0; i < n; i++) if (d[i] !== 0) sum += d[i]! * dot(hessian.subarray(i * n, i * n + n), e);
  return sum;
}

function stationaryOf(problem: Problem, model: Model): TaylorAnswer['stationary'] {
  const { at, f, gradient, hessian } = model;
  const step = solveLinear(
    hessian,
    gradient.map((g) => -g),
  );
  if (!step?.every(Number.isFinite)) return undefined;
  const negative = hessian.map((entry) => -entry);
  const isBowl = solveCholesky(hessian, gradient) !== undefined;
  const isDome = !isBowl && solveCholesky(negative, gradient) !== undefined;
  const point = at.map((x, i) => x + step[i]!);
  return {
    step,
    point,
    kind: isBowl ? 'minimum' : isDome ? 'maximum' : 'saddle',
    model: f + dot(gradient, step) / 2,
    f: problem.value(point),
  };
}

/** On a plane the quadratic model is one of two variables, whose six coefficients are all that is needed. */
function latticeOf(
  { setup, axes }: StudyContext,
  model: Model,
  { columns, rows }: { readonly columns: number; readonly rows: number },
  plane: TaylorOptions['plane'],
): TaylorLattice {
  const { at, f, gradient } = model;
  const n = at.length;
  const unit = (k: number) => Float64Array.from({ length: n }, (_, i) => (i === k ? 1 : 0));
  const x = setup.x ?? [at[axes[0]]! - 1, at[axes[0]]! + 1];
  const y = setup.y ?? [-1, 1];
  const flat = n === 1;
  const u = plane ? Float64Array.from(plane.u) : unit(axes[0]);
  const v = plane ? Float64Array.from(plane.v) : flat ? new Float64Array(1) : unit(axes[1]);
  // Where the point itself stands on the plane; the part off the plane is that of the point.
  const away = plane && at.map((value, i) => value - plane.origin[i]!);
  const [a0, b0] = away ? [dot(away, u), dot(away, v)] : [at[axes[0]]!, flat ? 0 : at[axes[1]]!];
  const [gu, gv] = [dot(gradient, u), dot(gradient, v)];
  const [huu, huv, hvv] = [bend(model, u), bend(model, u, v), bend(model, v)];
  const across = Math.max(2, Math.round(columns));
  const up = flat ? 1 : Math.max(2, Math.min(Math.round(rows), Math.floor(MOST_LATTICE / across)));
  const linear = new Float64Array(across * up);
  const quadratic = new Float64Array(across * up);
  for (let row = 0; row < up; row++) {
    const b = flat ? 0 : y[0] + ((y[1] - y[0]) * row) / (up - 1) - b0;
    for (let column = 0; column < across; column++) {
      const a = x[0] + ((x[1] - x[0]) * column) / (across - 1) - a0;
      const k = row * across + column;
      linear[k] = f + gu * a + gv * b;
      quadratic[k] = linear[k]! + (huu * a * a) / 2 + huv * a * b + (hvv * b * b) / 2;
    }
  }
  return { columns: across, rows: up, x, y, linear, quadratic };
}

function* errorsOf(
  { problem, setup, pause }: StudyContext,
  model: Model,
): Generator<undefined, NonNullable<TaylorAnswer['errors']>> {
  const { at, f, gradient } = model;
  const n = at.length;
  const directions = directionsOf(n, gradient);
  const parts = directions.map((d) => ({ d, slope: dot(gradient, d), bend: bend(model, d) }));
  const size = Math.max(...[setup.x, setup.y].map((range) => (range ? (range[1] - range[0]) / 2 : 0)), 0);
  const farthest = size > 0 && n <= 2 ? size : Math.max(1, ...at.slice(0, 1000).map(Math.abs));
  const distances = Float64Array.from(
    { length: DECADES * PER_DECADE + 1 },
    (_, k) => farthest * 10 ** (k / PER_DECADE - DECADES),
  );
  const linear = new Float64Array(distances.length);
  const quadratic = new Float64Array(distances.length);
  const rounding = new Float64Array(distances.length);
  const point = new Float64Array(n);
  for (const [k, h] of distances.entries()) {
    for (const part of parts) {
      // What is walked is what the sum of doubles says, not h itself.
      let reached = 0;
      for (let i = 0; i < n; i++) {
        point[i] = at[i]! + h * part.d[i]!;
        reached += (point[i]! - at[i]!) * part.d[i]!;
      }
      const first = f + reached * part.slope;
      const value = problem.value(point);
      const bent = (reached * reached * part.bend) / 2;
      linear[k] = worst(linear[k]!, Math.abs(value - first));
      quadratic[k] = worst(quadratic[k]!, Math.abs(value - first - bent));
      const terms = Math.abs(f) + Math.abs(value) + h * Math.abs(part.slope) + Math.abs(bent);
      rounding[k] = Math.max(rounding[k]!, 4 * Number.EPSILON * terms);
    }
    if (pause()) yield;
  }
  raiseToNoise(rounding, quadratic);
  const judge = (errors: Float64Array, expected: 2 | 3): TaylorError => ({
    errors,
    expected,
    ...judged(distances, errors, rounding, expected),
  });
  return {
    distances,
    directions: directions.length,
    rounding,
    linear: judge(linear, 2),
    quadratic: judge(quadratic, 3),
  };
}

const worst = (a: number, b: number): number =>
  Number.isNaN(a) || Number.isNaN(b) ? Number.NaN : Math.max(a, b);

/** f may round more than its size tells: what does not fall over the shortest decade and a half is rounding. */
function raiseToNoise(rounding: Float64Array, quadratic: Float64Array): void {
  const near = quadratic.subarray(0, PER_DECADE + PER_DECADE / 2);
  const half = near.length / 2;
  const most = (from: number, to: number) => near.subarray(from, to).reduce((a, b) => Math.max(a, b), 0);
  const level = most(0, near.length);
  if (!(most(half, near.length) < 2.5 * most(0, half))) return;
  for (let k = 0; k < rounding.length; k++) rounding[k] = Math.max(rounding[k]!, level);
}

/** Looks at the shortest decade of distances whose errors stand clear of rounding. */
function judged(
  distances: Float64Array,
  errors: Float64Array,
  rounding: Float64Array,
  expected: number,
): Pick<TaylorError, 'fit' | 'verdict'> {
  if (Number.isNaN(errors[0]!)) return { verdict: 'no value' };
  const clear = Array.from(errors.keys()).filter((k) => errors[k]! > 20 * rounding[k]!);
  if (clear.length === 0) return { verdict: 'exact' };
  // Up to the first gap: beyond it lie other pieces of the function.
  const first = clear[0]!;
  const run = clear.filter((k, i) => k === first + i).slice(0, FITTED);
  if (run.length < 4) return { verdict: 'unclear' };
  const fit = fitSlope(
    run.map((k) => distances[k]!),
    run.map((k) => errors[k]!),
  );
  if (!fit) return { verdict: 'unclear' };
  if (fit.misfit > CROOKED) return { fit, verdict: 'unclear' };
  const over = fit.slope - expected;
  return { fit, verdict: Math.abs(over) <= NEAR ? 'expected' : over > 0 ? 'higher' : 'not smooth' };
}

/** Unit vectors: both ways in one variable, evenly around in two, else seeded ones and those along the gradient. */
function directionsOf(n: number, gradient: Float64Array): Float64Array[] {
  if (n === 1) return [Float64Array.of(1), Float64Array.of(-1)];
  if (n === 2) {
    return Array.from({ length: 16 }, (_, k) => {
      const angle = (2 * Math.PI * (k + 0.3)) / 16;
      return Float64Array.of(Math.cos(angle), Math.sin(angle));
    });
  }
  const draw = uniform(n);
  const drawn = Array.from({ length: 16 }, () =>
    Float64Array.from({ length: n }, () => draw() + draw() + draw() + draw() - 2),
  );
  const given = [gradient, gradient.map((g) => -g)];
  return [...given, ...drawn].flatMap((vector) => {
    const length = Math.sqrt(dot(vector, vector));
    return length > 0 && Number.isFinite(length) ? [vector.map((value) => value / length)] : [];
  });
}
