import { List, type Value } from './lists.ts';
import type { CallNode, Condition, IndexRange, Node } from './tree.ts';
import { childrenOf } from './tree.ts';
import { Whole } from './whole.ts';

const letters = ['i', 'j', 'k', 'l', 'm', 'n', 'p', 'q'];

/** Sums and products that run an index, and totals of lists. */
export abstract class Series<T> extends Whole<T> {
  /** Every name that stands in the text, collected when first needed. */
  private names: ReadonlySet<string> | undefined;
  /** Names of indices that are left open at present. */
  private readonly open: string[] = [];

  protected get isOpen(): boolean {
    return this.open.length > 0;
  }

  /** `sum(body, i = 1..3, j = i..3)` and its kin; the last index runs fastest. */
  protected series(node: CallNode): Value<T> {
    const { name, indices } = node;
    const terms: Value<T>[] = [];
    if (name === 'sum' || name === 'prod') {
      return this.accumulate(name, node, 0) ?? this.o.integer(name === 'sum' ? 0 : 1);
    }
    if (name === 'mean') {
      let count = 0;
      this.run(indices, () => count++);
      const total = this.accumulate('sum', node, 0);
      if (total !== undefined) return this.arithmetic('div', total, this.o.integer(count), node);
    } else this.run(indices, () => terms.push(this.evaluate(node.args[0]!)));
    if (terms.length === 0) return this.fail(`"${name}" of no terms has no value.`, node);
    return this.elementwise(terms, node, (args) => this.o.call(name, args));
  }

  /** Undefined if the ranges are empty. */
  private accumulate(kind: 'sum' | 'prod', node: CallNode, at: number): Value<T> | undefined {
    const range = node.indices[at];
    if (range === undefined) return this.evaluate(node.args[0]!);
    const bounds = this.bounds(range);
    if (bounds === undefined) return undefined;
    const term = () => this.accumulate(kind, node, at + 1);
    return this.keep(kind, range.name, bounds, term, () => {
      let total: Value<T> | undefined;
      this.run([range], () => {
        const next = term();
        if (total === undefined || next === undefined) total ??= next;
        else total = this.arithmetic(kind === 'sum' ? 'add' : 'mul', total, next, node);
      });
      return total;
    });
  }

  /** The first and last number of a range; undefined after a mistake. */
  private bounds(range: IndexRange): [first: number, last: number] | undefined {
    const first = this.index(range.first);
    const last = first === undefined ? undefined : this.index(range.last);
    if (first === undefined || last === undefined) return undefined;
    if (last < first && range.first.kind === 'number' && range.last.kind === 'number') {
      this.fail(`The range runs from the smaller to the larger number: ${last}..${first}.`, range);
    }
    return this.canSpend(last - first, range) ? [first, last] : undefined;
  }

  /** Calls `visit` with each index bound to each of its values in turn. */
  private run([range, ...inner]: readonly IndexRange[], visit: () => void): void {
    if (range === undefined) {
      visit();
      return;
    }
    const { scope } = this;
    const [first, last] = this.bounds(range) ?? [1, 0];
    for (let k = first; k <= last && this.look(range); k++) {
      this.bindIndex(range.name, this.o.integer(k), k);
      this.run(inner, visit);
      this.scope = scope;
    }
  }

  private bindIndex(name: string, value: T, number: number | undefined): void {
    const unbound = { node: undefined, nodeScope: undefined, outer: this.scope };
    this.scope = { name, value, number, isIndex: true, ...unbound };
  }

  /**
   * The series as one term of an algebra that keeps such, otherwise its total. The body is read with the index
   * left open; where that is impossible (an index that depends on it in a bound, say), it is the total.
   */
  private keep<V extends Value<T> | undefined>(
    kind: 'sum' | 'prod',
    name: string,
    [first, last]: readonly [number, number],
    body: (index: T) => Value<T> | undefined,
    total: () => V,
  ): V | T {
    const { o, scope, entryMode, open, mistake } = this;
    if (!o.series || first >= last || mistake !== undefined || open.includes(name)) return total();
    const index = o.series.index(name);
    open.push(name);
    this.bindIndex(name, index, undefined);
    const value = body(index);
    this.scope = scope;
    this.entryMode = entryMode;
    open.pop();
    const impossible = this.mistake !== undefined || value === undefined || value instanceof List;
    this.mistake = undefined;
    return impossible ? total() : o.series.close(kind, index, first, last, value);
  }

  /** `sum(X)`, `prod(X)` and `mean(X)` of a list that the node typed. */
  protected totalOfList(name: string, list: List<T>, node: CallNode): Value<T> {
    const kind = name === 'prod' ? 'prod' : 'sum';
    const [length, width] = list.shape as [number, number?];
    const letter = width === undefined ? this.freeLetter() : undefined;
    const total = () => this.total(kind, list.entries, node);
    const entry = (at: T) => {
      this.entryMode = { at, length };
      return this.evaluate(node.args[0]!);
    };
    const whole = letter === undefined ? total() : this.keep(kind, letter, [1, length], entry, total);
    return name === 'mean'
      ? this.arithmetic('div', whole, this.o.integer(length * (width ?? 1)), node)
      : whole;
  }

  /** A letter for an index that the text does not name. */
  private freeLetter(): string | undefined {
    if (this.o.series === undefined) return undefined;
    if (this.names === undefined) {
      const found = new Set<string>();
      const visit = (node: Node | Condition): void => {
        if (node.kind === 'name') found.add(node.name);
        if (node.kind === 'call') for (const range of node.indices) found.add(range.name);
        for (const child of childrenOf(node)) visit(child);
      };
      for (const line of [...this.program.definitions, this.program.result]) {
        visit(line.body);
        for (const name of [line.name ?? '', ...(line.variables ?? [])]) found.add(name);
      }
      this.names = found;
    }
    return letters.find((letter) => !this.names!.has(letter) && !this.open.includes(letter));
  }
}
