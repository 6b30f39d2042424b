import { create } from 'zustand';

const key = 'nabla.open';

interface Opened {
  /** What the person opened or closed, by panel; absent: as the panel says. */
  readonly chosen: ReadonlyMap<string, boolean>;
  choose(id: string, open: boolean): void;
}

/** Which panels and marks are open. Kept for the next visit where storage is allowed. */
export const useOpened = create<Opened>()((set, get) => ({
  chosen: stored(),
  choose(id, open) {
    const chosen = new Map(get().chosen).set(id, open);
    set({ chosen });
    try {
      localStorage.setItem(key, JSON.stringify([...chosen]));
    } catch {
      // Storage is full or forbidden: the choice holds until the page is left.
    }
  },
}));

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

/** Whether something is open, with what it is as long as nobody chose. */
export const useIsOpen = (id: string, otherwise: boolean): boolean =>
  useOpened((state) => state.chosen.get(id) ?? otherwise);
