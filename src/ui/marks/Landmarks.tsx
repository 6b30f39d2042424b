import './landmarks.css';
import { useStudy } from '../useStudy.ts';
import type { MarkProps } from './index.ts';
import { LandmarkSign } from './LandmarkSign.tsx';
import { useShown } from './useShown.ts';

/** More would cover the picture. */
const most = 500;

/** The critical points that the panel of landmarks lists. */
export function Landmarks(props: MarkProps) {
  const isOpen = useShown('landmarks', false);
  return isOpen && props.result.variables.length === 2 ? <Points {...props} /> : null;
}

function Points({ result, plot, projection }: MarkProps) {
  const { answer } = useStudy('landmarks', {});
  if (answer?.points[0]?.x.length !== 2) return null;
  const pixels = (point: ArrayLike<number>) => projection.toPixels(plot.place(result, point, 0));
  return (
    <g className="landmarks">
      {answer.points.slice(0, most).map(({ x, kind, curve }) => {
        const [left, top] = pixels(x);
        if (!curve) return <LandmarkSign key={x.join()} kind={kind} x={left} y={top} />;
        const line = Array.from({ length: curve.points.length / 2 }, (_, k) =>
          pixels(curve.points.subarray(2 * k, 2 * k + 2))
            .map((pixel) => pixel.toFixed(1))
            .join(),
        ).join(' ');
        return (
          <g key={x.join()} className={`landmark-curve ${curve.kind}`}>
            <polyline className="landmark-rim" points={line} />
            <polyline points={line} />
          </g>
        );
      })}
    </g>
  );
}
