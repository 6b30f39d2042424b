import type { Range } from '../setup.ts';

/** Cells along each side of the window. */
const CELLS = 96;
/** Halvings with which a crossing is made exact: to 2⁻³⁰ of a cell. */
const HALVINGS = 30;

/**
 * Where a function of two variables changes its sign in a window, by marching squares with each crossing made exact by
 * bisection. A change of sign across a pole or a jump is none.
 *
 * @returns points in pairs (x₀, y₀, x₁, y₁, …), and whether the function was zero wherever it was looked at
 */
export function* zeroCurve(
  f: (x: number, y: number) => number,
  x: Range,
  y: Range,
  pause: () => boolean,
): Generator<undefined, { segments: Float64Array; everywhere: boolean }> {
  // Off the lattice of round numbers, where zeros of simple functions like to lie.
  const xAt = (k: number) => x[0] + ((x[1] - x[0]) * k) / CELLS + 1.7e-7 * (x[1] - x[0]);
  const yAt = (k: number) => y[0] + ((y[1] - y[0]) * k) / CELLS + 1.3e-7 * (y[1] - y[0]);
  const side = CELLS + 1;
  const values = new Float64Array(side * side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) values[row * side + column] = f(xAt(column), yAt(row));
    if (pause()) yield undefined;
  }
  const segments: number[] = [];
  const crossing = (ax: number, ay: number, fa: number, bx: number, by: number, fb: number) => {
    if (!(fa < 0 !== fb < 0) || !Number.isFinite(fa) || !Number.isFinite(fb)) return undefined;
    let [low, high] = [0, 1];
    const at = (t: number) => f(ax + t * (bx - ax), ay + t * (by - ay));
    let last = Math.min(Math.abs(fa), Math.abs(fb));
    for (let k = 0; k < HALVINGS; k++) {
      const middle = (low + high) / 2;
      last = at(middle);
      if (last < 0 === fa < 0) low = middle;
      else high = middle;
    }
    const t = (low + high) / 2;
    const shrunk = Math.abs(last) <= 1e-3 * Math.max(Math.abs(fa), Math.abs(fb));
    return shrunk ? ([ax + t * (bx - ax), ay + t * (by - ay)] as const) : undefined;
  };
  for (let row = 0; row < CELLS; row++) {
    for (let column = 0; column < CELLS; column++) {
      const corner = (dx: number, dy: number) =>
        [xAt(column + dx), yAt(row + dy), values[(row + dy) * side + column + dx]!] as const;
      const [a, b, c, d] = [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)];
      const signs = [a, b, c, d].filter(([, , value]) => value < 0).length;
      if (signs === 0 || signs === 4) continue;
      const points = [crossing(...a, ...b), crossing(...b, ...c), crossing(...c, ...d), crossing(...d, ...a)];
      const found = points.filter((point) => point !== undefined);
      // With four crossings the corners that agree with the middle are joined.
      if (found.length === 4) {
        const middle = f((a[0] + c[0]) / 2, (a[1] + c[1]) / 2);
        const [p, q, r, s] = found as [Point, Point, Point, Point];
        if (middle < 0 === a[2] < 0) segments.push(...p, ...q, ...r, ...s);
        else segments.push(...s, ...p, ...q, ...r);
      } else if (found.length >= 2) segments.push(...found[0]!, ...found[1]!);
    }
    if (pause()) yield undefined;
  }
  return { segments: Float64Array.from(segments), everywhere: values.every((value) => !(value !== 0)) };
}

type Point = readonly [x: number, y: number];
