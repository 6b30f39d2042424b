import './local-models.css';
import { useMemo } from 'react';
import { levelsOf } from '../../plots/contour.ts';
import { levelLines } from '../../plots/lines.ts';
import { type LocalModel, modelAt, modelOnPlane } from '../../plots/localModel.ts';
import { useStore } from '../../store.ts';
import { useIsOpen } from '../panels/opened.ts';
import { useStudy } from '../useStudy.ts';
import type { MarkProps } from './index.ts';
import { LandmarkSign } from './LandmarkSign.tsx';
import { useShown } from './useShown.ts';

/** Pixels of a cell of the lattice on which a model's level lines are found, and of their dashes. */
const cell = 7;
/** Lines that may cross a cell. */
const closest = 2;
/** Points along the parabola of one variable. */
const along = 160;

/** The linear and the quadratic Taylor model at the current point, on the same levels as the plot's. */
export function LocalModels(props: MarkProps) {
  const isOpen = useShown('local-models', false);
  return isOpen && props.result.variables.length > 0 ? <Models {...props} /> : null;
}

function Models({ result, plot, projection }: MarkProps) {
  const linear = useIsOpen('local-models-linear', false);
  const quadratic = useIsOpen('local-models-quadratic', true);
  const target = useIsOpen('local-models-target', true);
  const inspection = useStore((state) => state.inspection);
  const model = useMemo(
    () => (inspection?.at.length === result.variables.length ? modelOnPlane(result, inspection) : undefined),
    [inspection, result],
  );
  const props = { model, result, plot, projection };
  return (
    <g className="local-models">
      {model && linear && <Ghost {...props} model={model} degree={1} />}
      {model && quadratic && <Ghost {...props} model={model} degree={2} />}
      {target && <Target {...{ result, plot, projection }} />}
    </g>
  );
}

type GhostProps = Pick<MarkProps, 'result' | 'projection'> & {
  readonly model: LocalModel;
  readonly degree: 1 | 2;
};

function Ghost({ result, projection, model, degree }: GhostProps) {
  const d = useMemo(() => {
    const { width, height } = projection;
    const [x0, y1] = projection.toAxes([0, 0]);
    const [x1, y0] = projection.toAxes([width, height]);
    const pixel = (value: number) => value.toFixed(1);
    if (result.axes[0] === result.axes[1]) {
      const points = Array.from({ length: along + 1 }, (_, k) => {
        const x = x0 + ((x1 - x0) * k) / along;
        return projection
          .toPixels([x, modelAt(model, degree, x, 0)])
          .map(pixel)
          .join(' ');
      });
      return `M${points.join('L')}`;
    }
    const columns = Math.ceil(width / cell) + 1;
    const rows = Math.ceil(height / cell) + 1;
    const levels = levelsOf(result);
    const heights = new Float64Array(columns * rows);
    for (let row = 0; row < rows; row += 1) {
      const y = y0 + ((y1 - y0) * row) / (rows - 1);
      for (let column = 0; column < columns; column += 1) {
        const x = x0 + ((x1 - x0) * column) / (columns - 1);
        heights[row * columns + column] = levels.height(modelAt(model, degree, x, y));
      }
    }
    const segments = levelLines(heights, columns, rows, levels);
    const [wide, high] = [width / (columns - 1), height / (rows - 1)];
    const cellOf = (k: number) =>
      Math.floor((segments[k]! + segments[k + 2]!) / 2) +
      columns * Math.floor((segments[k + 1]! + segments[k + 3]!) / 2);
    let path = '';
    for (let k = 0, end = 0; k < segments.length; k = end) {
      const at = cellOf(k);
      for (end = k + 4; end < segments.length && cellOf(end) === at; end += 4);
      // A line goes from cell to neighbouring cell, so that leaving out every other one makes dashes. Where lines are
      // closer than a few pixels none is drawn.
      const even = ((at % columns) + Math.floor(at / columns)) % 2 === 0;
      if (even || end - k > 4 * closest) continue;
      for (let j = k; j < end; j += 4) {
        const [a, b, p, q] = segments.slice(j, j + 4) as [number, number, number, number];
        path += `M${pixel(a * wide)} ${pixel(height - b * high)}L${pixel(p * wide)} ${pixel(height - q * high)}`;
      }
    }
    return path;
  }, [result, projection, model, degree]);
  return (
    <>
      <path className="ghost-rim" d={d} />
      <path className={degree === 1 ? 'ghost linear' : 'ghost quadratic'} d={d} />
    </>
  );
}

/** Where the quadratic model is stationary: at the end of the Newton step. */
function Target({ result, plot, projection }: Pick<MarkProps, 'result' | 'plot' | 'projection'>) {
  const { answer } = useStudy('taylor', { errors: true });
  if (!answer?.stationary || answer.at.length !== result.variables.length) return null;
  const { point, kind, model } = answer.stationary;
  const [x0, y0] = projection.toPixels(plot.place(result, answer.at, answer.f));
  const [x, y] = projection.toPixels(plot.place(result, point, model));
  return (
    <g className="newton-target">
      <path className="newton-rim" d={`M${x0} ${y0}L${x} ${y}`} />
      <path className="newton-line" d={`M${x0} ${y0}L${x} ${y}`} />
      <circle className="newton-rim" cx={x} cy={y} r="11" />
      <circle cx={x} cy={y} r="11" />
      <LandmarkSign kind={kind} x={x} y={y} />
    </g>
  );
}
