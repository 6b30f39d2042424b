import './start-table.css';
import { useState } from 'react';
import { displayName } from '../plots/names.ts';
import { exactNumber } from '../plots/numbers.ts';
import { readNumber } from '../setup.ts';
import { useStore } from '../store.ts';
import { Scroll } from './Scroll.tsx';

/** Up to so many variables nobody needs a table. */
const few = 4;
/** Beyond so many, the text is the better place. */
const most = 200;

/** The starting point as a table, coordinate by coordinate, where there are many. */
export function StartTable() {
  const { edit } = useStore.getState();
  const variables = useStore((state) => state.result?.variables) ?? [];
  const chosen = useStore((state) => state.result?.start);
  const said = useStore((state) => state.setup.start);
  const [draft, setDraft] = useState<{ index: number; text: string }>();
  const n = variables.length;
  const start = said?.length === n ? said : chosen;
  if (n <= few || n > most || start?.length !== n) return null;

  const change = (index: number, text: string) => {
    setDraft({ index, text });
    const value = readNumber(text);
    if (value !== undefined)
      edit({ start: Array.from(start, (former, at) => (at === index ? value : former)) }, { live: true });
  };
  const leave = () => {
    if (!draft) return;
    setDraft(undefined);
    edit({ start: Array.from(start) });
  };
  return (
    <Scroll className="start-table" label="Starting point by coordinates">
      <table>
        <caption className="visually-hidden">Starting point by coordinates</caption>
        <tbody>
          {variables.map((name, index) => {
            const text = draft?.index === index ? draft.text : exactNumber(start[index]!);
            return (
              <tr key={name}>
                <th scope="row">{displayName(name)}</th>
                <td>
                  <input
                    type="text"
                    inputMode="decimal"
                    autoComplete="off"
                    aria-label={`${displayName(name)} at the start`}
                    aria-invalid={readNumber(text) === undefined}
                    value={text}
                    onChange={(event) => change(index, event.currentTarget.value)}
                    onBlur={leave}
                    onKeyDown={(event) => event.key === 'Enter' && leave()}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}
