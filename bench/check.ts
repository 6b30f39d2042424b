/** Nothing is timed before every contender has been seen to compute the same. */
import type { Compiled } from './compiled.ts';
import { arrange, type Engine, places, problemOf } from './engine.ts';
import type { BenchmarkFormula } from './formulas.ts';
import { handwritten } from './hand.ts';

function agree(what: string, got: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  if (got.length !== expected.length)
    throw new Error(`${what}: ${got.length} numbers, not ${expected.length}.`);
  let scale = 1;
  for (let i = 0; i < expected.length; i++) scale = Math.max(scale, Math.abs(expected[i]!));
  for (let i = 0; i < expected.length; i++) {
    if (!(Math.abs(got[i]! - expected[i]!) <= tolerance * scale)) {
      throw new Error(`${what}, entry ${i}: ${got[i]}, not ${expected[i]}.`);
    }
  }
}

/** Fourth-order central difference of `of`, a vector, along coordinate i. */
function difference(of: (x: Float64Array) => Float64Array, at: Float64Array, i: number): Float64Array {
  const h = 1e-3;
  const moved = [-2, -1, 1, 2].map((k) => of(at.map((value, j) => (j === i ? value + k * h : value))));
  return moved[0]!.map(
    (_, j) => (moved[0]![j]! - 8 * moved[1]![j]! + 8 * moved[2]![j]! - moved[3]![j]!) / (12 * h),
  );
}

/** Hand-written JavaScript against differences of its value; C against it; C's Hessian against differences. */
export async function checkYardsticks(
  formula: BenchmarkFormula,
  compiled: Compiled | undefined,
): Promise<void> {
  const { name, text, at } = formula;
  const hand = handwritten(name, text);
  const x = Float64Array.from(at);
  const gradientAt = (point: Float64Array) => {
    const g = new Float64Array(point.length);
    hand.valueAndGradient(point, g);
    return g;
  };
  const gradient = gradientAt(x);
  const f = hand.valueAndGradient(x, new Float64Array(x.length));
  agree(`${name}: value by hand`, [f], [hand.value(x)], 1e-13);
  const slopes = at.map((_, i) => difference((p) => Float64Array.of(hand.value(p)), x, i)[0]!);
  agree(`${name}: gradient by hand`, gradient, slopes, 1e-6);
  if (!compiled) return;
  const c = await compiled.at(formula);
  agree(`${name}: value in C`, [c.f], [f], 1e-13);
  agree(`${name}: gradient in C`, c.gradient, gradient, 1e-12);
  const rows = at.flatMap((_, i) => [...difference(gradientAt, x, i)]);
  agree(`${name}: Hessian in C`, c.hessian, rows, 1e-6);
}

/** The engine against the hand-written function and C's Hessian. */
export async function checkEngine(
  engine: Engine,
  formula: BenchmarkFormula,
  compiled: Compiled | undefined,
): Promise<void> {
  const { name, text, at } = formula;
  const problem = problemOf(engine, text);
  const order = places(problem, formula);
  const n = order.length;
  const gradient = new Float64Array(n);
  const f = handwritten(name, text).valueAndGradient(Float64Array.from(at), gradient);
  const ours = new Float64Array(n);
  const x = arrange(at, order);
  agree(`${name}: value`, [problem.valueAndGradient(x, ours)], [f], 1e-12);
  agree(`${name}: value alone`, [problem.value(x)], [f], 1e-12);
  agree(`${name}: gradient`, ours, arrange(gradient, order), 1e-11);
  if (!compiled || n > 100) return;
  const { hessian } = await compiled.at(formula);
  const arranged = order.flatMap((i) => order.map((j) => hessian[i * n + j]!));
  agree(`${name}: Hessian`, problem.hessian(x), arranged, 1e-10);
}
