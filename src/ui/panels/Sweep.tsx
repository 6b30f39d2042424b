import './sweep.css';
import { useState } from 'react';
import type { Method } from '../../descent/method.ts';
import { findMethod } from '../../descent/methods/index.ts';
import type { Run } from '../../setup.ts';
import { useStore } from '../../store.ts';
import { type StudyView, useStudy } from '../useStudy.ts';
import { SweepChart } from './SweepChart.tsx';
import { SweepMap } from './SweepMap.tsx';
import { sweepable, taken } from './sweepChoice.ts';

/** What becomes of the present run for other values of one or two of its parameters. */
export default function Sweep() {
  const run = useStore((state) => state.result?.setup.runs[state.run]);
  const method = run && findMethod(run.method);
  if (!run || !method) return null;
  const [first] = sweepable(method);
  if (!first) return <p className="note">{method.label} has no number that could be swept.</p>;
  return <Swept key={run.method} run={run} method={method} usual={'lr' in method.params ? 'lr' : first[0]} />;
}

interface SweptProps {
  readonly run: Run;
  readonly method: Method;
  readonly usual: string;
}

function Swept({ run, method, usual }: SweptProps) {
  const [across, setAcross] = useState(usual);
  const [up, setUp] = useState('');
  const [steps, setSteps] = useState(5000);
  const choices = sweepable(method);
  const study = useStudy('sweep', { first: { param: across }, ...(up && { second: { param: up } }), steps });
  const { answer, state, reason } = study;
  const fits =
    answer?.method === method.id && answer.first.param === across && (answer.second?.param ?? '') === up;
  const take = (values: Readonly<Record<string, number>>) => {
    const { edit, setup, run: index } = useStore.getState();
    const readable = Object.entries(values).map(([id, value]) => [id, taken(value, method.params[id]!)]);
    const params = { ...setup.runs[index]?.params, ...Object.fromEntries(readable) };
    edit({ runs: setup.runs.map((old, i) => (i === index ? { ...old, params } : old)) });
  };
  const options = (except: string) =>
    choices.map(([id, { label }]) => (
      <option key={id} value={id} disabled={id === except}>
        {label}
      </option>
    ));
  return (
    <div className="sweep panel" aria-busy={state === 'waiting'}>
      <div className="sweep-choice">
        <label>
          Across
          <select value={across} onChange={(event) => setAcross(event.currentTarget.value)}>
            {options(up)}
          </select>
        </label>
        {choices.length > 1 && (
          <label>
            Up
            <select value={up} onChange={(event) => setUp(event.currentTarget.value)}>
              <option value="">nothing: a curve</option>
              {options(across)}
            </select>
          </label>
        )}
        <label>
          Steps at most
          <select value={steps} onChange={(event) => setSteps(Number(event.currentTarget.value))}>
            {[500, 5000, 50_000].map((most) => (
              <option key={most} value={most}>
                {most}
              </option>
            ))}
          </select>
        </label>
        <Work study={study} />
      </div>
      {reason !== undefined && <p className="note">{reason}</p>}
      {fits && answer && (
        <>
          {answer.cut && <p className="note">{answer.cut}</p>}
          {answer.second ? (
            <SweepMap answer={answer} up={answer.second} onTake={take} />
          ) : (
            <SweepChart
              answer={answer}
              present={Number(run.params[across] ?? answer.first.present)}
              onTake={take}
            />
          )}
        </>
      )}
    </div>
  );
}

/** How far the runs have come, and a way to end them. */
function Work({ study: { state, progress, stop, repeat } }: { readonly study: StudyView<'sweep'> }) {
  if (state === 'stopped')
    return (
      <button type="button" onClick={repeat}>
        Run all
      </button>
    );
  if (state !== 'waiting' || progress === undefined) return null;
  return (
    <>
      <progress value={progress} aria-label="Runs made" />
      <button type="button" onClick={stop}>
        Stop
      </button>
    </>
  );
}
