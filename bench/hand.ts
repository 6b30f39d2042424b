/**
 * Value and gradient of the sixteen formulas as a person would write them for speed: loops over arrays, shared
 * subexpressions in locals, no allocation. `n` is the length of x; the gradient is written, the value returned.
 */
export interface Handwritten {
  value(x: Float64Array): number;
  valueAndGradient(x: Float64Array, gradient: Float64Array): number;
  /** The value of a function of two variables without an array, for the grid. */
  readonly plane?: (x: number, y: number) => number;
}

const TWO_PI = 2 * Math.PI;
const TWENTY_PI = 20 * Math.PI;

function spherePlane(x: number, y: number): number {
  return x * x + y * y;
}

function sphere(p: Float64Array, g: Float64Array): number {
  const x = p[0]!;
  const y = p[1]!;
  g[0] = 2 * x;
  g[1] = 2 * y;
  return x * x + y * y;
}

function rosen2Plane(x: number, y: number): number {
  const u = 1 - x;
  const t = y - x * x;
  return u * u + 100 * t * t;
}

function rosen2(p: Float64Array, g: Float64Array): number {
  const x = p[0]!;
  const u = 1 - x;
  const t = p[1]! - x * x;
  g[0] = -2 * u - 400 * x * t;
  g[1] = 200 * t;
  return u * u + 100 * t * t;
}

function himmelblauPlane(x: number, y: number): number {
  const a = x * x + y - 11;
  const b = x + y * y - 7;
  return a * a + b * b;
}

function himmelblau(p: Float64Array, g: Float64Array): number {
  const x = p[0]!;
  const y = p[1]!;
  const a = x * x + y - 11;
  const b = x + y * y - 7;
  g[0] = 4 * x * a + 2 * b;
  g[1] = 2 * a + 4 * y * b;
  return a * a + b * b;
}

function bealePlane(x: number, y: number): number {
  const y2 = y * y;
  const a = 1.5 - x + x * y;
  const b = 2.25 - x + x * y2;
  const c = 2.625 - x + x * y2 * y;
  return a * a + b * b + c * c;
}

function beale(p: Float64Array, g: Float64Array): number {
  const x = p[0]!;
  const y = p[1]!;
  const y2 = y * y;
  const y3 = y2 * y;
  const a = 1.5 - x + x * y;
  const b = 2.25 - x + x * y2;
  const c = 2.625 - x + x * y3;
  g[0] = 2 * (a * (y - 1) + b * (y2 - 1) + c * (y3 - 1));
  g[1] = 2 * x * (a + 2 * y * b + 3 * y2 * c);
  return a * a + b * b + c * c;
}

function ackley2Plane(x: number, y: number): number {
  const a = -20 * Math.exp(-0.2 * Math.sqrt(0.5 * (x * x + y * y)));
  return a - Math.exp(0.5 * (Math.cos(TWO_PI * x) + Math.cos(TWO_PI * y))) + Math.E + 20;
}

function ackley2(p: Float64Array, g: Float64Array): number {
  const x = p[0]!;
  const y = p[1]!;
  const r = Math.sqrt(0.5 * (x * x + y * y));
  const a = Math.exp(-0.2 * r);
  const b = Math.exp(0.5 * (Math.cos(TWO_PI * x) + Math.cos(TWO_PI * y)));
  const slope = (2 * a) / r;
  const wave = Math.PI * b;
  g[0] = slope * x + wave * Math.sin(TWO_PI * x);
  g[1] = slope * y + wave * Math.sin(TWO_PI * y);
  return -20 * a - b + Math.E + 20;
}

function rastriginValue(x: Float64Array): number {
  let f = 10 * x.length;
  for (let i = 0; i < x.length; i++) f += x[i]! * x[i]! - 10 * Math.cos(TWO_PI * x[i]!);
  return f;
}

function rastrigin(x: Float64Array, g: Float64Array): number {
  let f = 10 * x.length;
  for (let i = 0; i < x.length; i++) {
    const xi = x[i]!;
    f += xi * xi - 10 * Math.cos(TWO_PI * xi);
    g[i] = 2 * xi + TWENTY_PI * Math.sin(TWO_PI * xi);
  }
  return f;
}

function rosenbrockValue(x: Float64Array): number {
  let f = 0;
  for (let i = 0; i < x.length - 1; i++) {
    const t = x[i + 1]! - x[i]! * x[i]!;
    const u = 1 - x[i]!;
    f += 100 * t * t + u * u;
  }
  return f;
}

