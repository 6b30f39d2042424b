import './curvature.css';
import { useMemo } from 'react';
import { indicatrix, principalAxes } from '../../plots/conic.ts';
import { modelOnPlane } from '../../plots/localModel.ts';
import { useStore } from '../../store.ts';
import { useIsOpen } from '../panels/opened.ts';
import type { MarkProps } from './index.ts';

/** Half the longest axis of the figure, as a share of the plot's shorter side, and at most so many pixels. */
const share = 0.17;
const longest = 80;
/** Shorter axes than this would be hidden by the point, in pixels. */
const shortest = 14;

/**
 * The axes of the Hessian in the plane that is shown, and the curve on which its quadratic form changes by the same
 * amount: an ellipse in a bowl or a dome, two hyperbolas at a saddle. What curves downwards is dashed.
 */
export function CurvatureMark(props: MarkProps) {
  const isOpen = useIsOpen('curvature', true);
  const { axes } = props.result;
  return isOpen && axes[0] !== axes[1] ? <Figure {...props} /> : null;
}

function Figure({ result, projection }: MarkProps) {
  const inspection = useStore((state) => state.inspection);
  const drawn = useMemo(() => {
    if (inspection?.at.length !== result.variables.length) return undefined;
    const { origin, bend } = modelOnPlane(result, inspection);
    const axes = principalAxes(...bend);
    if (!axes.every(({ curvature }) => Number.isFinite(curvature))) return undefined;
    const pixels = ([x, y]: readonly [number, number]) => projection.toPixels([origin[0] + x, origin[1] + y]);
    const wanted = Math.min(share * Math.min(projection.width, projection.height), longest);
    const { width, height } = projection;
    const [[left, top], [right, bottom]] = [projection.toAxes([0, 0]), projection.toAxes([width, height])];
    /** The distance along a direction that is so many pixels long. */
    const reach = ([x, y]: readonly [number, number], length: number) =>
      length / Math.hypot((x * width) / (right - left), (y * height) / (top - bottom));
    // The level whose curve reaches as far as wanted in the direction that bends least.
    const levels = axes
      .filter(({ curvature }) => curvature !== 0)
      .map(({ curvature, direction }) => (Math.abs(curvature) / 2) * reach(direction, wanted) ** 2);
    const level = Math.min(...levels);
    const scales = axes.map(({ direction }) => reach(direction, wanted));
    const branches =
      Number.isFinite(level) && level > 0 ? indicatrix(axes, level, 2 * Math.max(...scales)) : [];
    const lines = axes.map(({ curvature, direction }) => {
      const bends = Math.sqrt((2 * level) / Math.abs(curvature));
      const half = Math.min(
        reach(direction, wanted),
        Math.max(reach(direction, shortest), Number.isFinite(bends) ? bends : 0),
      );
      const length = curvature === 0 || !Number.isFinite(half) ? reach(direction, wanted) : half;
      const end = (side: number) => pixels([side * length * direction[0], side * length * direction[1]]);
      return {
        sign: curvature > 0 ? 'up' : curvature < 0 ? 'down' : 'level',
        ends: [end(-1), end(1)] as const,
      };
    });
    const curves = branches.map(({ sign, closed, points }) => ({
      sign,
      d: `M${points
        .map((point) =>
          pixels(point)
            .map((pixel) => pixel.toFixed(1))
            .join(' '),
        )
        .join('L')}${closed ? 'Z' : ''}`,
    }));
    return { curves, lines };
  }, [inspection, result, projection]);
  if (!drawn) return null;
  return (
    <g className="curvature-mark">
      {drawn.curves.map(({ sign, d }) => (
        <g key={d}>
          <path className="bend-rim" d={d} />
          <path className={`bend ${sign}`} d={d} />
        </g>
      ))}
      {drawn.lines.map(({ sign, ends: [from, to] }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an axis is known by its place alone
        <path key={index} className={`axis ${sign}`} d={`M${from.join(' ')}L${to.join(' ')}`} />
      ))}
    </g>
  );
}
