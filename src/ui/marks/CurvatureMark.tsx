import './curvature.css';
import { useMemo } from 'react';
import { indicatrix, principalAxes } from '../../plots/conic.ts';
import { modelOnPlane } from '../../plots/localModel.ts';
import { useStore } from '../../store.ts';
import { useIsOpen } from '../panels/opened.ts';
import type { MarkProps } from './index.ts';
import { useShown } from './useShown.ts';

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
  const isOpen = useShown('curvature', true);
  const isDrawn = useIsOpen('curvature-mark', true);
  const { axes } = props.result;
  return isOpen && isDrawn && axes[0] !== axes[1] ? <Figure {...props} /> : null;
}

function Figure({ result, projection }: MarkProps) {
  const inspection = useStore((state) => state.inspection);
  const drawn = useMemo(() => {
    if (inspection?.at.length !== result.variables.length) return undefined;
    const { origin, bend } = modelOnPlane(result, inspection);
    if (!bend.every(Number.isFinite)) return undefined;
    const { width, height } = projection;
    const [[left, top], [right, bottom]] = [projection.toAxes([0, 0]), projection.toAxes([width, height])];
    const [wide, high] = [width / (right - left), height / (top - bottom)];
    const [across, down] = projection.toPixels(origin);
    const pixels = ([x, y]: readonly [number, number]) =>
      `${(across + x).toFixed(1)} ${(down - y).toFixed(1)}`;
    const wanted = Math.min(share * Math.min(width, height), longest);
    // The curve is the same in pixels, where the axes' scales may differ; there it is as large as wanted.
    const seen = principalAxes(bend[0] / wide ** 2, bend[1] / (wide * high), bend[2] / high ** 2);
    const bent = seen.map(({ curvature }) => Math.abs(curvature)).filter((curvature) => curvature > 0);
    const level = bent.length > 0 ? (Math.min(...bent) * wanted ** 2) / 2 : 0;
    const branches = level > 0 ? indicatrix(seen, level, 1.8 * wanted) : [];
    const curves = branches.map(({ sign, closed, points }) => ({
      sign,
      d: `M${points.map(pixels).join('L')}${closed ? 'Z' : ''}`,
    }));
    const lines = principalAxes(...bend).map(({ curvature, direction: [x, y] }) => {
      const unit = Math.hypot(x * wide, y * high);
      const toCurve = curvature === 0 ? wanted : Math.sqrt((2 * level) / Math.abs(curvature)) * unit;
      const half = Math.min(1.8 * wanted, Math.max(shortest, toCurve)) / unit;
      const end = (side: number) => pixels([side * half * x * wide, side * half * y * high]);
      return {
        sign: curvature > 0 ? 'up' : curvature < 0 ? 'down' : 'level',
        d: `M${end(-1)}L${end(1)}`,
      };
    });
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
      {drawn.lines.map(({ sign, d }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an axis is known by its place alone
        <path key={index} className={`axis ${sign}`} d={d} />
      ))}
    </g>
  );
}
