import './line-search.css';
import { useMemo, useState } from 'react';
import { formatNumber, formatPoint } from '../../plots/numbers.ts';
import { useStore } from '../../store.ts';
import type { StudyAnswer } from '../../studies/index.ts';
import { Chart, type ChartLine, type ChartPoint } from '../Chart.tsx';
import { LineKey } from '../Marker.tsx';
import type { ChartTable } from '../TableTwin.tsx';
import { useStudy } from '../useStudy.ts';
import { allowed } from './lineSearch.ts';

type Answer = Exclude<StudyAnswer['lineSearch'], { none: string }>;

/** φ(t) = f(x + t·p) along the direction of the next step, with what was tried and what would be accepted. */
export default function LineSearch() {
  const result = useStore((state) => state.result);
  const [wide, setWide] = useState(false);
  const { answer, state, reason, of } = useStudy('lineSearch', {});
  const near = answer && nearRange(answer);
  const closer = useStudy('lineSearch', near && !wide ? { range: near } : undefined).answer;
  if (!result) return null;
  if (reason !== undefined) return <p className="note">{reason}</p>;
  if (!answer) return <p className="note">Computing…</p>;
  if ('none' in answer) return <p className="note">{answer.none}</p>;
  if (answer.direction.length !== result.variables.length) return <p className="note">Computing…</p>;
  const fits = closer && !('none' in closer) && near && !wide && same(closer.direction, answer.direction);
  return (
    <div className="line-search panel" aria-busy={state === 'waiting'} data-from={of?.step}>
      {near && (
        <button type="button" className="toggle" aria-pressed={wide} onClick={() => setWide(!wide)}>
          All tried lengths
        </button>
      )}
      <View answer={fits ? closer : answer} value={result.scalar ? 'f' : 'φ'} />
    </div>
  );
}

/** Lengths about the one that was taken, where others that were tried are so long that it could not be seen. */
function nearRange(answer: Answer | { none: string }): readonly [number, number] | undefined {
  if ('none' in answer || answer.accepted === undefined) return undefined;
  const taken = answer.tried[answer.accepted]!.t;
  const longest = Math.max(...answer.tried.map(({ t }) => t));
  return taken > 0 && longest > 3 * taken ? [-0.3 * taken, 2.2 * taken] : undefined;
}

const same = (a: Float64Array, b: Float64Array): boolean =>
  a.length === b.length && a.every((value, i) => Object.is(value, b[i]));

const colors = { curve: 'var(--run-1)', line: 'var(--muted)', taken: 'var(--point)', good: 'var(--accent)' };

function View({ answer, value }: { readonly answer: Answer; readonly value: string }) {
  const { lines, points } = useMemo(() => drawn(answer), [answer]);
  const [from, to] = [answer.t[0]!, answer.t[answer.t.length - 1]!];
  return (
    <>
      <ul className="line-search-legend">
        {lines.map((line) => (
          <li key={line.name}>
            <LineKey {...line} /> {line.name}
          </li>
        ))}
      </ul>
      <Chart
        title="φ(t) along the direction of the next step"
        sentence={sentence(answer, value)}
        table={() => table(answer)}
        x={{ label: 't', range: [from, to] }}
        y={{ label: 'φ(t)', range: heightOf(answer) }}
        lines={lines}
        points={points}
        rules={[{ axis: 'x', at: 0, label: 'here', dash: '2 3' }]}
      />
    </>
  );
}

function drawn(answer: Answer): { lines: ChartLine[]; points: ChartPoint[] } {
  const { t, f, f0, slope, armijo, tried, accepted, c2 } = answer;
  const { color, dash } = { color: colors.line, dash: '7 4' };
  const lines: ChartLine[] = [
    { name: 'φ(t)', color: colors.curve, x: t, y: f },
    { name: 'Armijo: φ(0) + c₁tφ′(0)', color, dash, x: t, y: armijo },
  ];
  if (c2 !== undefined) {
    const y = t.map((length) => f0 + c2 * length * slope);
    lines.push({ name: 'Curvature: slope c₂φ′(0)', color, dash: '2 4', x: t, y });
  }
  const [low] = heightOf(answer);
  const good = allowed(answer);
  lines.push({
    name: c2 === undefined ? 'Armijo’s condition holds' : 'Both conditions hold',
    color: colors.good,
    width: 6,
    x: t,
    y: Float64Array.from(good, (holds) => (holds ? low : Number.NaN)),
  });
  const points = tried.map(
    (trial, i): ChartPoint => ({
      x: trial.t,
      y: trial.f,
      color: i === accepted ? colors.taken : colors.curve,
      size: i === accepted ? 6 : 5,
      open: i !== accepted,
      label: tried.length > 1 ? String(i + 1) : '',
    }),
  );
  return { lines, points: [{ x: 0, y: f0, color: colors.curve, size: 4 }, ...points] };
}

/** From the lowest of φ and the tried points to the highest, with the Armijo line but not all of the steeper ones. */
function heightOf({ t, f, tried, f0 }: Answer): readonly [number, number] {
  const shown = tried.filter((trial) => trial.t <= t[t.length - 1]!);
  const values = [...f, ...shown.map((trial) => trial.f), f0].filter(Number.isFinite);
  const [low, high] = values.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [f0, f0]);
  const room = 0.06 * (high - low) || Math.abs(f0) * 1e-6 || 1;
  return [low - room, high + room];
}

function sentence({ searched, direction, f0, slope, tried, accepted, failed }: Answer, value: string) {
  const along = direction.length === 1 ? formatNumber(direction[0]!, 4) : formatPoint(direction, 4, 4);
  const taken = accepted === undefined ? undefined : tried[accepted]!;
  const start = `φ(t) = ${value}(x + t·p) with p = ${along}; φ(0) = ${formatNumber(f0, 5)} and φ′(0) = ${formatNumber(slope, 5)}. `;
  if (failed !== undefined) return start + failed;
  if (!taken) return `${start}No length was taken.`;
  const reached = `φ(${formatNumber(taken.t, 5)}) = ${formatNumber(taken.f, 5)}`;
  return searched
    ? `${start}Of ${tried.length} tried ${tried.length === 1 ? 'length' : 'lengths'} t = ${formatNumber(taken.t, 5)} was taken: ${reached}.`
    : `${start}This method searches no length: its step is t = 1, ${reached}. The lines show what a search would ask for.`;
}

function table({ tried, accepted, f0, c1, slope }: Answer): ChartTable {
  const word = (met: boolean | undefined) => (met === undefined ? '' : met ? 'met' : 'not met');
  return {
    caption: 'Tried lengths along the direction',
    head: ['t', 'φ(t)', 'Armijo’s bound', 'Armijo', 'φ′(t)', 'Curvature', 'Outcome'],
    rows: tried.map((trial, i) => [
      trial.t,
      trial.f,
      f0 + c1 * trial.t * slope,
      word(trial.armijo),
      trial.slope ?? '',
      word(trial.curvature),
      i === accepted ? 'taken' : '',
    ]),
  };
}
