import { Collector, isTotal } from './collect.ts';
import { type Algebra, functions, type Relation, type SeriesAlgebra } from './functions.ts';
import { isOne, MINUS_ONE, ONE, parseRational, rational } from './rational.ts';
import { children, type Settled, type SymbolTerm, type Term } from './term.ts';

/** Functions that have no value somewhere; all others have one everywhere. */
const PARTIAL = new Set(
  'tan sec csc cot asin acos acosh atanh log log2 log10 log1p root mod gamma lgamma digamma polygamma'.split(
    ' ',
  ),
);

/** The numbered variables in a term that have no name yet, since an index is open in them. */
const unnamedIn = (term: Settled): ReadonlySet<Settled> => {
  const found = new Set<Settled>();
  const seen = new Set<Settled>();
  const visit = (inner: Settled): void => {
    if (seen.has(inner)) return;
    seen.add(inner);
    if (inner.kind === 'numbered') found.add(inner);
    else if (inner.kind === 'series') for (const one of inner.unnamed) found.add(one);
    else if ([...inner.variables].some((name) => name.endsWith('[')))
      for (const child of children(inner)) visit(child);
  };
  visit(term);
  return found;
};

/**
 * The algebra that is shown: exact numbers, n-ary sums and products, equal terms shared. It collects like
 * terms and powers and never multiplies out. As written by a person, a term keeps every place where it has no
 * value (x/x stays x/x, √x·√x is not x); while a derivative is made (`deriving`) such places are those of the
 * function itself, and powers of one base always merge. Never √(x²) = x.
 */
export class DisplayAlgebra extends Collector implements Algebra<Term> {
  literal(text: string): Term {
    return this.number(parseRational(text));
  }

  integer(value: number): Term {
    return this.number(rational(BigInt(value)));
  }

  constant(name: 'pi' | 'e'): Term {
    return this.symbol('constant', name);
  }

  variable(name: string): Term {
    return this.symbol('variable', name);
  }

  parameter(name: string): Term {
    return this.symbol('parameter', name);
  }

  add(left: Term, right: Term): Term {
    return { kind: 'chain', operator: '+', left, right, sign: 1, settled: undefined };
  }

  sub(left: Term, right: Term): Term {
    return { kind: 'chain', operator: '+', left, right, sign: -1, settled: undefined };
  }

  mul(left: Term, right: Term): Term {
    return { kind: 'chain', operator: '*', left, right, sign: 1, settled: undefined };
  }

  div(a: Term, b: Term): Term {
    return this.product([a, this.pow(b, this.number(MINUS_ONE))]);
  }

  neg(a: Term): Term {
    return this.product([this.number(MINUS_ONE), a]);
  }

  call(name: string, args: readonly Term[]): Term {
    const settled = args.map((arg) => this.settle(arg));
    const [a] = settled;
    if (a && settled.length === 1) {
      if (name === 'exp') return this.pow(this.euler, a);
      if (name === 'sqrt') return this.pow(a, this.half);
      if (name === 'min' || name === 'max') return a;
      if (name === 'log' && (a === this.euler || a === this.one))
        return a === this.one ? this.zero : this.one;
      if (a === this.zero) {
        const value = functions.get(name)?.value(0);
        if (value === 0 || value === 1) return this.integer(value);
      }
    }
    const total = !PARTIAL.has(name) && settled.every((arg) => arg.total);
    return this.node('call', name, settled, total);
  }

  compare(relation: Relation, a: Term, b: Term): Term {
    return this.node('compare', relation, [this.settle(a), this.settle(b)], true);
  }

  and(a: Term, b: Term): Term {
    return this.node('logic', 'and', [this.settle(a), this.settle(b)], true);
  }

  or(a: Term, b: Term): Term {
    return this.node('logic', 'or', [this.settle(a), this.settle(b)], true);
  }

  not(a: Term): Term {
    return this.node('logic', 'not', [this.settle(a)], true);
  }

  select(condition: Term, then: Term, otherwise: Term): Settled {
    const args = [condition, then, otherwise].map((arg) => this.settle(arg));
    if (args[1] === args[2]) return args[1]!;
    return this.node('select', 'if', args, args[1]!.total && args[2]!.total);
  }

  private node(
    kind: 'call' | 'compare' | 'logic' | 'select',
    name: string,
    args: readonly Settled[],
    total: boolean,
  ) {
    const key = `${kind} ${name} ${args.map((arg) => arg.id).join()}`;
    return this.intern(
      key,
      (id) => ({ kind, name, args, ...this.measure(id, args, total) }) as unknown as Settled,
    );
  }

