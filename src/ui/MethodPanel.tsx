import './race.css';
import { useId, useState } from 'react';
import type { Method, Parameter } from '../descent/method.ts';
import { findMethod, methods } from '../descent/methods/index.ts';
import { resolveParams } from '../descent/settings.ts';
import { lookOf } from '../plots/looks.ts';
import { exactNumber } from '../plots/numbers.ts';
import { bounds, coordinates, type Run } from '../setup.ts';
import { useStore } from '../store.ts';
import { LineKey } from './Marker.tsx';
import { NumberField } from './NumberField.tsx';
import { type Limit, useRateLimit } from './panels/useRateLimit.ts';

/** Which method goes down, with its own numbers, and how many steps. */
export function MethodPanel() {
  const { edit } = useStore.getState();
  const runs = useStore((state) => state.setup.runs);
  const steps = useStore((state) => state.setup.steps);
  const [only] = runs;
  const change = (index: number) => (next: Run, live: boolean) =>
    edit({ runs: useStore.getState().setup.runs.map((old, i) => (i === index ? next : old)) }, { live });
  const remove = (index: number) => {
    const state = useStore.getState();
    if (state.run >= index && state.run > 0) state.select(state.run - 1);
    edit({ runs: state.setup.runs.filter((_, i) => i !== index) });
  };
  return (
    <>
      {runs.length === 1 && only && <RunFields run={only} index={0} onChange={change(0)} />}
      {runs.length > 1 &&
        runs.map((run, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a run is known by its place alone
          <section key={index} className="run-box" aria-label={`Run ${index + 1}`}>
            <div className="run-head">
              <LineKey {...lookOf(index)} />
              <h3>Run {index + 1}</h3>
              <button type="button" onClick={() => remove(index)}>
                Remove
              </button>
            </div>
            <RunFields run={run} index={index} onChange={change(index)} />
            <OwnStart run={run} index={index} onChange={change(index)} />
          </section>
        ))}
      {runs.length < bounds.runs && (
        <button type="button" onClick={() => edit({ runs: [...runs, another(runs)] })}>
          Add method
        </button>
      )}
      <NumberField
        label="Steps"
        value={steps}
        min={1}
        max={500}
        limits={[0, bounds.steps]}
        scale="integer"
        slider={false}
        onChange={(value, live) => edit({ steps: value }, { live })}
      />
    </>
  );
}

/** A first-order method that is not there yet: what a comparison is usually about. */
function another(runs: readonly Run[]): Run {
  const method = ['momentum', 'adam', 'gd-backtracking', 'nesterov', 'rmsprop', 'gd'].find(
    (id) => !runs.some((run) => run.method === id),
  );
  return { method: method ?? 'gd', params: {} };
}

interface RunProps {
  readonly run: Run;
  readonly index: number;
  onChange(run: Run, live: boolean): void;
}

/** Where this run begins: with the others, or elsewhere. */
function OwnStart({ run, index, onChange }: RunProps) {
  const common = useStore((state) => state.result?.start);
  const told = useStore(
    (state) => state.mistakes.find((each) => each.where === 'start' && each.run === index)?.mistake.message,
  );
  const [draft, setDraft] = useState<string>();
  const id = useId();
  const { start: _, ...without } = run;
  const unreadable = draft !== undefined && !coordinates(draft);
  const mistake = unreadable ? 'Write numbers separated by commas.' : run.start && told;
  return (
    <div className="own-start-fields">
      <label className="switch-field field">
        <input
          type="checkbox"
          checked={run.start !== undefined}
          disabled={!common || common.length === 0}
          onChange={(event) => {
            setDraft(undefined);
            onChange(event.currentTarget.checked ? { ...run, start: [...(common ?? [])] } : without, false);
          }}
        />
        <span>Its own start</span>
      </label>
      {run.start && (
        <input
          type="text"
          autoComplete="off"
          aria-label="Start of this run"
          aria-invalid={mistake !== undefined}
          aria-describedby={mistake ? id : undefined}
          value={draft ?? run.start.map(exactNumber).join(', ')}
          onChange={(event) => {
            setDraft(event.currentTarget.value);
            const numbers = coordinates(event.currentTarget.value);
            if (numbers) onChange({ ...run, start: numbers }, true);
          }}
          onBlur={() => {
            if (draft === undefined || unreadable) return;
            setDraft(undefined);
            onChange(run, false);
          }}
        />
      )}
      {mistake && (
        <p id={id} className="mistake" role="alert">
          {mistake}
        </p>
      )}
    </div>
  );
}

