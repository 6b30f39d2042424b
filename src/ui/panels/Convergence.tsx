import './convergence.css';
import { useCallback, useMemo, useState } from 'react';
import { thinned } from '../../plots/layout.ts';
import { lookOf } from '../../plots/looks.ts';
import { formatNumber } from '../../plots/numbers.ts';
import { firstFrom } from '../../plots/rising.ts';
import { byEvaluations, lastTick, spentAt, stepsAt } from '../../race.ts';
import { useStore } from '../../store.ts';
import type { Result } from '../../worker/protocol.ts';
import { Chart, type ChartLine, type ChartPoint } from '../Chart.tsx';
import { LineKey } from '../Marker.tsx';
import { runName } from '../runs.ts';
import type { ChartTable } from '../TableTwin.tsx';
import { useStudy } from '../useStudy.ts';
import {
  type Lowest,
  lowestOf,
  measured,
  rateWords,
  type Series,
  seriesOf,
  theoryOf,
} from './convergence.ts';

const quantities = [
  { id: 'gap', label: 'f − f*' },
  { id: 'slope', label: '‖∇f‖' },
  { id: 'length', label: 'step length' },
] as const;
type Quantity = (typeof quantities)[number]['id'];
type By = 'steps' | 'evaluations';

/** Rows of the table: as many as one can still look through. */
const mostRows = 200;

/** How f, its slope and the steps fall, by step or by evaluations, linked with the step that is looked at. */
export default function Convergence() {
  const result = useStore((state) => state.result);
  return result && result.variables.length > 0 ? <Shown result={result} /> : null;
}

