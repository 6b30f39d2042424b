/** A symmetric form a·u² + 2b·u·v + d·v² of the plane. */
export type Form = readonly [a: number, b: number, d: number];
/** A step in the plane, along the two axes. */
export type Place = readonly [horizontal: number, vertical: number];

/** Where a form is 1 and where it is −1, as curves about 0; one of them is empty for a definite form. */
export interface Levels {
  readonly positive: readonly (readonly Place[])[];
  readonly negative: readonly (readonly Place[])[];
}

/** Beyond so many variables a matrix is not inverted for the sake of a picture. */
const MOST_INVERTED = 60;

/** The part of an n × n matrix, by rows, that acts in the plane of two variables. */
export function section(
  matrix: Float64Array,
  n: number,
  [first, second]: readonly [number, number],
): Form | undefined {
  const form = [
    matrix[first * n + first]!,
    (matrix[first * n + second]! + matrix[second * n + first]!) / 2,
    matrix[second * n + second]!,
  ] as const;
  return form.every(Number.isFinite) ? form : undefined;
}

/** The same of the inverse of a matrix. */
export function inverseSection(
  matrix: Float64Array,
  n: number,
  axes: readonly [number, number],
): Form | undefined {
  const inverse = n <= MOST_INVERTED ? inverted(matrix, n) : undefined;
  return inverse && section(inverse, n, axes);
}

/** By Gauss and Jordan with row pivots; undefined for a singular matrix. */
function inverted(matrix: Float64Array, n: number): Float64Array | undefined {
  const rows = Array.from({ length: n }, (_, i) => [
    ...matrix.subarray(i * n, (i + 1) * n),
    ...Array.from({ length: n }, (_, k) => (k === i ? 1 : 0)),
  ]);
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let i = column; i < n; i++)
      if (Math.abs(rows[i]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = i;
    const top = rows[pivot]!;
    if (!(Math.abs(top[column]!) > 0)) return undefined;
    rows[pivot] = rows[column]!;
    rows[column] = top.map((entry) => entry / top[column]!);
    for (let i = 0; i < n; i++) {
      const factor = rows[i]![column]!;
      if (i !== column && factor !== 0)
        rows[i] = rows[i]!.map((entry, k) => entry - factor * rows[column]![k]!);
    }
  }
  return Float64Array.from(rows.flatMap((row) => row.slice(n)));
}

/** Eigenvalues with the angle of the first's eigenvector; the first is the larger. */
export function principal([a, b, d]: Form): { values: readonly [number, number]; angle: number } {
  const middle = (a + d) / 2;
  const off = Math.hypot((a - d) / 2, b);
  const angle = 0.5 * Math.atan2(2 * b, a - d);
  const far = middle < 0 ? middle - off : middle + off;
  // Their product is the determinant; a difference would lose the digits of the smaller one.
  const near = far === 0 ? 0 : (a * d - b * b) / far;
  return { values: middle < 0 ? [near, far] : [far, near], angle };
}

const TURN = 96;
/** How far the branches of a hyperbola go, in hyperbolic angle. */
const REACH = 1.8;

/** Curves where the form is ±1. */
export function levels(form: Form): Levels {
  const { values, angle } = principal(form);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const least = 1e-14 * Math.max(Math.abs(values[0]), Math.abs(values[1]));
  if (!(least > 0)) return { positive: [], negative: [] };
  const [long, wide] = values.map((value) => 1 / Math.sqrt(Math.max(Math.abs(value), least))) as [
    number,
    number,
  ];
  const place = (along: number, across: number): Place => [
    cos * along * long - sin * across * wide,
    sin * along * long + cos * across * wide,
  ];
  const steps = Array.from({ length: TURN + 1 }, (_, i) => i / TURN);
  if (values[0] > 0 === values[1] > 0) {
    const ring = steps.map((t) => place(Math.cos(2 * Math.PI * t), Math.sin(2 * Math.PI * t)));
    return values[0] > 0 ? { positive: [ring], negative: [] } : { positive: [], negative: [ring] };
  }
  const branch = (side: number, swapped: boolean) =>
    steps.map((t) => {
      const angle = REACH * (2 * t - 1);
      const [far, near] = [side * Math.cosh(angle), Math.sinh(angle)];
      return swapped ? place(near, far) : place(far, near);
    });
  return {
    positive: [branch(1, false), branch(-1, false)],
    negative: [branch(1, true), branch(-1, true)],
  };
}

/** Semi-axes of the ellipse where a definite form is 1, the shorter first; undefined for an indefinite one. */
export function semiAxes(form: Form): readonly [number, number] | undefined {
  const { values } = principal(form);
  return values[1] > 0 ? [1 / Math.sqrt(values[0]), 1 / Math.sqrt(values[1])] : undefined;
}
