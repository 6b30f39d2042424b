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
    const { name } = node;
    const terms: Value<T>[] = [];
    if (name === 'min' || name === 'max' || name === 'logsumexp') {
      this.run(node.indices, 0, () => terms.push(this.evaluate(node.args[0]!)));
      if (terms.length === 0) return this.fail(`"${name}" of no terms has no value.`, node);
      return this.elementwise(terms, node, (args) => this.o.call(name, args));
    }
    const kind = name === 'prod' ? 'prod' : 'sum';
    const count = { terms: 0 };
    const total = this.accumulate(kind, node, 0, count);
    if (this.mistake !== undefined) return this.o.integer(0);
    if (name === 'mean') {
      if (total === undefined) return this.fail('"mean" of no terms has no value.', node);
      return this.arithmetic('div', total, this.o.integer(count.terms), node);
    }
    return total ?? this.o.integer(kind === 'sum' ? 0 : 1);
  }

  /** Undefined if the ranges are empty. */
  private accumulate(
    kind: 'sum' | 'prod',
    node: CallNode,
    at: number,
    count: { terms: number },
  ): Value<T> | undefined {
    const range = node.indices[at];
    if (range === undefined) {
      count.terms++;
      return this.evaluate(node.args[0]!);
    }
    const operation = kind === 'sum' ? 'add' : 'mul';
    let total: Value<T> | undefined;
    const bounds = this.run([range], 0, () => {
      const term = this.accumulate(kind, node, at + 1, count);
      if (term !== undefined) {
        total = total === undefined ? term : this.arithmetic(operation, total, term, node);
      }
    });
    if (total === undefined || bounds === undefined) return total;
    const [first, last] = bounds;
    return this.keep(kind, range.name, first, last, total, () =>
      this.accumulate(kind, node, at + 1, { terms: 0 }),
    );
  }

  /** Calls `visit` with each index bound to each of its values in turn; the bounds of the first range. */
  private run(ranges: readonly IndexRange[], at: number, visit: () => void): [number, number] | undefined {
    const range = ranges[at];
    if (range === undefined) {
      visit();
      return undefined;
    }
    const first = this.index(range.first);
    const last = first === undefined ? undefined : this.index(range.last);
    if (first === undefined || last === undefined) return undefined;
    if (last < first && range.first.kind === 'number' && range.last.kind === 'number') {
      this.fail(`The range runs from the smaller to the larger number: ${last}..${first}.`, range);
    }
    if (!this.spend(Math.max(0, last - first + 1), range)) return undefined;
    const { scope } = this;
    for (let k = first; k <= last && this.mistake === undefined; k++) {
      this.bindIndex(range.name, this.o.integer(k), k);
      this.run(ranges, at + 1, visit);
      this.scope = scope;
    }
    return [first, last];
  }

  private bindIndex(name: string, value: T, number: number | undefined): void {
    const unbound = { node: undefined, nodeScope: undefined, outer: this.scope };
    this.scope = { name, value, number, isIndex: true, ...unbound };
  }

  /**
   * The series as one term of an algebra that keeps such, otherwise its total. The body is read once more with
   * the index left open; where that is impossible (an index that depends on it in a bound, say), it is the total.
   */
  private keep(
    kind: 'sum' | 'prod',
    name: string,
    first: number,
    last: number,
    total: Value<T>,
    body: (index: T) => Value<T> | undefined,
  ): Value<T> {
    const { series } = this.o;
    if (series === undefined || first === last || total instanceof List || this.mistake !== undefined)
      return total;
    if (this.open.includes(name)) return total;
    const { scope, entryMode } = this;
    const index = series.index(name);
    this.open.push(name);
    this.bindIndex(name, index, undefined);
    const value = body(index);
    this.scope = scope;
    this.entryMode = entryMode;
    this.open.pop();
    const impossible = this.mistake !== undefined || value === undefined || value instanceof List;
    this.mistake = undefined;
    return impossible ? total : series.close(kind, index, first, last, value, total);
  }

  /** `sum(X)`, `prod(X)` and `mean(X)` of a list that the node typed. */
  protected totalOfList(name: string, list: List<T>, node: CallNode): Value<T> {
    const kind = name === 'prod' ? 'prod' : 'sum';
    const { length } = list.entries;
    const written = this.total(kind, list.entries, node);
    const letter = list.shape.length === 1 ? this.freeLetter() : undefined;
    const total =
      letter === undefined
        ? written
        : this.keep(kind, letter, 1, length, written, (at) => {
            this.entryMode = { at, length };
            return this.evaluate(node.args[0]!);
          });
    return name === 'mean' ? this.arithmetic('div', total, this.o.integer(length), node) : total;
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
