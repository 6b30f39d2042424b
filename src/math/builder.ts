import type { Algebra } from './functions.ts';
import { commonShape, describeShape, each, List, sizeOf, transpose, type Value } from './lists.ts';
import type { Mistake } from './mistake.ts';
import type { CallNode, Node, Place } from './tree.ts';

/** Operations that one text may build: reading and compiling so many takes one to two seconds. */
export const MAX_OPERATIONS = 400_000;

/** How often one text may look at its parts; a look takes far less time than an operation. */
const MAX_LOOKS = 6 * MAX_OPERATIONS;

/** Lists within lists that are written out later; more would make a deep stack. */
const MAX_PENDING = 50;

export type Arithmetic = 'add' | 'sub' | 'mul' | 'div' | 'pow';

/** Numbers, lists and matrices in terms of an algebra of numbers. Keeps the first mistake, and counts operations. */
export class Builder<T> {
  mistake: Mistake | undefined;
  protected readonly o: Algebra<T>;
  private operations = 0;
  private looks = 0;
  /** An algebra that keeps series reads some of them twice, and must understand what one without does. */
  private readonly rounds: number;

  constructor(algebra: Algebra<T>) {
    this.o = algebra;
    this.rounds = algebra.series === undefined ? 1 : 4;
  }

  /** The value stands for nothing; whoever sees a mistake stops. */
  protected fail(message: string, place: Place): T {
    this.mistake ??= { message, from: place.from, to: place.to };
    return this.o.integer(0);
  }

  /** Counts operations before they are built; false if that is no longer worth while. */
  protected spend(count: number, place: Place): boolean {
    this.operations += count;
    return this.canSpend(0, place);
  }

  /** Counts a look at a part of the text. */
  protected look(place: Place): boolean {
    return this.canSpend(++this.looks > MAX_LOOKS * this.rounds ? Number.POSITIVE_INFINITY : 0, place);
  }

  protected canSpend(count: number, place: Place): boolean {
    if (this.operations + count > MAX_OPERATIONS * this.rounds) {
      this.fail(`This builds more than ${MAX_OPERATIONS} operations; make the sums or lists shorter.`, place);
    }
    return this.mistake === undefined;
  }

  protected arithmetic(operation: Arithmetic, a: Value<T>, b: Value<T>, place: Place): Value<T> {
    if (a instanceof List || b instanceof List)
      return this.elementwise([a, b], place, ([x, y]) => this.o[operation](x!, y!));
    return this.spend(1, place) ? this.o[operation](a, b) : this.o.integer(0);
  }

  protected elementwise(
    values: readonly Value<T>[],
    place: Place,
    operation: (args: readonly T[]) => T,
  ): Value<T> {
    const shape = commonShape(values);
    if (shape === undefined) {
      const shapes = values.filter((value) => value instanceof List).map((list) => describeShape(list.shape));
      return this.fail(`These do not fit together entry by entry: ${shapes.join(' and ')}.`, place);
    }
    if (!this.spend(sizeOf(shape), place)) return this.o.integer(0);
    if (shape.length === 0) return operation(values as readonly T[]);
    const list = each(shape, values, operation);
    // An algebra that keeps series seldom needs the entries.
    if (this.o.series === undefined || list.pending > MAX_PENDING) list.entries;
    return list;
  }

  /** `[a, b]` of numbers, or of rows that are equally long. */
  protected listOf(values: readonly Value<T>[], nodes: readonly Node[]): Value<T> {
    const first = values[0]!;
    const width = first instanceof List ? first.entries.length : 0;
    const entries: T[] = [];
    for (const [k, value] of values.entries()) {
      if (value instanceof List && value.shape.length > 1) {
        return this.fail('A list holds numbers or rows of numbers, nothing deeper.', nodes[k]!);
      }
      if (value instanceof List !== first instanceof List) {
        return this.fail('A list holds either numbers or rows, not both.', nodes[k]!);
      }
      if (!(value instanceof List)) entries.push(value);
      else {
        const { length } = value.entries;
        if (length !== width) {
          const message = `This row has ${length} entries, the first has ${width}; all must be equally long.`;
          return this.fail(message, nodes[k]!);
        }
        for (const entry of value.entries) entries.push(entry);
      }
    }
    return new List(first instanceof List ? [values.length, width] : [values.length], entries);
  }

