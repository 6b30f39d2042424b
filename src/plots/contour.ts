import type { Field, Path, Result } from '../worker/protocol.ts';
import { baseLayout, lattice, thinned } from './layout.ts';
import { chooseLevels, type Levels } from './levels.ts';
import { lookOf } from './looks.ts';
import { formatNumber, formatPoint } from './numbers.ts';
import { alongPlane, directionOnPlane, planeNames, pointOnPlane } from './plane.ts';
import type { Figure, Margin, Plot, Theme, View } from './plot.ts';

/** f over the plane of two variables: level lines, gradient arrows, paths. */
export const contour: Plot = {
  id: 'contour',
  label: 'Contours',
  suits: ({ axes }) => axes[0] !== axes[1],
  window: ({ field }) => ({ x: field.x, y: field.y }),
  margin,
  place: alongPlane,
  arrow: directionOnPlane,
  pick: pointOnPlane,
  figure(result, view) {
    const around = margin(view);
    const { field } = result;
    const levels = levelsOf(result);
    return {
      data: [
        contourTrace(result, levels, view),
        ...(view.arrows ? [arrowTrace(field, view, around)] : []),
        ...result.paths.flatMap((path, run) => pathTraces(result, path, run, view)),
      ],
      layout: baseLayout(view, { x: field.x, y: field.y }, around),
    } satisfies Figure;
  },
  describe(result) {
    const [h, v] = planeNames(result);
    const { x, y } = result.field;
    const runs = result.paths.map((path) => {
      const n = result.variables.length;
      const last = path.length - 1;
      return (
        `The path starts at ${formatPoint(path.x.subarray(0, n), 4)} and after ${last} steps is at ` +
        `${formatPoint(path.x.subarray(last * n), 4)}, where f is ${formatNumber(path.f[last] ?? Number.NaN, 4)} ` +
        `(${path.outcome}).`
      );
    });
    const range = (pair: readonly [number, number]) =>
      `${formatNumber(pair[0], 3)} to ${formatNumber(pair[1], 3)}`;
    return `Contour plot of f for ${h} from ${range(x)} and ${v} from ${range(y)}. ${runs.join(' ')}`;
  },
};

function margin({ width }: Pick<View, 'width'>): Margin {
  return width < 520
    ? { left: 38, right: 30, top: 26, bottom: 28 }
    : { left: 52, right: 78, top: 26, bottom: 30 };
}

const known = new WeakMap<Result['paths'], { readonly field: Field; readonly levels: Levels }>();

/** Levels for the field, with the lowest value that any path has found. */
export function levelsOf({ field, paths }: Pick<Result, 'field' | 'paths'>): Levels {
  const before = known.get(paths);
  if (before?.field === field) return before.levels;
  let lowest = Number.POSITIVE_INFINITY;
  for (const { f, outcome } of paths) {
    if (outcome === 'diverged') continue;
    for (const value of f) if (value < lowest) lowest = value;
  }
  const levels = chooseLevels(field.values, lowest);
  known.set(paths, { field, levels });
  return levels;
}

function contourTrace(result: Result, levels: Levels, { theme, width }: View): Record<string, unknown> {
  const { field } = result;
  const { columns, rows, values } = field;
  const z: Float64Array[] = [];
  for (let row = 0; row < rows; row += 1) {
    z.push(values.subarray(row * columns, (row + 1) * columns).map(levels.height));
  }
  return {
    type: 'contour',
    name: 'f',
    zorder: -1,
    x: lattice(field.x, columns),
    y: lattice(field.y, rows),
    z,
    hoverinfo: 'none',
    autocontour: false,
    contours: { coloring: 'fill', start: levels.start, end: levels.end, size: levels.size },
    zmin: levels.start,
    zmax: levels.end,
    zauto: false,
    colorscale: theme.field,
    line: { width: lineWidth, smoothing: 0, color: lineColor(theme) },
    connectgaps: false,
    showscale: width >= 520,
    colorbar: {
      thickness: 10,
      len: 1,
      lenmode: 'fraction',
      xpad: 10,
      ypad: 0,
      outlinewidth: 0,
      tickmode: 'array',
      tickvals: levels.ticks.map(({ height }) => height),
      ticktext: levels.ticks.map(({ text }) => text),
      tickfont: { size: 11, color: theme.muted },
      ticks: '',
    },
  };
}

