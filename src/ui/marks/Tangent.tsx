import './tangent.css';
import { formatNumber } from '../../plots/numbers.ts';
import { inspected, useStore } from '../../store.ts';
import { useIsOpen } from '../panels/opened.ts';
import type { MarkProps } from './index.ts';

/** Points of the parabola. */
const samples = 81;

/** For one variable: the tangent at the current point, and the parabola with the same slope and second derivative. */
export function Tangent({ result, projection, step, run }: MarkProps) {
  const inspection = useStore(inspected);
  const path = result.paths[run];
  // The same line and parabola, with more about them.
  const models = useIsOpen('local-models', false);
  if (models || result.variables.length !== 1 || !path || !inspection) return null;
  const at = Math.min(step, path.length - 1);
  const [x, f, slope, second] = [path.x[at]!, path.f[at]!, path.gradient[at]!, inspection.hessian[0]!];
  if (![x, f, slope, second].every(Number.isFinite)) return null;
  const name = result.scalar ? 'f' : 'φ';
  const [from] = projection.toAxes([0, 0]);
  const [to] = projection.toAxes([projection.width, 0]);
  const points = (bend: number) =>
    Array.from({ length: samples }, (_, k) => {
      const there = from + ((to - from) * k) / (samples - 1);
      const away = there - x;
      return projection.toPixels([there, f + slope * away + 0.5 * bend * away * away]);
    })
      .map((place) => place.map((pixel) => pixel.toFixed(1)).join())
      .join(' ');
  return (
    <g className="tangent-mark">
      <polyline className="parabola" points={points(second)} />
      <polyline className="tangent" points={points(0)} />
      <text className="tangent-text" x={projection.width - 8} y={projection.height - 26} textAnchor="end">
        {name}′ = {formatNumber(slope, 4)}
      </text>
      <text
        className="tangent-text parabola-text"
        x={projection.width - 8}
        y={projection.height - 8}
        textAnchor="end"
      >
        {name}″ = {formatNumber(second, 4)}, parabola dashed
      </text>
    </g>
  );
}
