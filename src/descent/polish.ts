import { type GradientField, newtonStep } from './gradientField.ts';

const STEPS = 100;
/** Longest step, in the window's units. */
const LONGEST = 0.25;
/** A step longer than this, in the window's units, is not rounding. */
const NEAR = 1e-4;
/** So many steps may lengthen the gradient. */
const UPHILL = 3;
/** In the window's units. */
const HAIR = 1e-8;
/** A gradient this often above its rounding still shows the shape of a degenerate point, and soon no longer. */
const CLEAR = 1e4;

/**
 * A zero of the gradient near (x, y) by Newton's method, damped so that the gradient's length falls; undefined where
 * the way leaves the window, the domain or gets stuck. At a degenerate zero, where the steps shrink only by a
 * constant factor, Aitken's Δ² is taken along (Stoer & Bulirsch 2002, section 5.10).
 */
export const polish = (
  field: GradientField,
  start: readonly [x: number, y: number],
): [x: number, y: number] | undefined => {
  const { g, h, width, height, window } = field;
  const sizes = [width, height] as const;
  const step = new Float64Array(2);
  const earlier = new Float64Array(2);
  const ratios = new Float64Array(2);
  let point: [x: number, y: number] = [start[0], start[1]];
  let steady = 0;
  let uphill = UPHILL;
  for (let count = 0; count < STEPS; count++) {
    const length = field.gradient(...point);
    if (!Number.isFinite(length) || !inside(window, point)) return undefined;
    if (length === 0) return point;
    if (!field.hessian(...point) || !newtonStep(h, g, step)) return undefined;
    const stepLength = Math.hypot(step[0]!, step[1]!);
    if (!Number.isFinite(stepLength)) return undefined;
    let share = Math.min(1, LONGEST / stepLength);
    const trial = (t: number): [x: number, y: number] => [
      point[0] + t * step[0]! * width,
      point[1] + t * step[1]! * height,
    ];
    let next = trial(share);
    // Once a whole step no longer moves the point, it has arrived.
    if (stepLength < 1e-16 || (next[0] === point[0] && next[1] === point[1])) return point;
    let halvings = 0;
    // Written so that a gradient that is no number fails too.
    while (!(field.gradient(...next) < length * (1 - 1e-4 * share))) {
      if (halvings++ === 8) {
        if (length < CLEAR * rounding(field, point, step)) return stepLength < NEAR ? point : undefined;
        // In a narrow bent valley the whole step leads up its wall, and the next one back onto the floor.
        if (uphill-- === 0) return undefined;
        share = Math.min(1, LONGEST / stepLength);
        next = trial(share);
        break;
      }
      share /= 2;
      next = trial(share);
    }
    let linear = share === 1;
    for (const k of [0, 1] as const) {
      const ratio = step[k]! / earlier[k]!;
      const still = Math.abs(step[k]!) < 1e-3 * stepLength;
      const same = ratio > 0.3 && ratio < 0.97 && Math.abs(ratio - ratios[k]!) < 0.03;
      if (!still && !same) linear = false;
      ratios[k] = ratio;
      earlier[k] = share === 1 ? step[k]! : 0;
    }
    point = next;
    steady = linear ? steady + 1 : 0;
    if (steady < 2) continue;
    const jump = [0, 1].map((k) => {
      const rest = (step[k]! * ratios[k]!) / (1 - ratios[k]!);
      return Math.abs(step[k]!) < 1e-3 * stepLength || !Number.isFinite(rest) ? 0 : rest * sizes[k]!;
    });
    const extrapolated: [number, number] = [point[0] + jump[0]!, point[1] + jump[1]!];
    const reached = field.gradient(...point);
    if (reached < CLEAR * rounding(field, point, step)) return extrapolated;
    if (field.gradient(...extrapolated) <= reached) {
      point = extrapolated;
      steady = 0;
      earlier.fill(0);
    }
  }
  return undefined;
};

/** What the gradient's change a hair's breadth along `step` differs by from the Hessian's forecast. */
const rounding = (field: GradientField, [x, y]: readonly [number, number], step: Float64Array): number => {
  const share = HAIR / Math.hypot(step[0]!, step[1]!);
  const [u, v] = [step[0]! * share, step[1]! * share];
  const { g, h } = field;
  field.gradient(x, y);
  const [gx, gy] = [g[0]!, g[1]!];
  if (!field.hessian(x, y)) return Number.NaN;
  field.gradient(x + u * field.width, y + v * field.height);
  return Math.hypot(g[0]! - gx - h[0]! * u - h[1]! * v, g[1]! - gy - h[1]! * u - h[2]! * v);
};

/** Newton may stray a little on its way. */
const MARGIN = 0.1;
const inside = ({ x, y }: GradientField['window'], point: readonly [number, number]): boolean =>
  [x, y].every(([min, max], k) => {
    const room = MARGIN * (max - min);
    return point[k]! >= min - room && point[k]! <= max + room;
  });