function Shown({ result }: { readonly result: Result }) {
  const { look } = useStore.getState();
  const { paths, setup, variables } = result;
  const run = useStore((state) => Math.min(state.run, paths.length - 1));
  const tick = useStore((state) => Math.min(state.step, lastTick(result, run)));
  const several = paths.length > 1;
  const [chosen, setBy] = useState<By>();
  const [quantity, setQuantity] = useState<Quantity>('gap');
  const fair = byEvaluations(result);
  const by = chosen ?? (fair ? 'evaluations' : 'steps');

  const lowest = useMemo(() => lowestOf(result), [result]);
  const series = useMemo(
    () => paths.map((path) => seriesOf(path, variables.length, lowest.f)),
    [paths, variables.length, lowest],
  );
  const lines = useMemo(
    () => (several ? linesOf(result, series, by, quantity) : soleLines(result, series[0]!, by)),
    [result, series, by, quantity, several],
  );
  const table = useCallback(() => tableOf(result, series), [result, series]);
  const { stops, at } = useMemo(() => placesOf(result, run, by), [result, run, by]);
  const steps = stepsAt(result, run, tick);
  const here = at(tick);
  const points: ChartPoint[] = several
    ? steps.map((step, index) => ({
        x: by === 'steps' ? step : paths[index]!.spent[step]!,
        y: series[index]![quantity][step]!,
        color: index === run ? 'var(--point)' : lookOf(index).color,
        marker: lookOf(index).marker,
      }))
    : [{ x: here, y: series[0]!.gap[tick]!, color: 'var(--point)' }];
  const unit = by === 'steps' ? 'Step' : 'Evaluations';
  return (
    <div className="convergence panel">
      <div className="convergence-choices">
        {several && (
          <label>
            Shown{' '}
            <select
              value={quantity}
              onChange={({ currentTarget: { value } }) =>
                setQuantity(quantities.find(({ id }) => id === value)?.id ?? 'gap')
              }
            >
              {quantities.map(({ id, label }) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        )}
        <label>
          Counted by{' '}
          <select
            value={by}
            onChange={({ currentTarget: { value } }) => setBy(value === 'steps' ? 'steps' : 'evaluations')}
          >
            <option value="steps">steps</option>
            <option value="evaluations">evaluations</option>
          </select>
        </label>
        <ul className="convergence-legend" aria-label="Lines">
          {lines.map((line) => (
            <li key={line.name}>
              <LineKey {...line} /> {line.name}
            </li>
          ))}
        </ul>
      </div>
      <Chart
        title="Convergence"
        sentence={sentenceOf(result, series, lowest)}
        table={table}
        tableStays
        x={{ label: unit, whole: true }}
        y={{
          label: several ? quantities.find(({ id }) => id === quantity)!.label : 'logarithmic',
          scale: 'log',
        }}
        lines={lines}
        points={points.filter(({ y }) => y > 0)}
        rules={[
          { axis: 'x', at: here, label: 'now', color: 'var(--point)', dash: '4,3' },
          ...((!several || quantity === 'slope') && setup.tol > 0
            ? [{ axis: 'y' as const, at: setup.tol, label: 'tol', dash: '2,4' }]
            : []),
        ]}
        read="reached"
        choose={{
          name: 'Place on the chart of convergence',
          stops,
          at: here,
          text: (place) => `${unit} ${formatNumber(place)}`,
          onChoose: (place) => look(firstFrom(stops, place)),
        }}
      />
      <Rates result={result} series={series} lowest={lowest} />
    </div>
  );
}

const xOf = (result: Result, index: number, by: By): ArrayLike<number> => {
  const path = result.paths[index]!;
  return by === 'steps' ? Float64Array.from({ length: path.length }, (_, k) => k) : path.spent;
};

const linesOf = (result: Result, series: readonly Series[], by: By, quantity: Quantity): ChartLine[] =>
  series.map((one, index) => ({
    name: `${index + 1} ${runName(result.setup.runs, index)}`,
    ...lookOf(index),
    x: xOf(result, index, by),
    y: one[quantity],
  }));

/** Of one run all three, each with its own dash. */
function soleLines(result: Result, { gap, slope, length }: Series, by: By): ChartLine[] {
  const x = xOf(result, 0, by);
  return [
    { name: 'f − f*', color: 'var(--run-1)', x, y: gap, marker: 'circle' },
    { name: '‖∇f‖', color: 'var(--gradient)', x, y: slope, dash: '9,4', marker: 'square' },
    { name: 'step length', color: 'var(--muted)', x, y: length, dash: '2,4', marker: 'triangle' },
  ];
}

/** Where on the axis the playback's ticks are. */
function placesOf(result: Result, run: number, by: By) {
  const path = result.paths[run]!;
  const fair = byEvaluations(result);
  const own = by === 'steps' ? fair : !fair;
  const last = own ? path.length - 1 : lastTick(result, run);
  const at = (tick: number) => {
    const bounded = Math.min(tick, last);
    if (by === 'steps') return bounded;
    return fair ? spentAt(result, run, bounded) : path.spent[Math.min(bounded, path.length - 1)]!;
  };
  return { stops: Float64Array.from({ length: last + 1 }, (_, tick) => at(tick)), at };
}

function sentenceOf(result: Result, series: readonly Series[], { f, known }: Lowest): string {
  const ends = series.map(({ gap, slope }, index) => {
    const { length, outcome } = result.paths[index]!;
    const name = series.length > 1 ? `${runName(result.setup.runs, index)}: ` : '';
    const from = formatNumber(gap[0] ?? Number.NaN, 3);
    const to = formatNumber(gap[length - 1] ?? Number.NaN, 3);
    return `${name}f − f* goes from ${from} to ${to}, ‖∇f‖ to ${formatNumber(slope[length - 1]!, 3)}, in ${length - 1} steps (${outcome}).`;
  });
  const origin = known
    ? `f* = ${formatNumber(f)} is the value at the known minimum.`
    : `f* = ${formatNumber(f)} is the lowest value that was seen, so that f − f* ends at 0 by its making.`;
  return `${ends.join(' ')} ${origin} What is 0 has no place on a logarithmic axis.`;
}

function tableOf(result: Result, series: readonly Series[]): ChartTable {
  const longest = Math.max(...result.paths.map(({ length }) => length));
  const kept = thinned(longest, mostRows);
  const prefix = (index: number) => (series.length > 1 ? `Run ${index + 1} ` : '');
  return {
    caption:
      kept.length < longest ? `Convergence, ${kept.length} of ${longest} points` : 'Convergence by step',
    head: [
      'Step',
      ...series.flatMap((_, index) =>
        ['evaluations', 'f', 'f − f*', '‖∇f‖', 'step length'].map((name) => prefix(index) + name),
      ),
    ],
    rows: kept.map((step) => [
      step,
      ...series.flatMap(({ gap, slope, length }, index) => {
        const path = result.paths[index]!;
        if (step >= path.length) return ['', '', '', '', ''];
        const moved = step === 0 ? '' : length[step]!;
        return [path.spent[step]!, path.f[step]!, gap[step]!, slope[step]!, moved];
      }),
    ]),
  };
}

/** The measured rate of each run beside what theory says. */
function Rates(props: {
  readonly result: Result;
  readonly series: readonly Series[];
  readonly lowest: Lowest;
}) {
  const { result, series, lowest } = props;
  const { runs } = result.setup;
  return (
    <div className="rates">
      <h3>Rate of the final approach, of {lowest.known ? 'f − f*' : '‖∇f‖'} over the last few steps</h3>
      <ul>
        {series.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a run is known by its place alone
          <li key={index}>
            {series.length > 1 && `${runName(runs, index)}: `}measured {rateWords(measured(one, lowest))}, by
            theory <Theory result={result} index={index} squared={lowest.known} />.
          </li>
        ))}
      </ul>
    </div>
  );
}

function Theory({ result, index, squared }: { result: Result; index: number; squared: boolean }) {
  const n = result.variables.length;
  const path = result.paths[index]!;
  const run = result.setup.runs[index]!;
  const ended = path.outcome === 'converged' || path.outcome === 'step limit';
  const end = useMemo(() => [...path.x.subarray((path.length - 1) * n)], [path, n]);
  const { answer } = useStudy('curvature', ended && n <= 100 ? {} : undefined, end);
  const eigenvalues = answer?.n === n ? answer.eigenvalues : undefined;
  return <>{theoryOf(run, ended ? eigenvalues : undefined, squared) ?? 'not known'}</>;
}
