import { useMemo } from 'react';
import { formatNumber } from '../../plots/numbers.ts';
import type { StudyAnswer } from '../../studies/index.ts';
import { Chart, type ChartPoint, type ChartRule } from '../Chart.tsx';
import { LineKey, Marker } from '../Marker.tsx';
import type { ChartTable } from '../TableTwin.tsx';
import { nearest } from './sweepChoice.ts';
import { countsOf, endings, outcomeOf, summary } from './sweepWords.ts';

type Answer = StudyAnswer['sweep'];

interface Props {
  readonly answer: Answer;
  /** What the run has now; an answer may still speak of a former one. */
  readonly present: number;
  onTake(values: Readonly<Record<string, number>>): void;
}

/** Steps to the tolerance over the values of one parameter; what does not converge stands at the top by its outcome. */
export function SweepChart({ answer, present, onTake }: Props) {
  const { first, marks } = answer;
  const { values, label, param, logarithmic } = first;
  const { lines, points } = useMemo(() => drawn(answer), [answer]);
  // Of those at the same place the last is seen.
  const rules = new Map<number, ChartRule>([
    ...marks.map(({ value, at }): [number, ChartRule] => [
      value,
      { axis: 'x', at: value, color: 'var(--wrong)', dash: at === 'start' ? '2 4' : '8 4' },
    ]),
    [present, { axis: 'x', at: present, color: 'var(--point)' }],
  ]);
  const here = values[nearest(values, present, logarithmic)]!;
  const counts = countsOf(answer);
  return (
    <>
      <ul className="sweep-legend">
        {endings
          .filter((_, k) => counts[k]! > 0)
          .map(({ name, shape, color }) => (
            <li key={name}>
              <svg width="14" height="14" aria-hidden="true">
                <Marker shape={shape} x={7} y={7} size={4.5} color={color} />
              </svg>
              {name}
            </li>
          ))}
        {marks.map(({ at, value, tex }) => (
          <li key={at}>
            <LineKey color="var(--wrong)" dash={at === 'start' ? '2 4' : '8 4'} />
            {plain(tex)} at the {at}: {formatNumber(value, 4)}
          </li>
        ))}
        <li>
          <LineKey color="var(--point)" />
          now: {formatNumber(present, 4)}
        </li>
      </ul>
      <Chart
        title={`Steps to the tolerance by ${label.toLowerCase()}`}
        sentence={`${summary(answer)} Choose a place to take its value.`}
        table={() => table(answer)}
        x={{ label, scale: logarithmic ? 'log' : 'linear', range: [values[0]!, values.at(-1)!] }}
        y={{
          label: `Steps to ‖∇f‖ < ${formatNumber(answer.tol)}`,
          scale: 'log',
          range: rangeOf(answer),
        }}
        lines={lines}
        points={points}
        rules={[...rules.values()]}
        choose={{
          name: 'Swept value',
          stops: values,
          at: here,
          text: (at) => told(answer, at),
          onChoose: (at) => onTake({ [param]: at }),
        }}
      />
    </>
  );
}

function told(answer: Answer, at: number): string {
  const k = answer.first.values.indexOf(at);
  const how = k < 0 ? undefined : outcomeOf(answer, k);
  return how ? `${formatNumber(at, 3)}: ${how}` : formatNumber(at, 3);
}

function rangeOf({ taken, outcome, steps }: Answer): readonly [number, number] {
  const least = taken.reduce((low, count, k) => (outcome[k] === 0 ? Math.min(low, count) : low), steps);
  return [Math.max(0.8, least / 2), steps * 2];
}

function drawn(answer: Answer) {
  const { first, outcome, taken, steps } = answer;
  const converged = taken.map((count, k) => (outcome[k] === 0 ? Math.max(1, count) : Number.NaN));
  const points = Array.from(first.values).flatMap((x, k): ChartPoint[] => {
    const ending = endings[outcome[k]!];
    if (!ending) return [];
    const y = outcome[k] === 0 ? converged[k]! : steps * 1.5;
    return [{ x, y, color: ending.color, marker: ending.shape, size: 3.6 }];
  });
  const line = { name: 'Steps', color: 'var(--run-1)', x: first.values, y: converged };
  return { lines: [line], points };
}

function table(answer: Answer): ChartTable {
  const { first, outcome, taken, f } = answer;
  return {
    caption: `Runs by ${first.label.toLowerCase()}`,
    head: [first.label, 'Outcome', 'Steps', 'f at the end'],
    rows: Array.from(first.values).flatMap((value, k) =>
      outcome[k]! < 0 ? [] : [[formatNumber(value, 4), endings[outcome[k]!]!.name, taken[k]!, f[k]!]],
    ),
  };
}

/** `\frac{2(1+\mu)}{\lambda_{\max}}` → `2(1+μ)/λmax`. */
const plain = (tex: string): string =>
  tex
    .replace(/\\frac\{(.*)\}\{(.*)\}$/, (_, top: string, bottom: string) =>
      bottom.includes('(') ? `${top}/(${bottom})` : `${top}/${bottom}`,
    )
    .replaceAll('\\mu', 'μ')
    .replaceAll('\\lambda_{\\max}', 'λmax');
