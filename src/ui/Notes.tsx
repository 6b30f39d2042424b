import { type Status, useStore } from '../store.ts';

const endings: ReadonlyMap<Status, string> = new Map([
  [
    'restarted',
    'This took too long and was stopped. Change the function, the steps or the method, and it goes on.',
  ],
  [
    'crashed',
    'The computation failed, which is a mistake of this page and not yours. Change the function, the steps or the method, and it goes on; if it does not, load the page again.',
  ],
]);

/** What was ignored or replaced in a link, and whether the worker had to be started anew. */
export function Notes() {
  const notes = useStore((state) => state.notes);
  const status = useStore((state) => state.status);
  const { dismiss } = useStore.getState();
  const ended = endings.get(status);
  if (notes.length === 0 && !ended) return null;
  return (
    <div className="notes">
      {ended && <p role="alert">{ended}</p>}
      {notes.length > 0 && (
        <div role="alert">
          <ul>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
          <button type="button" className="quiet" onClick={dismiss}>
            Dismiss
          </button>
        </div>
      )}
    </div>
  );
}