function rosenbrock(x: Float64Array, g: Float64Array): number {
  const last = x.length - 1;
  let f = 0;
  let carried = 0;
  for (let i = 0; i < last; i++) {
    const xi = x[i]!;
    const t = x[i + 1]! - xi * xi;
    const u = 1 - xi;
    f += 100 * t * t + u * u;
    g[i] = carried - 400 * xi * t - 2 * u;
    carried = 200 * t;
  }
  g[last] = carried;
  return f;
}

/** Rows of (first, second feature, sign of the label), read from the formula's own text. */
export function logisticData(text: string): Float64Array {
  const term = /exp\((-?)\(w0 \+ \(?(-?[\d.]+)\)?\*w1 \+ \(?(-?[\d.]+)\)?\*w2\)\)/g;
  return Float64Array.from(
    [...text.matchAll(term)].flatMap(([, minus, a, b]) => [Number(a), Number(b), minus ? -1 : 1]),
  );
}

function logistic(rows: Float64Array): Handwritten {
  return {
    value(w) {
      const w0 = w[0]!;
      const w1 = w[1]!;
      const w2 = w[2]!;
      let f = 0;
      for (let i = 0; i < rows.length; i += 3) {
        f += Math.log(1 + Math.exp(rows[i + 2]! * (w0 + rows[i]! * w1 + rows[i + 1]! * w2)));
      }
      return f;
    },
    valueAndGradient(w, g) {
      const w0 = w[0]!;
      const w1 = w[1]!;
      const w2 = w[2]!;
      let f = 0;
      let g0 = 0;
      let g1 = 0;
      let g2 = 0;
      for (let i = 0; i < rows.length; i += 3) {
        const a = rows[i]!;
        const b = rows[i + 1]!;
        const sign = rows[i + 2]!;
        const e = Math.exp(sign * (w0 + a * w1 + b * w2));
        const s = (sign * e) / (1 + e);
        f += Math.log(1 + e);
        g0 += s;
        g1 += s * a;
        g2 += s * b;
      }
      g[0] = g0;
      g[1] = g1;
      g[2] = g2;
      return f;
    },
  };
}

const HIDDEN = 8;
/** First input, second input, target of exclusive or. */
const XOR = Float64Array.of(0, 0, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0);
const hidden = new Float64Array(HIDDEN);

/** Weights of hidden unit j: aⱼ, bⱼ, cⱼ at 3j; then the eight vⱼ; then d. */
function networkValue(w: Float64Array): number {
  let f = 0;
  for (let s = 0; s < XOR.length; s += 3) {
    let sum = w[4 * HIDDEN]!;
    for (let j = 0; j < HIDDEN; j++) {
      sum +=
        w[3 * HIDDEN + j]! * Math.tanh(XOR[s]! * w[3 * j]! + XOR[s + 1]! * w[3 * j + 1]! + w[3 * j + 2]!);
    }
    const error = Math.tanh(sum) - XOR[s + 2]!;
    f += error * error;
  }
  return f;
}

function network(w: Float64Array, g: Float64Array): number {
  let f = 0;
  g.fill(0);
  for (let s = 0; s < XOR.length; s += 3) {
    const p = XOR[s]!;
    const q = XOR[s + 1]!;
    let sum = w[4 * HIDDEN]!;
    for (let j = 0; j < HIDDEN; j++) {
      const h = Math.tanh(p * w[3 * j]! + q * w[3 * j + 1]! + w[3 * j + 2]!);
      hidden[j] = h;
      sum += w[3 * HIDDEN + j]! * h;
    }
    const out = Math.tanh(sum);
    const error = out - XOR[s + 2]!;
    f += error * error;
    const delta = 2 * error * (1 - out * out);
    g[4 * HIDDEN]! += delta;
    for (let j = 0; j < HIDDEN; j++) {
      const h = hidden[j]!;
      const back = delta * w[3 * HIDDEN + j]! * (1 - h * h);
      g[3 * HIDDEN + j]! += delta * h;
      g[3 * j]! += back * p;
      g[3 * j + 1]! += back * q;
      g[3 * j + 2]! += back;
    }
  }
  return f;
}

function productValue(x: Float64Array): number {
  let f = 1;
  for (let i = 0; i < x.length; i++) f *= x[i]!;
  return f;
}

function product(x: Float64Array, g: Float64Array): number {
  let before = 1;
  for (let i = 0; i < x.length; i++) {
    g[i] = before;
    before *= x[i]!;
  }
  let after = 1;
  for (let i = x.length - 1; i >= 0; i--) {
    g[i]! *= after;
    after *= x[i]!;
  }
  return before;
}