  /** `a @ b`: a list is a row on the left and a column on the right, as in NumPy. */
  protected matrixProduct(a: Value<T>, b: Value<T>, place: Place): Value<T> {
    if (!(a instanceof List) || !(b instanceof List)) {
      return this.fail(
        'The matrix product needs lists or matrices on both sides; write * for numbers.',
        place,
      );
    }
    const [rows, inner] = a.shape.length === 2 ? [a.shape[0]!, a.shape[1]!] : [1, a.shape[0]!];
    const [innerOfB, columns] = b.shape.length === 2 ? [b.shape[0]!, b.shape[1]!] : [b.shape[0]!, 1];
    if (inner !== innerOfB) {
      const shapes = `${describeShape(a.shape)} and ${describeShape(b.shape)}`;
      return this.fail(
        `These do not fit in a matrix product: ${shapes}; ${inner} is not ${innerOfB}.`,
        place,
      );
    }
    if (!this.spend(2 * rows * inner * columns, place)) return this.o.integer(0);
    const entries: T[] = [];
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        let sum: T | undefined;
        for (let k = 0; k < inner; k++) {
          const product = this.o.mul(a.entries[r * inner + k]!, b.entries[k * columns + c]!);
          sum = sum === undefined ? product : this.o.add(sum, product);
        }
        entries.push(sum!);
      }
    }
    if (a.shape.length === 1 && b.shape.length === 1) return entries[0]!;
    return new List(
      a.shape.length === 1 ? [columns] : b.shape.length === 1 ? [rows] : [rows, columns],
      entries,
    );
  }

  /** A function of the table or of lists, applied to values. */
  protected apply(name: string, args: readonly Value<T>[], node: CallNode): Value<T> {
    const [first, second] = args as [Value<T>, Value<T> | undefined];
    const single = args.length === 1 && first instanceof List ? first : undefined;
    switch (name) {
      case 'dot':
        return this.matrixProduct(first, second!, node);
      case 'transpose':
        return single === undefined ? this.needsList(name, node) : transpose(single);
      case 'count':
        return single === undefined ? this.needsList(name, node) : this.o.integer(single.entries.length);
      case 'sum':
      case 'prod':
        return single === undefined ? this.needsList(name, node) : this.total(name, single.entries, node);
      case 'mean':
        return single === undefined ? this.needsList(name, node) : this.mean(single.entries, node);
      case 'softmax': {
        if (single === undefined) return this.needsList(name, node);
        if (single.shape.length > 1) return this.perRow(name, node);
        if (!this.spend(3 * single.entries.length, node)) return this.o.integer(0);
        const all = this.o.call('logsumexp', single.entries);
        return each(single.shape, [single], ([a]) => this.o.call('exp', [this.o.sub(a!, all)]));
      }
      case 'norm':
        return this.o.call('hypot', single === undefined ? (args as readonly T[]) : single.entries);
      case 'logsumexp':
        if (single !== undefined && single.shape.length > 1) return this.perRow(name, node);
    }
    const folds = name === 'min' || name === 'max' || name === 'hypot' || name === 'logsumexp';
    if (folds && single !== undefined) return this.o.call(name, single.entries);
    if (args.length === 2 && (name === 'log' || name === 'root')) {
      return this.withBase(name, first, second!, node);
    }
    return this.elementwise(args, node, (entries) => this.o.call(name, entries));
  }

  /** A left-deep chain. */
  protected total(name: 'sum' | 'prod', entries: readonly T[], place: Place): T {
    let total: T = entries[0]!;
    if (!this.spend(entries.length, place)) return total;
    for (let k = 1; k < entries.length; k++) {
      total = name === 'prod' ? this.o.mul(total, entries[k]!) : this.o.add(total, entries[k]!);
    }
    return total;
  }

  private mean(entries: readonly T[], place: Place): T {
    return this.o.div(this.total('sum', entries, place), this.o.integer(entries.length));
  }

  private perRow(name: string, place: Place): T {
    return this.fail(`"${name}" takes a list; take a matrix row by row: ${name}(Z[i]).`, place);
  }

  private needsList(name: string, node: CallNode): T {
    const runs = name === 'sum' || name === 'prod' || name === 'mean';
    const example = runs ? `, or an index, ${name}(x[i], i = 1..10)` : '';
    return this.fail(
      `"${name}" needs a list, ${name}([a, b, c])${example}; this is a number.`,
      node.args[0]!,
    );
  }

  /** Logarithms and roots to a plain base have functions of their own. */
  private withBase(name: 'log' | 'root', x: Value<T>, base: Value<T>, node: CallNode): Value<T> {
    const typed = node.args[1]!;
    const plain = typed.kind === 'number' ? `${Number(typed.text)}` : typed.kind === 'name' ? typed.name : '';
    const own = ownFunctions.get(`${name} ${plain}`);
    if (own !== undefined) return this.elementwise([x], node, (args) => this.o.call(own, args));
    return this.elementwise([x, base], node, (args) => this.o.call(name, args));
  }
}

const ownFunctions: ReadonlyMap<string, string> = new Map([
  ['log 2', 'log2'],
  ['log 10', 'log10'],
  ['log e', 'log'],
  ['root 2', 'sqrt'],
  ['root 3', 'cbrt'],
]);
