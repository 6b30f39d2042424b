import { useMemo, useState } from 'react';
import { thinned } from '../../plots/layout.ts';
import { displayName } from '../../plots/names.ts';
import { formatNumber } from '../../plots/numbers.ts';
import { distanceFromPlane } from '../../plots/plane.ts';
import { stepOf, useStore } from '../../store.ts';
import { Chart } from '../Chart.tsx';

/** Lines that can be told apart; of more variables, those that move most. */
const most = 6;
const rowsShown = 200;

/** The coordinates of the points of a run by step, and how far the points are from the plane that is drawn. */
export default function Coordinates() {
  const { look } = useStore.getState();
  const result = useStore((state) => state.result);
  const run = useStore((state) => state.run);
  const step = useStore((state) => stepOf(state, run));
  const [all, setAll] = useState(false);
  const path = result?.paths[run];
  const n = result?.variables.length ?? 0;
  const steps = useMemo(() => thinned(path?.length ?? 0, 2000), [path]);
  const columns = useMemo(
    () =>
      Array.from({ length: n }, (_, i) => Float64Array.from(steps, (k) => path?.x[k * n + i] ?? Number.NaN)),
    [path, n, steps],
  );
  const order = useMemo(() => {
    const spread = columns.map((values) => Math.max(...values) - Math.min(...values));
    return columns
      .map((_, i) => i)
      .sort((a, b) => spread[b]! - spread[a]!)
      .slice(0, most)
      .sort((a, b) => a - b);
  }, [columns]);
  const away = useMemo(
    () =>
      result && path && n > 2
        ? Float64Array.from(steps, (k) => distanceFromPlane(result, path.x.subarray(k * n, (k + 1) * n)))
        : undefined,
    [result, path, n, steps],
  );
  if (!result || !path) return null;
  const names = result.variables.map(displayName);
  const shown = all ? columns.map((_, i) => i) : order;
  const rows = thinned(steps.length, rowsShown);
  const choose = {
    name: 'Go to a point of the coordinates',
    stops: steps,
    at: step,
    text: (at: number) => `after ${at} steps`,
    onChoose: look,
  };
  return (
    <div className="panel">
      <Chart
        title="Coordinates by step"
        sentence={
          <>
            At step {step}:{' '}
            {shown
              .slice(0, most)
              .map((i) => `${names[i]} = ${formatNumber(path.x[step * n + i]!, 4)}`)
              .join(', ')}
            {shown.length < n && `; the ${shown.length} of ${n} that move most are drawn`}.
          </>
        }
        x={{ label: 'step', whole: true }}
        y={{ label: n === 1 ? names[0]! : 'coordinate' }}
        lines={shown.map((i, k) => ({
          name: names[i]!,
          color: `var(--run-${(k % 6) + 1})`,
          ...(k >= 6 && { dash: '5 3' }),
          x: steps,
          y: columns[i]!,
        }))}
        rules={[{ axis: 'x', at: step, color: 'var(--point)' }]}
        choose={choose}
        table={() => ({
          caption: 'Coordinates by step',
          head: ['step', ...shown.map((i) => names[i]!)],
          rows: rows.map((row) => [steps[row]!, ...shown.map((i) => formatNumber(columns[i]![row]!))]),
        })}
      />
      {n > most && (
        <button type="button" className="quiet" onClick={() => setAll(!all)}>
          {all ? 'Only those that move most' : `All ${n} coordinates`}
        </button>
      )}
      {away && (
        <Chart
          title="Distance from the plane that is drawn"
          sentence={`The points are up to ${formatNumber(Math.max(...away), 3)} away from the plane of the plot.`}
          x={{ label: 'step', whole: true }}
          y={{ label: 'distance' }}
          height={150}
          lines={[{ name: 'distance', color: 'var(--accent)', x: steps, y: away }]}
          rules={[{ axis: 'x', at: step, color: 'var(--point)' }]}
          table={() => ({
            caption: 'Distance from the plane by step',
            head: ['step', 'distance'],
            rows: rows.map((row) => [steps[row]!, formatNumber(away[row]!)]),
          })}
        />
      )}
    </div>
  );
}
