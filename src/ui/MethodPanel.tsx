import { useState } from 'react';
import type { Method, Parameter } from '../descent/method.ts';
import { findMethod, methods } from '../descent/methods/index.ts';
import { resolveParams } from '../descent/settings.ts';
import { bounds, type Run } from '../setup.ts';
import { useStore } from '../store.ts';
import { NumberField } from './NumberField.tsx';
import { type Limit, useRateLimit } from './panels/useRateLimit.ts';

/** Which method goes down, with its own numbers, and how many steps. */
export function MethodPanel() {
  const { edit } = useStore.getState();
  const runs = useStore((state) => state.setup.runs);
  const steps = useStore((state) => state.setup.steps);
  const run = runs[0];
  const change = (next: Run, live: boolean) =>
    edit(
      { runs: runs.map((old) => (old === useStore.getState().setup.runs[0] || old === run ? next : old)) },
      { live },
    );
  if (!run) return null;
  return (
    <>
      <RunFields run={run} onChange={change} />
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

interface RunProps {
  readonly run: Run;
  onChange(run: Run, live: boolean): void;
}

function RunFields({ run, onChange }: RunProps) {
  const [more, setMore] = useState(false);
  const rateLimit = useRateLimit(run);
  const mistake = useStore((state) => state.mistakes.find(({ where }) => where === 'run')?.mistake.message);
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
        <label htmlFor="method">Method</label>
        <select
          id="method"
          value={run.method}
          aria-invalid={mistake !== undefined}
          aria-describedby={mistake ? 'run-mistake' : undefined}
          onChange={(event) => onChange({ ...run, method: event.currentTarget.value, params: {} }, false)}
        >
          {methods.map(({ id, label, residuals }) => (
            <option key={id} value={id} disabled={residuals !== undefined && scalar}>
              {label}
            </option>
          ))}
        </select>
        {mistake && (
          <p id="run-mistake" className="mistake" role="alert">
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
