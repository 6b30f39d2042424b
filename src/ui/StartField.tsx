import { useState } from 'react';
import { displayName } from '../plots/names.ts';
import { exactNumber } from '../plots/numbers.ts';
import { coordinates } from '../setup.ts';
import { useStore } from '../store.ts';
import { StartTable } from './StartTable.tsx';

/** The starting point as text: `5, 3`. What is being typed stays as it is typed, also while it makes no sense. */
export function StartField() {
  const { edit } = useStore.getState();
  const start = useStore((state) => state.result?.start);
  const said = useStore((state) => state.setup.start);
  const variables = useStore((state) => state.result?.variables);
  const answer = useStore((state) => state.mistakes.find(({ where }) => where === 'start')?.mistake.message);
  const [draft, setDraft] = useState<string>();

  const text = draft ?? Array.from(said ?? start ?? [], exactNumber).join(', ');
  const unreadable = draft !== undefined && !coordinates(draft);
  const message = unreadable
    ? `Write ${count(variables?.length)}separated by commas, such as ${example(variables?.length)}.`
    : answer;

  const type = (typed: string) => {
    setDraft(typed);
    const numbers = coordinates(typed);
    if (numbers) edit({ start: numbers }, { live: true });
  };
  const leave = () => {
    const { setup } = useStore.getState();
    if (draft === undefined || unreadable || answer) return;
    setDraft(undefined);
    edit({ start: setup.start });
  };
  return (
    <div className="field">
      <label htmlFor="start">Starting point</label>
      <div className="start-input">
        {variables && variables.length > 0 && (
          <span className="names" aria-hidden="true">
            {names(variables)} =
          </span>
        )}
        <input
          id="start"
          type="text"
          inputMode="text"
          autoComplete="off"
          value={text}
          aria-invalid={message !== undefined}
          aria-describedby={message ? 'start-mistake' : undefined}
          onChange={(event) => type(event.currentTarget.value)}
          onBlur={leave}
          onKeyDown={(event) => event.key === 'Enter' && leave()}
        />
      </div>
      {message && (
        <p id="start-mistake" className="mistake" role="alert">
          {message}
        </p>
      )}
      <StartTable />
    </div>
  );
}

function names(variables: readonly string[]): string {
  const shown = variables.map(displayName);
  if (shown.length === 1) return shown[0]!;
  return `(${shown.length <= 3 ? shown.join(', ') : `${shown[0]}, …, ${shown.at(-1)}`})`;
}

const count = (n: number | undefined): string =>
  n === undefined ? 'numbers ' : n === 1 ? 'one number, ' : `${n} numbers `;
const example = (n = 2): string => [5, 3, 1, 2, 4].slice(0, Math.max(1, n)).join(', ') + (n > 5 ? ', …' : '');
