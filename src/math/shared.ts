import { children, type Settled } from './term.ts';

/** Formulas shorter than this, in nodes, are written out whatever they repeat: about two lines. */
const SHORT = 100;
/** Parts shorter than this are not worth a name. */
const SMALLEST = 4;
/** Names are given where they save at least this share of what is written. */
const SAVING = 0.4;

/**
 * The parts of a term to be named once instead of repeated, in the order in which they build on each other
 * (none for a short formula or one that repeats little), and the number of nodes that remain to be written.
 */
export const shared = (term: Settled): { readonly named: readonly Settled[]; readonly size: number } => {
  if (term.size <= SHORT) return { named: [], size: term.size };
  const uses = new Map<Settled, number>([[term, 1]]);
  const stack = [term];
  for (let next = stack.pop(); next; next = stack.pop())
    for (const child of children(next)) {
      const count = uses.get(child) ?? 0;
      uses.set(child, count + 1);
      if (count === 0) stack.push(child);
    }
  // A part is always made before what contains it.
  const ordered = [...uses.keys()].sort((a, b) => a.id - b.id);
  const left = new Map<Settled, number>();
  const plain = new Map<Settled, number>();
  const named: Settled[] = [];
  let size = 0;
  for (const part of ordered) {
    let own = 1;
    let whole = 1;
    for (const child of children(part)) {
      own += left.get(child) ?? 1;
      whole += plain.get(child) ?? 1;
    }
    plain.set(part, whole);
    const worth = uses.get(part)! > 1 && own >= SMALLEST && !isOpen(part);
    left.set(part, worth ? 1 : own);
    if (worth) {
      named.push(part);
      size += own;
    }
  }
  size += left.get(term)!;
  const all = plain.get(term)!;
  return size <= all * (1 - SAVING) ? { named, size } : { named: [], size: all };
};

/** A condition, or a part of a series, has no value of its own. */
const isOpen = ({ kind, variables }: Settled): boolean =>
  kind === 'compare' || kind === 'logic' || [...variables].some((name) => name.startsWith('#'));
