import type { Path, Result } from '../worker/protocol.ts';
import { levelsOf } from './contour.ts';
import { lattice, thinned } from './layout.ts';
import type { Levels } from './levels.ts';
import { alongPlane, planeNames } from './plane.ts';
import type { Figure, Theme, View } from './plot.ts';

/** Rows and columns beyond which a surface looks the same and turns less smoothly. */
const most = 110;
/** How far above the surface the paths lie, as a part of its height, so that it does not cut them. */
const lift = 0.006;

/**
 * The window of the contour plot in space: the same heights, colours and level lines, with the paths on the surface.
 * Of a path only what is inside the window is drawn.
 *
 * @param steps where each run stands
 */
export function surfaceFigure(result: Result, view: View, steps: readonly number[]): Figure {
  const { theme } = view;
  const levels = levelsOf(result);
  const { start, end } = levels;
  return {
    data: [
      surfaceTrace(result, levels, view),
      ...result.paths.flatMap((path, run) => pathTraces(result, path, levels, steps[run] ?? 0, run, theme)),
    ],
    layout: {
      width: view.width,
      height: view.height,
      margin: { l: 0, r: 0, t: 0, b: 0, pad: 0 },
      paper_bgcolor: 'rgba(0,0,0,0)',
      font: { family: 'system-ui, sans-serif', size: 12, color: theme.muted },
      showlegend: false,
      hoverlabel: { bgcolor: theme.paper, bordercolor: theme.grid, font: { color: theme.ink, size: 13 } },
      scene: {
        uirevision: 'kept',
        aspectmode: 'manual',
        aspectratio: { x: 1.15, y: 1.15, z: 0.75 },
        camera: { eye: { x: -1.45, y: -1.7, z: 1.05 }, center: { x: 0, y: 0, z: -0.12 } },
        dragmode: 'orbit',
        xaxis: axis(view, planeNames(result)[0], result.field.x),
        yaxis: axis(view, planeNames(result)[1], result.field.y),
        zaxis: {
          ...axis(view, result.scalar ? 'f' : 'φ', [start, end > start ? end : start + 1]),
          tickmode: 'array',
          tickvals: levels.ticks.map(({ height }) => height),
          ticktext: levels.ticks.map(({ text }) => text),
        },
      },
    },
  };
}

function axis({ theme }: View, title: string, range: readonly [number, number]): Record<string, unknown> {
  return {
    title: { text: title, font: { size: 15, color: theme.ink } },
    range: [...range],
    autorange: false,
    gridcolor: theme.grid,
    linecolor: theme.grid,
    zerolinecolor: theme.grid,
    showbackground: false,
    showspikes: false,
    nticks: 6,
    exponentformat: 'power',
  };
}

function surfaceTrace(result: Result, levels: Levels, { theme }: View): Record<string, unknown> {
  const { field } = result;
  const columns = kept(field.columns);
  const rows = kept(field.rows);
  const of = (heights: boolean) =>
    rows.map((row) =>
      columns.map((column) => {
        const value = field.values[row * field.columns + column]!;
        const shown = heights ? levels.height(value) : value;
        return Number.isFinite(shown) ? shown : null;
      }),
    );
  const [xs, ys] = [lattice(field.x, field.columns), lattice(field.y, field.rows)];
  const [h, v] = planeNames(result);
  return {
    type: 'surface',
    name: 'f',
    x: columns.map((column) => xs[column]!),
    y: rows.map((row) => ys[row]!),
    z: of(true),
    customdata: of(false),
    hovertemplate: `${h} = %{x:.4~g}<br>${v} = %{y:.4~g}<br>f = %{customdata:.5~g}<extra></extra>`,
    cmin: levels.start,
    cmax: levels.end,
    colorscale: theme.field,
    showscale: false,
    connectgaps: false,
    lighting: { ambient: 0.85, diffuse: 0.35, specular: 0.03, roughness: 0.9 },
    contours: {
      x: { highlight: false },
      y: { highlight: false },
      z: {
        show: levels.end > levels.start,
        start: levels.start,
        end: levels.end,
        size: levels.size,
        color: theme.dark ? '#a9c4cc' : '#3c5f6b',
        width: 1,
        highlight: false,
      },
    },
  };
}

function kept(count: number): number[] {
  const stride = Math.max(1, Math.ceil((count - 1) / most));
  const indices: number[] = [];
  for (let index = 0; index < count - 1; index += stride) indices.push(index);
  return [...indices, count - 1];
}

function pathTraces(
  result: Result,
  path: Path,
  levels: Levels,
  step: number,
  run: number,
  { runs, paper }: Theme,
): Record<string, unknown>[] {
  const color = runs[run % runs.length]!;
  const { dash, symbol } = looksInSpace[run % looksInSpace.length]!;
  const n = result.variables.length;
  const { x: across, y: up } = result.field;
  const above = lift * (levels.end - levels.start);
  const placeOf = (at: number): (number | null)[] => {
    const [x, y] = alongPlane(result, path.x.subarray(at * n, (at + 1) * n));
    const z = levels.height(path.f[at]!) + above;
    const inside = x >= across[0] && x <= across[1] && y >= up[0] && y <= up[1] && Number.isFinite(z);
    return inside ? [x, y, Math.max(z, levels.start + above)] : [null, null, null];
  };
  const places = thinned(path.length, 2000).map(placeOf);
  const current = placeOf(Math.min(step, path.length - 1));
  const column = (points: readonly (number | null)[][], k: number) => points.map((point) => point[k]);
  return [
    {
      type: 'scatter3d',
      mode: 'lines+markers',
      x: column(places, 0),
      y: column(places, 1),
      z: column(places, 2),
      line: { color, width: 5, dash },
      marker: { color, size: 2.5, symbol },
      hoverinfo: 'skip',
      connectgaps: false,
    },
    {
      type: 'scatter3d',
      mode: 'markers',
      name: 'current point',
      x: [current[0]],
      y: [current[1]],
      z: [current[2]],
      marker: { color: pointColor, size: 6, symbol, line: { color: paper, width: 2 } },
      hoverinfo: 'skip',
    },
  ];
}

/** Plotly's dashes and marks in space, which are fewer than in the plane. */
const looksInSpace = [
  { dash: 'solid', symbol: 'circle' },
  { dash: 'dash', symbol: 'square' },
  { dash: 'dot', symbol: 'circle-open' },
  { dash: 'dashdot', symbol: 'diamond' },
  { dash: 'longdash', symbol: 'x' },
  { dash: 'longdashdot', symbol: 'cross' },
] as const;

/** The current point's colour in both themes; WebGL reads no style sheet. */
const pointColor = '#c2339b';
