import { useStore } from '../store.ts';

/** What was ignored or replaced in a link, and whether the worker had to be started anew. */
export function Notes() {
  const notes = useStore((state) => state.notes);
  const status = useStore((state) => state.status);
  const { dismiss } = useStore.getState();
  if (notes.length === 0 && status !== 'restarted') return null;
  return (
    <div className="notes">
      {status === 'restarted' && (
        <p role="alert">
          This took too long and was stopped. Change the function, the steps or the method, and it goes on.
        </p>
      )}
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
