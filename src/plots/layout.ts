import type { Result } from '../worker/protocol.ts';
import { texName } from './names.ts';
import type { Margin, Theme, View, Window } from './plot.ts';

/** Axis titles are drawn by the page in the mathematics' own type; see `axisNames`. */
export function baseLayout(view: View, window: Window, margin: Margin): Record<string, unknown> {
  const { theme } = view;
  return {
    width: view.width,
    height: view.height,
    // Not even a wide label of the colour bar may move the plot area away from what is laid over it.
    margin: { l: margin.left, r: margin.right, t: margin.top, b: margin.bottom, pad: 0, autoexpand: false },
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    font: { family: 'system-ui, sans-serif', size: 12, color: theme.muted },
    showlegend: false,
    hovermode: 'closest',
    hoverlabel: {
      bgcolor: theme.paper,
      bordercolor: theme.grid,
      font: { color: theme.ink, size: 13, family: 'system-ui, sans-serif' },
    },
    dragmode: 'pan',
    clickanywhere: true,
    xaxis: axis(theme, window.x),
    yaxis: axis(theme, window.y),
  };
}

function axis(theme: Theme, range: readonly [number, number]): Record<string, unknown> {
  return {
    range: [...range],
    autorange: false,
    automargin: false,
    showgrid: false,
    zeroline: false,
    ticks: 'outside',
    ticklen: 4,
    tickcolor: theme.grid,
    linecolor: theme.grid,
    showline: true,
    mirror: true,
    exponentformat: 'power',
    nticks: 9,
  };
}

/** TeX of the two axes' names; the second is f where the plot is a curve. */
export function axisNames({
  variables,
  axes: [h, v],
  field,
}: Pick<Result, 'variables' | 'axes' | 'field'>): [string, string] {
  if (field.plane) return ['p_1', 'p_2'];
  return [texName(variables[h] ?? 'x'), h === v ? 'f' : texName(variables[v] ?? 'y')];
}

/** Points that draw a path, thinned to what the eye can tell apart: never more than `most`, the last always. */
export function thinned(length: number, most = 4000): number[] {
  const stride = Math.max(1, Math.ceil(length / most));
  const kept: number[] = [];
  for (let index = 0; index < length; index += stride) kept.push(index);
  if (kept.at(-1) !== length - 1 && length > 0) kept.push(length - 1);
  return kept;
}

/** Evenly spaced numbers, both ends included. */
export function lattice([min, max]: readonly [number, number], count: number): Float64Array {
  return Float64Array.from(
    { length: count },
    (_, index) => min + ((max - min) * index) / Math.max(count - 1, 1),
  );
}
