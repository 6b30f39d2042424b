import { baseLayout, lattice, thinned } from './layout.ts';
import { lookOf } from './looks.ts';
import { displayName } from './names.ts';
import { formatNumber } from './numbers.ts';
import type { Plot, View } from './plot.ts';

/** f of one variable, with the path on the curve. */
export const curve: Plot = {
  id: 'curve',
  label: 'Curve',
  suits: ({ axes, variables }) => variables.length > 0 && axes[0] === axes[1],
  window: ({ field }) => ({ x: field.x, y: field.y }),
  margin: ({ width }: Pick<View, 'width'>) =>
    width < 520 ? { left: 48, right: 30, top: 26, bottom: 28 } : { left: 68, right: 40, top: 26, bottom: 30 },
  place: ({ axes }, x, f) => [x[axes[0]] ?? 0, f],
  arrow: (_, gradient) => [gradient[0] ?? 0, 0],
  pick({ axes }, place, at) {
    const point = Array.from(at);
    point[axes[0]] = place[0];
    return point;
  },
  figure(result, view) {
    const { field, paths } = result;
    const shown = this.window(result);
    const kept = paths.map((path) => thinned(path.length));
    return {
      data: [
        {
          type: 'scatter',
          mode: 'lines',
          name: 'f',
          x: lattice(field.x, field.columns),
          y: Array.from(field.values.subarray(0, field.columns), (value) =>
            Number.isFinite(value) ? value : null,
          ),
          line: { color: view.theme.muted, width: 2.2 },
          hoverinfo: 'none',
        },
        ...paths.map((path, run) => ({
          type: 'scatter',
          mode: 'lines',
          name: `run ${run + 1}`,
          x: kept[run]!.map((step) => path.x[step]!),
          y: kept[run]!.map((step) => path.f[step]!),
          line: {
            color: view.theme.runs[run % view.theme.runs.length],
            width: 1.6,
            dash: lookOf(run).dash ?? 'solid',
          },
          hoverinfo: 'skip',
        })),
      ],
      layout: baseLayout(view, shown, this.margin(view)),
    };
  },
  describe(result) {
    const { field, paths, variables } = result;
    const path = paths[0];
    const last = (path?.length ?? 1) - 1;
    const name = displayName(variables[0] ?? 'x');
    return (
      `Curve of f for ${name} from ${formatNumber(field.x[0], 3)} to ${formatNumber(field.x[1], 3)}. ` +
      `The path starts at ${formatNumber(path?.x[0] ?? 0, 4)} and after ${last} steps is at ` +
      `${formatNumber(path?.x[last] ?? 0, 4)}, where f is ${formatNumber(path?.f[last] ?? 0, 4)} (${path?.outcome}).`
    );
  },
};
