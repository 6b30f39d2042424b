import './cost.css';
import { useMemo, useState } from 'react';
import { findMethod } from '../../descent/methods/index.ts';
import { formatNumber } from '../../plots/numbers.ts';
import { useStore } from '../../store.ts';
import type { CostAnswer, CostSeries, MeasuredMethod } from '../../studies/cost.ts';
import { Chart, type ChartLine, type ChartRule } from '../Chart.tsx';
import { Scroll } from '../Scroll.tsx';
import { useStudy } from '../useStudy.ts';
import { needs } from './costs.ts';

/** ms; sizes beyond 300 are measured while it lasts. */
const budget = 10_000;

/** What second derivatives cost for so many variables: counted for the present n, and measured here when asked for. */
export default function Cost() {
  const n = useStore((store) => store.result?.variables.length ?? 0);
  const memory = useStore(({ setup, run }) => Number(setup.runs[run]?.params.memory ?? Number.NaN));
  const m =
    Number.isInteger(memory) && memory > 0
      ? memory
      : Number(findMethod('lbfgs')?.params.memory?.default ?? 10);
  return (
    <div className="cost panel">
      <Counted n={n} m={m} />
      <Measured n={n} />
    </div>
  );
}

function Counted({ n, m }: { readonly n: number; readonly m: number }) {
  return (
    <Scroll className="cost-table" label="What is needed">
      <table>
        <caption>For the present n = {n}, besides f and ∇f themselves</caption>
        <thead>
          <tr>
            <td />
            <th scope="col" colSpan={2}>
              numbers kept
            </th>
            <th scope="col" colSpan={2}>
              operations per step
            </th>
          </tr>
        </thead>
        <tbody>
          {needs(n, m).map(({ name, stored, work, note }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="formula-cell">{stored[0]}</td>
              <td>{formatNumber(stored[1], 4)}</td>
              <td className="formula-cell">{work[0]}</td>
              <td>{formatNumber(Math.round(work[1]), 4)}</td>
              <td className="note">{note}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Measured({ n }: { readonly n: number }) {
  const [asked, setAsked] = useState(false);
  const { answer, state, progress, reason, stop, repeat } = useStudy('cost', asked ? { budget } : undefined);
  const running = asked && state === 'waiting';
  return (
    <>
      <div className="cost-controls">
        {running ? (
          <button type="button" onClick={stop}>
            Stop
          </button>
        ) : (
          <button type="button" onClick={() => (asked ? repeat() : setAsked(true))}>
            {asked ? 'Measure again' : 'Measure here'}
          </button>
        )}
        {running && (
          <progress aria-label="Measuring" max={1} value={progress ?? 0}>
            {Math.round(100 * (progress ?? 0))} %
          </progress>
        )}
        <p className="note">
          The time of one step on Rosenbrock’s function of n = 2 to 300 variables, in this browser; beyond 300
          as long as {budget / 1000} seconds last.
        </p>
      </div>
      {reason !== undefined && <p className="note">{reason}</p>}
      {answer && <Times answer={answer} n={n} />}
    </>
  );
}

const looks: Record<MeasuredMethod, Pick<ChartLine, 'color' | 'marker'>> = {
  newton: { color: 'var(--run-1)', marker: 'circle' },
  'newton-diagonal': { color: 'var(--run-3)', marker: 'square' },
  lbfgs: { color: 'var(--run-2)', marker: 'triangle' },
};
const expected: Record<MeasuredMethod, string> = {
  newton: 'the factorisation grows like n³',
  'newton-diagonal': 'its n Hessian–vector products grow like n²',
  lbfgs: 'it grows like n',
};

const label = (method: MeasuredMethod): string => findMethod(method)?.label ?? method;

function Times({ answer: { series }, n }: { readonly answer: CostAnswer; readonly n: number }) {
  const lines = useMemo(
    () => [
      ...series.flatMap(fitted),
      ...series.map(
        ({ method, n, time }): ChartLine => ({ name: label(method), ...looks[method], x: n, y: time }),
      ),
    ],
    [series],
  );
  const rules = useMemo(
    (): ChartRule[] => (n >= 2 ? [{ axis: 'x', at: n, label: 'this n', dash: '2 4' }] : []),
    [n],
  );
  const sizes = [...new Set(series.flatMap((one) => [...one.n]))].sort((a, b) => a - b);
  const slopes = series.flatMap(({ method, fit }) =>
    fit ? [`${label(method)}: slope ${fit.slope.toFixed(2)} from n = 50 on; ${expected[method]}.`] : [],
  );
  if (sizes.length < 2) return null;
  return (
    <Chart
      title="Time of a step against the number of variables"
      sentence={slopes.join(' ') || 'The slopes stand here when enough has been measured.'}
      table={() => ({
        caption: 'Time of a step in milliseconds',
        head: ['n', ...series.map(({ method }) => label(method))],
        rows: sizes.map((size) => [
          String(size),
          ...series.map((one) => {
            const at = one.n.indexOf(size);
            return at < 0 ? '' : formatNumber(one.time[at]!, 3);
          }),
        ]),
      })}
      x={{ label: 'n', scale: 'log' }}
      y={{ label: 'ms per step', scale: 'log' }}
      lines={lines}
      rules={rules}
      height={280}
    />
  );
}

/** The line whose slope is told. */
function fitted({ method, fit }: CostSeries): ChartLine[] {
  if (!fit) return [];
  const x = [fit.from / 2, fit.to * 1.5];
  const y = x.map((at) => fit.factor * at ** fit.slope);
  return [
    {
      name: `${label(method)}, slope ${fit.slope.toFixed(2)}`,
      color: looks[method].color,
      dash: '4 4',
      width: 1,
      x,
      y,
    },
  ];
}