function RunFields({ run, index, onChange }: RunProps) {
  const id = useId();
  const [more, setMore] = useState(false);
  const rateLimit = useRateLimit(run);
  const mistake = useStore(
    (state) =>
      state.mistakes.find((each) => each.where === 'run' && (each.run ?? 0) === index)?.mistake.message,
  );
  const scalar = useStore((state) => state.result?.scalar ?? true);
  const method = findMethod(run.method);
  const params = Object.entries(method?.params ?? {});
  const written = new Set(method ? namesIn(method, run.params) : []);
  const usual = ([id, parameter]: [string, Parameter]) =>
    (!parameter.advanced && written.has(id)) || run.params[id] !== undefined;
  const shown = params.filter((entry) => more || usual(entry));
  const set = (id: string, value: number | string, live: boolean) =>
    onChange({ ...run, params: { ...run.params, [id]: value } }, live);
  return (
    <>
      <div className="field">
        <label htmlFor={id}>Method</label>
        <select
          id={id}
          value={run.method}
          aria-invalid={mistake !== undefined}
          aria-describedby={mistake ? `${id}-mistake` : undefined}
          onChange={(event) => onChange({ ...run, method: event.currentTarget.value, params: {} }, false)}
        >
          {methods.map(({ id, label, residuals }) => (
            <option key={id} value={id} disabled={residuals !== undefined && scalar}>
              {label}
            </option>
          ))}
        </select>
        {mistake && (
          <p id={`${id}-mistake`} className="mistake" role="alert">
            {mistake}
          </p>
        )}
      </div>
      {shown.map(([id, parameter]) => (
        <ParameterField
          key={`${run.method} ${id}`}
          parameter={parameter}
          value={run.params[id] ?? parameter.default}
          limit={id === 'lr' ? rateLimit : undefined}
          onChange={(value, live) => set(id, value, live)}
        />
      ))}
      {!params.every(usual) && (
        <button type="button" className="quiet" aria-expanded={more} onClick={() => setMore(!more)}>
          {more ? 'Fewer settings' : 'More settings'}
        </button>
      )}
    </>
  );
}

/** The names that the rule, as it is set, is written with: the numbers that matter. */
function namesIn(method: Method, given: Run['params']): string[] {
  const lines = method.rule.lines(resolveParams(method, given));
  return lines.join(' ').match(/(?<=@)[A-Za-z]\w*/g) ?? [];
}

interface ParameterProps {
  readonly parameter: Parameter;
  readonly value: number | string;
  readonly limit: Limit | undefined;
  onChange(value: number | string, live: boolean): void;
}

function ParameterField({ parameter, value, limit, onChange }: ParameterProps) {
  const { label, scale, choices, min, max, limits } = parameter;
  if (scale === 'choice') {
    return (
      <label className="field choice-field">
        <span>{label}</span>
        <select value={value} onChange={(event) => onChange(event.currentTarget.value, false)}>
          {choices?.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      </label>
    );
  }
  if (scale === 'switch') {
    return (
      <label className="field switch-field">
        <input
          type="checkbox"
          checked={Number(value) !== 0}
          onChange={(event) => onChange(event.currentTarget.checked ? 1 : 0, false)}
        />
        <span>{label}</span>
      </label>
    );
  }
  return <NumberField {...{ label, min, max, scale, limits, limit, onChange }} value={Number(value)} />;
}
