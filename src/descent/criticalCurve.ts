import type { GradientField } from './gradientField.ts';
import { floor, type Place, valley } from './valley.ts';

/** Length of a step along the curve, in the window's units. */
const STRIDE = 0.01;
const MOST_STEPS = 1500;
/** A gradient below this share of curvature × stride is none. */
const NONE = 1e-9;

/** The floor of the valley near `point`, if the gradient along it vanishes there as well. */
const onto = (field: GradientField, point: Place, scale: number): [x: number, y: number] | undefined => {
  const found = floor(field, point, STRIDE, [1, 0]);
  const at = found?.at ?? [point[0], point[1]];
  return field.gradient(...at) <= NONE * scale * STRIDE ? at : undefined;
};

/** What the curve is across its valley: curving up all along, down all along, or neither. */
export type CurveKind = 'minimum' | 'maximum' | 'degenerate';

/**
 * The curve of critical points through the degenerate critical point `start`, as points about a hundredth of the
 * window apart; undefined when it stands alone. `scale` is the size of the Hessian around it.
 */
export const criticalCurve = (
  field: GradientField,
  start: readonly [x: number, y: number],
  scale: number,
): { points: [x: number, y: number][]; kind: CurveKind } | undefined => {
  const { width, height, window } = field;
  let up = true;
  let down = true;
  const direction = ([x, y]: readonly [number, number], before?: readonly [number, number]) => {
    field.hessian(x, y);
    const { strong, along } = valley(field.h);
    if (Math.abs(strong) > 1e-6 * scale) {
      if (strong > 0) down = false;
      else up = false;
    } else if (before) return before;
    const turned = before !== undefined && along[0] * before[0] + along[1] * before[1] < 0;
    return turned ? ([-along[0], -along[1]] as const) : (along as readonly [number, number]);
  };
  const outside = (x: number, y: number) =>
    x < window.x[0] || x > window.x[1] || y < window.y[0] || y > window.y[1];
  const distance = (p: readonly [number, number], q: readonly [number, number]) =>
    Math.hypot((p[0] - q[0]) / width, (p[1] - q[1]) / height);

  const walk = (first: readonly [number, number]): { way: [x: number, y: number][]; closed: boolean } => {
    const way: [x: number, y: number][] = [];
    let point = start;
    let along = first;
    while (way.length < MOST_STEPS) {
      const next = onto(
        field,
        [point[0] + STRIDE * along[0] * width, point[1] + STRIDE * along[1] * height],
        scale,
      );
      // Thrown back or far away: the curve ends here.
      if (!next || distance(next, point) < STRIDE / 2 || distance(next, point) > 2 * STRIDE) break;
      if (outside(...next)) break;
      if (way.length > 2 && distance(next, start) < STRIDE * 0.75) return { way, closed: true };
      way.push(next);
      along = direction(next, along);
      point = next;
    }
    return { way, closed: false };
  };
  const along = direction(start);
  const forward = walk(along);
  const backward = forward.closed ? [] : walk([-along[0], -along[1]]).way;
  if (forward.way.length + backward.length < 2) return undefined;
  const points: [x: number, y: number][] = [
    ...backward.toReversed(),
    [start[0], start[1]],
    ...forward.way,
    ...(forward.closed ? [[start[0], start[1]] as [number, number]] : []),
  ];
  return { points, kind: up && !down ? 'minimum' : down && !up ? 'maximum' : 'degenerate' };
};
