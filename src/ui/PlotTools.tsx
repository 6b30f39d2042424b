import { lookOf } from '../plots/looks.ts';
import { useStore } from '../store.ts';
import { LineKey } from './Marker.tsx';
import { PlaneTools } from './PlaneTools.tsx';
import { runName } from './runs.ts';

/** Above the plot: what its marks mean, and what can be done with its window. */
export function PlotTools() {
  const { edit } = useStore.getState();
  const hide = useStore((state) => state.setup.hide);
  const runs = useStore((state) => state.setup.runs);
  const fitted = useStore((state) => !state.setup.x && !state.setup.y);
  const view = useStore((state) => state.setup.view);
  const inPlane = useStore(({ result }) => result !== undefined && result.axes[0] !== result.axes[1]);
  const arrows = !hide.includes('arrows');
  return (
    <div className="plot-tools">
      <ul className="legend" aria-label="Legend">
        <li className="key-start">start</li>
        {runs.length < 2 && <li className="key-path">path</li>}
        {runs.length > 1 &&
          runs.map((_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a run is known by its place alone
            <li key={index} className="key-run">
              <LineKey {...lookOf(index)} />
              {runName(runs, index)}
            </li>
          ))}
        <li className="key-current">current point</li>
        <li className="key-gradient">∇f, uphill</li>
      </ul>
      <PlaneTools />
      <div className="plot-buttons">
        {inPlane && (
          <button
            type="button"
            className="toggle"
            aria-pressed={view === 'surface'}
            onClick={() => edit({ view: view === 'surface' ? 'contour' : 'surface' })}
          >
            Surface
          </button>
        )}
        <button
          type="button"
          className="toggle"
          aria-pressed={arrows}
          onClick={() =>
            edit({ hide: arrows ? [...hide, 'arrows'] : hide.filter((name) => name !== 'arrows') })
          }
        >
          Arrows
        </button>
        <button type="button" onClick={() => zoom(1 / 1.5)} aria-label="Zoom in">
          +
        </button>
        <button type="button" onClick={() => zoom(1.5)} aria-label="Zoom out">
          −
        </button>
        <button type="button" disabled={fitted} onClick={() => edit({ x: undefined, y: undefined })}>
          Fit
        </button>
      </div>
    </div>
  );
}

/** Widens or narrows the window about its middle. */
function zoom(factor: number): void {
  const { result, edit } = useStore.getState();
  if (!result) return;
  const scaled = ([min, max]: readonly [number, number]) => {
    const [middle, half] = [(min + max) / 2, ((max - min) / 2) * factor];
    return [middle - half, middle + half] as const;
  };
  edit({ x: scaled(result.field.x), y: scaled(result.field.y) });
}
