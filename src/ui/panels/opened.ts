import { useSyncExternalStore } from 'react';

const key = 'nabla.open';

/** What the person opened or closed, by panel or mark. Kept for the next visit where storage is allowed. */
let chosen: ReadonlyMap<string, boolean> = stored();
const listeners = new Set<() => void>();

export function choose(id: string, open: boolean): void {
  chosen = new Map(chosen).set(id, open);
  try {
    localStorage.setItem(key, JSON.stringify([...chosen]));
  } catch {
    // Storage is full or forbidden: the choice holds until the page is left.
  }
  for (const listener of listeners) listener();
}

/** Everything is as it was before anybody chose. */
export function forgetChoices(): void {
  chosen = new Map();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether something is open, with what it is as long as nobody chose. */
export const useIsOpen = (id: string, otherwise: boolean): boolean =>
  useSyncExternalStore(subscribe, () => chosen.get(id) ?? otherwise);

function stored(): ReadonlyMap<string, boolean> {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    if (!Array.isArray(found)) return new Map();
    const isChoice = (entry: unknown): entry is [string, boolean] =>
      Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'boolean';
    return new Map(found.filter(isChoice));
  } catch {
    return new Map();
  }
}
