import { HALF, ONE, type Rational, rational } from './rational.ts';
import type { NumberTerm, Settled, SymbolTerm } from './term.ts';

/** Most terms that one algebra keeps. */
const MOST_TERMS = 400_000;

const NO_VARIABLES: ReadonlySet<string> = new Set();

const union = (parts: readonly Settled[]): ReadonlySet<string> => {
  let all = NO_VARIABLES;
  let own = false;
  for (const { variables } of parts) {
    if (variables === all || variables.size === 0) continue;
    if (all.size === 0) all = variables;
    else
      for (const name of variables)
        if (!all.has(name)) {
          if (!own) all = new Set(all);
          own = true;
          (all as Set<string>).add(name);
        }
  }
  return all;
};

export const numberKey = (a: Rational): string =>
  a.d === 1n ? `${a.n}` : `${a.n}/${a.d}${a.decimal ? '.' : ''}`;

const leaf = (id: number, variables: ReadonlySet<string>) => ({
  id,
  variables,
  total: true,
  size: 1,
  depth: 1,
});

/** Keeps every term once, counts what is made, and stops where that was too much. */
export class TermPool {
  /** Set while derivatives are made. */
  deriving = false;
  /** More was asked for than `allow` allowed: what was made since then is meaningless. */
  exhausted = false;
  private budget = MOST_TERMS;
  private readonly terms = new Map<string, Settled>();
  readonly zero = this.number(rational(0n));
  readonly one = this.number(ONE);
  protected readonly half = this.number(HALF);
  protected readonly euler = this.symbol('constant', 'e');

  /** Number of different terms made so far. */
  get made(): number {
    return this.terms.size;
  }

  /** Deepest nesting of a term, within what recursion can follow. */
  static readonly DEPTH = 400;

  /** Begins anew to count what is made, and stops at `work` parts of terms. */
  allow(work: number): void {
    this.budget = work;
    this.exhausted = false;
  }

  number(value: Rational): NumberTerm {
    const key = numberKey(value);
    return this.intern(key, (id) => ({ kind: 'number', value, ...leaf(id, NO_VARIABLES) })) as NumberTerm;
  }

  protected symbol(role: SymbolTerm['role'], name: string): SymbolTerm {
    const variables =
      role === 'variable' ? new Set([name]) : role === 'index' ? new Set([`#${name}`]) : NO_VARIABLES;
    const make = (id: number): Settled => ({ kind: 'symbol', role, name, ...leaf(id, variables) });
    return this.intern(`${role[0]}:${name}`, make) as SymbolTerm;
  }

  protected measure(id: number, parts: readonly Settled[], total: boolean) {
    let size = 1;
    let depth = 0;
    for (const part of parts) {
      size += part.size;
      depth = Math.max(depth, part.depth);
    }
    if (depth >= TermPool.DEPTH) this.exhausted = true;
    return { id, variables: union(parts), total, size, depth: depth + 1 };
  }

  protected spend(work: number): void {
    this.budget -= work;
    if (this.budget < 0) this.exhausted = true;
  }

  protected known(key: string): Settled | undefined {
    return this.terms.get(key);
  }

  protected intern(key: string, make: (id: number) => Settled): Settled {
    const known = this.terms.get(key);
    if (known) return known;
    if (this.terms.size >= MOST_TERMS) this.exhausted = true;
    if (this.exhausted && this.one) return this.one;
    const term = make(this.terms.size);
    this.terms.set(key, term);
    return term;
  }
}