  readonly series: SeriesAlgebra<Term> = {
    index: (name) => this.symbol('index', name),
    entry: (name = '', entries, at) => {
      const list = entries.map((entry) => this.settle(entry));
      if (list.some((entry) => entry.variables.size > 0)) return undefined;
      const index = this.settle(at);
      const key = `entry ${name} ${list.map((entry) => entry.id).join()} ${index.id}`;
      const total = list.every(isTotal);
      return this.intern(key, (id) => ({
        kind: 'entry',
        name,
        list,
        args: [index],
        ...this.measure(id, [index], total),
        // Writing it out takes the whole list.
        size: 1 + index.size + list.length,
      }));
    },
    numbered: (name, at, named) => {
      const args = at.map((index) => this.settle(index));
      return this.intern(`numbered ${name} ${args.map((arg) => arg.id).join()}`, (id) => {
        const measured = this.measure(id, args, true);
        return {
          kind: 'numbered',
          name,
          named,
          args,
          ...measured,
          variables: new Set([...measured.variables, `${name}[`]),
        };
      });
    },
    close: (name, index, first, last, body) => {
      const open = this.settle(index);
      const term = this.settle(body);
      // After too much work every term is 1.
      if (open.kind !== 'symbol') return term;
      return this.close(name, open, first, last, term);
    },
  };

  /** Σ with what does not depend on the index in front of it, or Π as it is. */
  close(name: 'sum' | 'prod', index: SymbolTerm, first: number, last: number, body: Settled): Settled {
    const mark = `#${index.name}`;
    const count = this.integer(last - first + 1);
    if (!body.variables.has(mark))
      return name === 'sum' ? this.product([count, body]) : this.pow(body, count);
    if (name === 'sum' && body.kind === 'product') {
      const still = body.factors.filter(([b, e]) => !b.variables.has(mark) && !e.variables.has(mark));
      if (still.length > 0 || !isOne(body.coefficient)) {
        const moving = body.factors.filter((factor) => !still.includes(factor));
        const inner = this.makeProduct(ONE, moving, body.guarded);
        const front = [this.number(body.coefficient), ...still.map(([b, e]) => this.pow(b, e))];
        return this.product([...front, this.close(name, index, first, last, inner)]);
      }
    }
    const key = `${name} ${index.id} ${first} ${last} ${body.id}`;
    let known: Settled | undefined;
    const expanded = (): Settled => {
      if (known) return known;
      const terms = Array.from({ length: last - first + 1 }, (_, k) => this.at(body, index, first + k));
      known = name === 'sum' ? this.sum(terms.map((term) => [ONE, term])) : this.product(terms);
      return known;
    };
    return this.intern(key, (id) => {
      const measured = this.measure(id, [body], body.total);
      const variables = new Set(measured.variables);
      variables.delete(mark);
      const unnamed = new Set<Settled>();
      for (const numbered of unnamedIn(body)) {
        for (let k = first; k <= last; k++) {
          const one = this.at(numbered, index, k);
          if (one.kind === 'symbol') variables.add(one.name);
          else unnamed.add(one);
          if (one === numbered) break;
        }
      }
      const own = { kind: 'series', name, index, first, last, args: [body], expanded, unnamed } as const;
      return { ...own, ...measured, variables };
    });
  }

  /** The term with a number in place of a running index. */
  private at(term: Settled, index: SymbolTerm, k: number, known = new Map<Settled, Settled>()): Settled {
    if (!term.variables.has(`#${index.name}`)) return term;
    const before = known.get(term);
    if (before) return before;
    const inside = (inner: Settled): Settled => this.at(inner, index, k, known);
    const rebuild = (): Term => {
      switch (term.kind) {
        case 'sum':
          return this.sum(term.items.map(([c, inner]) => [c, inside(inner)]));
        case 'product':
          return this.product([
            this.number(term.coefficient),
            ...term.factors.map(([b, e]) => this.pow(inside(b), inside(e))),
          ]);
        case 'number':
        case 'symbol':
          return this.integer(k);
        case 'series':
          return this.close(term.name, term.index, term.first, term.last, inside(term.args[0]!));
        default: {
          const args = term.args.map(inside);
          const [a, b, c] = args as [Settled, Settled, Settled];
          if (term.kind === 'call') return this.call(term.name, args);
          if (term.kind === 'select') return this.select(a, b, c);
          if (term.kind === 'compare') return this.compare(term.name, a, b);
          if (term.kind === 'logic') return term.name === 'not' ? this.not(a) : this[term.name](a, b);
          const numbers = args.map((arg) => (arg.kind === 'number' ? Number(arg.value.n) : Number.NaN));
          const open = numbers.some(Number.isNaN);
          if (term.kind === 'entry')
            return open ? this.series.entry(term.name, term.list, a)! : term.list[numbers[0]! - 1]!;
          return open
            ? this.series.numbered(term.name, args, term.named)
            : this.variable(term.named(numbers));
        }
      }
    };
    const result = this.settle(rebuild());
    known.set(term, result);
    return result;
  }
}