function nested12Plane(x: number, y: number): number {
  let v = x * y;
  for (let k = 0; k < 6; k++) v = Math.sin(Math.exp(v));
  return v;
}

function nested12(p: Float64Array, g: Float64Array): number {
  let v = p[0]! * p[1]!;
  let slope = 1;
  for (let k = 0; k < 6; k++) {
    const a = Math.exp(v);
    v = Math.sin(a);
    slope *= a * Math.cos(a);
  }
  g[0] = slope * p[1]!;
  g[1] = slope * p[0]!;
  return v;
}

function quotqPlane(x: number, y: number): number {
  return ((x + 1) * (x + y + 3)) / ((y + 2) * (x - y)) + (x * y) / ((1 + x * x) * (1 + y * y));
}

function quotq(p: Float64Array, g: Float64Array): number {
  const x = p[0]!;
  const y = p[1]!;
  const a = x + 1;
  const b = x + y + 3;
  const c = y + 2;
  const d = x - y;
  const r = 1 / (c * d);
  const first = a * b * r;
  const u = 1 + x * x;
  const v = 1 + y * y;
  const s = 1 / (u * v);
  const second = x * y * s;
  g[0] = (a + b - first * c) * r + (y - 2 * second * x * v) * s;
  g[1] = (a - first * (d - c)) * r + (x - 2 * second * y * u) * s;
  return first + second;
}

function powxy(p: Float64Array, g: Float64Array): number {
  const f = p[0]! ** p[1]!;
  g[0] = (p[1]! * f) / p[0]!;
  g[1] = f * Math.log(p[0]!);
  return f;
}

function nonsmoothPlane(x: number, y: number): number {
  return Math.atan2(y, x) + Math.abs(x - y) + Math.min(x, y) * Math.max(x * x, y);
}

function nonsmooth(p: Float64Array, g: Float64Array): number {
  const x = p[0]!;
  const y = p[1]!;
  const xx = x * x;
  const r = 1 / (xx + y * y);
  const least = Math.min(x, y);
  const most = Math.max(xx, y);
  const side = Math.sign(x - y);
  let gx = side - y * r;
  let gy = x * r - side;
  if (x < y) gx += most;
  else if (x > y) gy += most;
  else {
    gx += 0.5 * most;
    gy += 0.5 * most;
  }
  if (xx > y) gx += least * 2 * x;
  else if (xx < y) gy += least;
  else {
    gx += least * x;
    gy += 0.5 * least;
  }
  g[0] = gx;
  g[1] = gy;
  return Math.atan2(y, x) + Math.abs(x - y) + least * most;
}

const inPlane = (
  plane: (x: number, y: number) => number,
  valueAndGradient: Handwritten['valueAndGradient'],
) => ({
  plane,
  value: (p: Float64Array) => plane(p[0]!, p[1]!),
  valueAndGradient,
});
const rosenbrockN: Handwritten = { value: rosenbrockValue, valueAndGradient: rosenbrock };
const speelpenning: Handwritten = { value: productValue, valueAndGradient: product };

/** The hand-written function of a formula by its name; families by their common name. */
export function handwritten(name: string, text: string): Handwritten {
  const known = new Map<string, () => Handwritten>([
    ['sphere', () => inPlane(spherePlane, sphere)],
    ['rosen2', () => inPlane(rosen2Plane, rosen2)],
    ['himmelblau', () => inPlane(himmelblauPlane, himmelblau)],
    ['beale', () => inPlane(bealePlane, beale)],
    ['ackley2', () => inPlane(ackley2Plane, ackley2)],
    ['rastrigin10', () => ({ value: rastriginValue, valueAndGradient: rastrigin })],
    ['logistic50', () => logistic(logisticData(text))],
    ['mlp33', () => ({ value: networkValue, valueAndGradient: network })],
    ['nested12', () => inPlane(nested12Plane, nested12)],
    ['quotq', () => inPlane(quotqPlane, quotq)],
    ['powxy', () => inPlane(Math.pow, powxy)],
    ['nonsmooth', () => inPlane(nonsmoothPlane, nonsmooth)],
  ]);
  const make = known.get(name);
  if (make) return make();
  if (name.startsWith('rosen')) return rosenbrockN;
  if (name.startsWith('speel')) return speelpenning;
  throw new Error(`Nothing is written by hand for ${name}.`);
}
