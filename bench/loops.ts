/**
 * What a person writes around a function: recording loops of three methods and a grid. One instance of this
 * module serves one function only, so that the engine may inline that function (import it with a query).
 */
import type { Handwritten } from './hand.ts';

export interface Recording {
  readonly x: Float64Array;
  readonly f: Float64Array;
  readonly gradient: Float64Array;
}

type ValueAndGradient = Handwritten['valueAndGradient'];

/** Arrays of (steps + 1) × n, steps + 1 and (steps + 1) × n numbers. */
function recording(n: number, steps: number): Recording {
  return {
    x: new Float64Array((steps + 1) * n),
    f: new Float64Array(steps + 1),
    gradient: new Float64Array((steps + 1) * n),
  };
}

export function descent(of: ValueAndGradient, start: Float64Array, steps: number, rate: number): Recording {
  const n = start.length;
  const path = recording(n, steps);
  const x = start.slice();
  const g = new Float64Array(n);
  for (let k = 0, row = 0; ; k++, row += n) {
    path.f[k] = of(x, g);
    for (let i = 0; i < n; i++) {
      path.x[row + i] = x[i]!;
      path.gradient[row + i] = g[i]!;
    }
    if (k === steps) return path;
    for (let i = 0; i < n; i++) x[i]! -= rate * g[i]!;
  }
}

/** SGD with momentum as in torch.optim: v ← μv + g, x ← x − αv. */
export function momentum(
  of: ValueAndGradient,
  start: Float64Array,
  steps: number,
  rate: number,
  mu = 0.9,
): Recording {
  const n = start.length;
  const path = recording(n, steps);
  const x = start.slice();
  const g = new Float64Array(n);
  const velocity = new Float64Array(n);
  for (let k = 0, row = 0; ; k++, row += n) {
    path.f[k] = of(x, g);
    for (let i = 0; i < n; i++) {
      path.x[row + i] = x[i]!;
      path.gradient[row + i] = g[i]!;
    }
    if (k === steps) return path;
    for (let i = 0; i < n; i++) {
      const v = mu * velocity[i]! + g[i]!;
      velocity[i] = v;
      x[i]! -= rate * v;
    }
  }
}

/** Adam; Kingma & Ba 2015, algorithm 1. */
export function adam(of: ValueAndGradient, start: Float64Array, steps: number, rate: number): Recording {
  const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-8];
  const n = start.length;
  const path = recording(n, steps);
  const x = start.slice();
  const g = new Float64Array(n);
  const m = new Float64Array(n);
  const v = new Float64Array(n);
  let power1 = 1;
  let power2 = 1;
  for (let k = 0, row = 0; ; k++, row += n) {
    path.f[k] = of(x, g);
    for (let i = 0; i < n; i++) {
      path.x[row + i] = x[i]!;
      path.gradient[row + i] = g[i]!;
    }
    if (k === steps) return path;
    power1 *= beta1;
    power2 *= beta2;
    const stepSize = rate / (1 - power1);
    const correction = 1 / Math.sqrt(1 - power2);
    for (let i = 0; i < n; i++) {
      const gi = g[i]!;
      const mi = beta1 * m[i]! + (1 - beta1) * gi;
      const vi = beta2 * v[i]! + (1 - beta2) * gi * gi;
      m[i] = mi;
      v[i] = vi;
      x[i]! -= (stepSize * mi) / (Math.sqrt(vi) * correction + epsilon);
    }
  }
}

/** side × side values, by rows from the least y, both ends included. */
export function planeGrid(
  of: (x: number, y: number) => number,
  [min, max]: readonly [min: number, max: number],
  side: number,
): Float64Array {
  const values = new Float64Array(side * side);
  const step = (max - min) / (side - 1);
  let k = 0;
  for (let row = 0; row < side; row++) {
    const y = min + row * step;
    for (let column = 0; column < side; column++) values[k++] = of(min + column * step, y);
  }
  return values;
}

/** The same over the first two of several variables. */
export function sliceGrid(
  of: Handwritten['value'],
  at: Float64Array,
  [min, max]: readonly [min: number, max: number],
  side: number,
): Float64Array {
  const values = new Float64Array(side * side);
  const step = (max - min) / (side - 1);
  const x = at.slice();
  let k = 0;
  for (let row = 0; row < side; row++) {
    x[1] = min + row * step;
    for (let column = 0; column < side; column++) {
      x[0] = min + column * step;
      values[k++] = of(x);
    }
  }
  return values;
}

/** Sum of values and first partials over `calls` calls, so that none of them can be left out. */
export function callValueAndGradient(
  target: { valueAndGradient: ValueAndGradient },
  points: readonly Float64Array[],
  gradient: Float64Array,
  calls: number,
): number {
  let sum = 0;
  for (let i = 0; i < calls; i++) {
    sum += target.valueAndGradient(points[i & 63]!, gradient) + gradient[0]!;
  }
  return sum;
}

/** The same for the Hessian. */
export function callHessian(
  target: { hessian(x: Float64Array): Float64Array },
  points: readonly Float64Array[],
  calls: number,
): number {
  let sum = 0;
  for (let i = 0; i < calls; i++) sum += target.hessian(points[i & 63]!)[0]!;
  return sum;
}

export function callHessianInto(
  target: { hessian(x: Float64Array, into: Float64Array): Float64Array },
  points: readonly Float64Array[],
  into: Float64Array,
  calls: number,
): number {
  let sum = 0;
  for (let i = 0; i < calls; i++) sum += target.hessian(points[i & 63]!, into)[0]!;
  return sum;
}
