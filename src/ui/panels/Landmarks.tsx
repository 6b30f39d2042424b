import './landmarks.css';
import { useMemo, useState } from 'react';
import type { CriticalPoint } from '../../descent/criticalPoints.ts';
import { displayName } from '../../plots/names.ts';
import { formatNumber, formatPoint } from '../../plots/numbers.ts';
import { useStore } from '../../store.ts';
import type { LandmarksAnswer } from '../../studies/landmarks.ts';
import { LandmarkSign } from '../marks/LandmarkSign.tsx';
import { Scroll } from '../Scroll.tsx';
import { useStudy } from '../useStudy.ts';

const most = 30;

/** Minima, maxima and saddles in the window, which are also marked on the plot. */
export default function Landmarks() {
  const { answer, state, reason } = useStudy('landmarks', {});
  const result = useStore((store) => store.result);
  if (!result) return null;
  if (reason !== undefined) return <p className="note">{reason}</p>;
  if (!answer) return <p className="note">Looking for them…</p>;
  const f = result.scalar ? 'f' : 'φ';
  return (
    <div className="landmark-list panel" aria-busy={state === 'waiting'}>
      <p>{summary(answer)}</p>
      {curves(answer, f).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {answer.flat && <p>{f} is constant on a part of the window; the points there are not listed.</p>}
      {answer.points.length > 0 && <PointTable {...{ answer, f }} variables={result.variables} />}
    </div>
  );
}

interface TableProps {
  readonly answer: LandmarksAnswer;
  readonly variables: readonly string[];
  readonly f: string;
}

function PointTable({ answer, variables, f }: TableProps) {
  const [all, setAll] = useState(false);
  const edit = useStore((store) => store.edit);
  const locked = useStore((store) => store.setup.hide.includes('start'));
  const rounding = useRounding();
  const shown = all ? answer.points : answer.points.slice(0, most);
  return (
    <>
      <Scroll className="landmark-table" label="Critical points">
        <table>
          <caption className="visually-hidden">Critical points in the window</caption>
          <thead>
            <tr>
              <th scope="col">kind</th>
              {variables.map((name) => (
                <th key={name} scope="col">
                  {displayName(name)}
                </th>
              ))}
              <th scope="col">{f}</th>
              {!locked && <td />}
            </tr>
          </thead>
          <tbody>
            {shown.map((point) => (
              <tr key={point.x.join()}>
                <th scope="row">
                  <svg width="18" height="16" aria-hidden="true">
                    <LandmarkSign kind={kindOf(point)} x={9} y={8} />
                  </svg>{' '}
                  {point.curve ? 'curve' : point.kind}
                  {point.curve && <span className="visually-hidden"> of {plural[point.curve.kind]}</span>}
                </th>
                {Array.from(point.x, (value, i) => (
                  <td key={variables[i]}>{formatNumber(tidy(value, answer, i), 5)}</td>
                ))}
                <td>{formatNumber(Math.abs(point.f) < rounding ? 0 : point.f, 5)}</td>
                {!locked && (
                  <td>
                    <button
                      type="button"
                      aria-label={`Start at ${formatPoint(point.x, 4)}`}
                      onClick={() =>
                        edit({ start: Array.from(point.x, (value, i) => tidy(value, answer, i)) })
                      }
                    >
                      Start
                    </button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {answer.points.length > most && (
        <button type="button" className="quiet" onClick={() => setAll(!all)}>
          {all ? `Only the first ${most}` : `All ${answer.points.length}`}
        </button>
      )}
    </>
  );
}

/** Below it f at a point found is what the last digits of its coordinates make of it. */
function useRounding(): number {
  const values = useStore((store) => store.result?.field.values);
  return useMemo(() => {
    let largest = 0;
    for (const value of values ?? []) if (Math.abs(value) > largest) largest = Math.abs(value);
    return 1e-28 * largest;
  }, [values]);
}

const kindOf = ({ kind, curve }: CriticalPoint): CriticalPoint['kind'] => curve?.kind ?? kind;

/** Without what is rounding beside the window's size: 0 and not 3e-17, 3 and not 2.9999999999999996. */
function tidy(value: number, { x, y }: LandmarksAnswer, i: number): number {
  const [min, max] = i === 0 ? x : y;
  const unit = 10 ** (Math.floor(Math.log10(max - min)) - 11);
  const decimals = Math.min(100, Math.max(0, -Math.round(Math.log10(unit))));
  return Number(value.toFixed(decimals)) || 0;
}

const plural = {
  minimum: 'minima',
  maximum: 'maxima',
  saddle: 'saddles',
  degenerate: 'degenerate points',
} as const;

function summary({ points, complete }: LandmarksAnswer): string {
  const lone = points.filter(({ curve }) => !curve);
  const counts = (['minimum', 'saddle', 'maximum', 'degenerate'] as const).flatMap((kind) => {
    const count = lone.filter((point) => point.kind === kind).length;
    const name = count !== 1 ? plural[kind] : kind === 'degenerate' ? 'degenerate point' : kind;
    return count === 0 ? [] : `${count} ${name}`;
  });
  const all = complete ? ' These are all: the gradient’s turns along the window’s border agree.' : '';
  if (points.length === 0) {
    return `No critical point in the window${complete ? ', as the gradient’s turns along its border confirm' : ' was found'}.`;
  }
  if (counts.length === 0) return 'No critical point in the window stands alone.';
  return `${counts.join(', ').replace(/, ([^,]*)$/, ' and $1')} in the window.${all}`;
}

function curves({ points }: LandmarksAnswer, f: string): string[] {
  return (['minimum', 'maximum', 'degenerate'] as const).flatMap((kind) => {
    const count = points.filter(({ curve }) => curve?.kind === kind).length;
    if (count === 0) return [];
    const form = count === 1 ? 'form a curve' : `form ${count} curves`;
    if (kind === 'degenerate') return `Critical points ${form}, along which ${f} stays the same.`;
    return `${kind === 'minimum' ? 'Minima' : 'Maxima'} ${form}: along it ${f} stays the same. A point of its middle stands in the table.`;
  });
}