export const arrowOpacity = 0.65;
export const lineWidth = 0.7;
export const lineColor = ({ dark }: Theme): string =>
  dark ? 'rgba(215,235,240,0.28)' : 'rgba(20,60,75,0.30)';

/** Arrows by their middle and their components, on the plot's axes. */
export interface ArrowField {
  readonly x: number[];
  readonly y: number[];
  readonly u: number[];
  readonly v: number[];
}

/**
 * Arrows of ∇f. All point exactly uphill; their length grows with the logarithm of ‖∇f‖, from under half to nearly
 * the whole of a cell, since true lengths would leave all but a few arrows invisible.
 *
 * @param area size of the plot area in pixels
 */
export function arrowsOf(
  field: Field,
  area: { readonly width: number; readonly height: number },
): ArrowField {
  const { columns, rows, u, v } = field.arrows;
  const scale = [area.width / (field.x[1] - field.x[0]), area.height / (field.y[1] - field.y[0])] as const;
  const longest = Math.max(10, Math.min(0.78 * Math.min(area.width / columns, area.height / rows), 30));
  const sizes = Float64Array.from(u, (value, index) => Math.hypot(value, v[index]!));
  const largest = sizes.reduce((most, size) => (Number.isFinite(size) && size > most ? size : most), 0);
  const [xs, ys] = [centres(field.x, columns), centres(field.y, rows)];
  const arrows: ArrowField = { x: [], y: [], u: [], v: [] };
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const index = row * columns + column;
      const size = sizes[index]!;
      const pixels = Math.hypot(u[index]! * scale[0], v[index]! * scale[1]);
      if (!(size > 0 && pixels > 0) || !Number.isFinite(pixels)) continue;
      const length = longest * Math.max(0.42, 1 + 0.2 * Math.log10(size / largest));
      arrows.x.push(xs[column]!);
      arrows.y.push(ys[row]!);
      arrows.u.push((length * u[index]!) / pixels);
      arrows.v.push((length * v[index]!) / pixels);
    }
  }
  return arrows;
}

/** Native quiver arrows are rounded to whole pixels before they are scaled; so much larger they lose nothing. */
const beforeRounding = 1000;

function arrowTrace(field: Field, view: View, around: Margin): Record<string, unknown> {
  const area = {
    width: view.width - around.left - around.right,
    height: view.height - around.top - around.bottom,
  };
  const { x, y, u, v } = arrowsOf(field, area);
  return {
    type: 'quiver',
    name: 'gradient',
    x,
    y,
    u: u.map((component) => beforeRounding * component),
    v: v.map((component) => beforeRounding * component),
    arrowref: 'data',
    lengthmode: 'raw',
    lengthfactor: 1 / beforeRounding,
    anchor: 'center',
    hoverinfo: 'skip',
    marker: { color: faded(view.theme.gradient), showscale: false, arrowsize: 0.8, line: { width: 1.1 } },
  };
}

/** Of `#rrggbb`, since the opacity of a quiver trace does nothing. */
const faded = (color: string): string =>
  `${color}${Math.round(255 * arrowOpacity)
    .toString(16)
    .padStart(2, '0')}`;

function centres([min, max]: readonly [number, number], count: number): number[] {
  return Array.from({ length: count }, (_, index) => min + ((max - min) * (index + 0.5)) / count);
}

/** A path with a rim, so that it stands out on every height. */
function pathTraces(result: Result, path: Path, run: number, { theme }: View): Record<string, unknown>[] {
  const n = result.variables.length;
  const places = thinned(path.length).map((step) =>
    alongPlane(result, path.x.subarray(step * n, (step + 1) * n)),
  );
  const line = {
    type: 'scatter',
    mode: 'lines',
    x: places.map(([x]) => x),
    y: places.map(([, y]) => y),
    hoverinfo: 'skip',
  };
  const color = theme.runs[run % theme.runs.length];
  const { dash } = lookOf(run);
  return [
    { ...line, name: `rim of run ${run + 1}`, line: { color: theme.paper, width: 4 }, opacity: 0.65 },
    { ...line, name: `run ${run + 1}`, line: { color, width: 1.8, ...(dash && { dash }) } },
  ];
}
