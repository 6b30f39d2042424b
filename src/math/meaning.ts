import type { Mistake, Parameter } from '../descent/problem.ts';
import { type Algebra, functions } from './functions.ts';
import { commonShape, describeShape, each, List, transpose, type Value } from './lists.ts';
import { naturalOrder, nearest } from './names.ts';
import type {
  CallNode,
  Condition,
  IfNode,
  IndexRange,
  Line,
  Node,
  PickNode,
  Place,
  ProductNode,
  Program,
} from './tree.ts';

/** Operations that one text may build: a graph of this size still compiles within a second. */
export const MAX_OPERATIONS = 200_000;

/** One gradient step of this many variables takes well under a millisecond, and its plot still has a sense. */
export const MAX_VARIABLES = 10_000;

/** Calls of `evaluate` within each other, through definitions and helpers: two stack frames each. */
const MAX_DEPTH = 1200;

/** The largest index of a numbered variable, and the largest bound of an index. */
const MAX_INDEX = 1_000_000;

/** A text with its names looked up, in terms of an algebra. */
export interface Meaning<T> {
  /** In natural order or as declared, in canonical spelling: "x1", "theta". */
  readonly variables: readonly string[];
  /** `a = 2`, in the order of the text; the value is the slider's, if one is given. */
  readonly parameters: readonly Parameter[];
  readonly scalar: boolean;
  /** m entries; one for a scalar function. */
  readonly outputs: readonly T[];
  /** Named lines that depend on variables, in order; shape [] for a number, [m] for a list, [rows, columns]. */
  readonly parts: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly entries: readonly T[];
  }[];
}

/** A name bound while a helper's body or a series is read. */
interface Scope<T> {
  readonly name: string;
  readonly value: Value<T>;
  /** The index's present value; absent for a helper's argument. */
  readonly number: number | undefined;
  /** What a helper's argument is, to be evaluated as a whole number where one is needed. */
  readonly node: Node | undefined;
  readonly nodeScope: Scope<T> | undefined;
  readonly outer: Scope<T> | undefined;
}

interface Definition<T> {
  readonly line: Line;
  readonly kind: 'parameter' | 'value' | 'helper' | 'result';
  state: 'waiting' | 'busy' | 'done';
  value: Value<T> | undefined;
  /** The parameter's value. */
  number: number;
  dependsOnVariables: boolean;
  called: boolean;
}

class Reader<T> {
  mistake: Mistake | undefined;
  readonly definitions = new Map<string, Definition<T>>();
  readonly parameters: Parameter[] = [];
  private readonly program: Program;
  private readonly o: Algebra<T>;
  private readonly declared: ReadonlySet<string> | undefined;
  private readonly variables = new Map<string, T>();
  /** Names used as x[…], and plain ones, with the place where each is first met. */
  private readonly numbered = new Map<string, Node>();
  private readonly plainNames = new Map<string, Node>();
  private scope: Scope<T> | undefined;
  private operations = 0;
  private depth = 0;
  /** Running indices that are left open while a series is read for an algebra that keeps it. */
  private open = 0;
  /** Set while lists of this length stand for their entry at an open index. */
  private element: { readonly at: T; readonly length: number } | undefined;
  /** Set whenever a variable is read; compared before and after a definition. */
  private readsVariables = false;

  constructor(program: Program, algebra: Algebra<T>, values: ReadonlyMap<string, number> | undefined) {
    this.program = program;
    this.o = algebra;
    const { result } = program;
    this.declared = result.variables === undefined ? undefined : new Set(result.variables);
    for (const line of program.definitions) this.define(line, false, values);
    this.define(result, true, values);
  }

  private define(line: Line, isResult: boolean, values: ReadonlyMap<string, number> | undefined): void {
    const { name } = line;
    if (name === undefined) return;
    const place = { from: line.nameFrom, to: line.nameTo };
    if (this.definitions.has(name)) {
      this.fail(`"${name}" is defined twice; choose another name for this line.`, place);
      return;
    }
    if (this.declared?.has(name)) {
      this.fail(`"${name}" is a variable of the function; choose another name for this line.`, place);
      return;
    }
    const kind = isResult
      ? 'result'
      : line.variables !== undefined
        ? 'helper'
        : isConstant(line.body)
          ? 'parameter'
          : 'value';
    let number = Number.NaN;
    if (kind === 'parameter') {
      const given = values?.get(name);
      number =
        given !== undefined && Number.isFinite(given) ? given : (this.numberOf(line.body) ?? Number.NaN);
      if (!Number.isFinite(number)) this.fail(`"${name}" has no finite value.`, line.body);
      this.parameters.push({ name, value: number });
    }
    this.definitions.set(name, {
      line,
      kind,
      state: 'waiting',
      value: undefined,
      number,
      dependsOnVariables: false,
      called: false,
    });
  }

  read(): Meaning<T> | undefined {
    const parts: { name: string; shape: readonly number[]; entries: readonly T[] }[] = [];
    for (const [name, definition] of this.definitions) {
      if (definition.kind !== 'value') continue;
      const value = this.definitionValue(definition, definition.line.body);
      if (this.mistake !== undefined) return undefined;
      if (!definition.dependsOnVariables) continue;
      parts.push(
        value instanceof List
          ? { name, shape: value.shape, entries: value.entries }
          : { name, shape: [], entries: [value] },
      );
    }
    const { result } = this.program;
    const own = result.name === undefined ? undefined : this.definitions.get(result.name);
    if (own !== undefined) own.state = 'busy';
    const value = this.evaluate(result.body);
    if (value instanceof List && value.shape.length !== 1) {
      this.fail(
        `The function's value is ${describeShape(value.shape)}; a number or a list is needed.`,
        result.body,
      );
    }
    for (const definition of this.definitions.values()) {
      if (definition.kind === 'helper' && !definition.called) this.namesOfUncalled(definition.line);
    }
    for (const [name, node] of this.numbered) {
      if (!this.plainNames.has(name)) continue;
      this.fail(
        `"${name}" stands for one number elsewhere, so "${name}[…]" cannot number variables ${name}1, ${name}2 … .`,
        node,
      );
    }
    if (this.mistake !== undefined) return undefined;
    const variables = result.variables ?? [...this.variables.keys()].sort(naturalOrder);
    const outputs = value instanceof List ? value.entries : [value];
    return { variables, parameters: this.parameters, scalar: !(value instanceof List), outputs, parts };
  }

  private fail(message: string, place: Place): T {
    this.mistake ??= { message, from: place.from, to: place.to };
    return this.o.integer(0);
  }

  /** Counts operations before they are built. */
  private spend(count: number, node: Place): boolean {
    this.operations += count;
    if (this.operations > MAX_OPERATIONS) {
      this.fail(`This builds more than ${MAX_OPERATIONS} operations; make the sums or lists shorter.`, node);
    }
    return this.mistake === undefined;
  }

  private evaluate(node: Node): Value<T> {
    if (!this.spend(1, node)) return this.o.integer(0);
    if (++this.depth > MAX_DEPTH) {
      this.depth--;
      return this.fail('This is nested too deeply; name parts on lines of their own.', node);
    }
    const value = this.evaluateNode(node);
    this.depth--;
    return value;
  }

  private evaluateNode(node: Node): Value<T> {
    if (this.element !== undefined && !isElementwise(node)) return this.atElement(node, this.element);
    switch (node.kind) {
      case 'number':
        return this.o.literal(node.text);
      case 'name':
        return this.lookUp(node.name, node);
      case 'negative': {
        const of = this.evaluate(node.of);
        return of instanceof List ? each(of.shape, [of], ([a]) => this.o.neg(a!)) : this.o.neg(of);
      }
      case 'sum': {
        let sum = this.evaluate(node.terms[0]!);
        for (let k = 1; k < node.terms.length && this.mistake === undefined; k++) {
          const term = this.evaluate(node.terms[k]!);
          sum = this.arithmetic(node.minus[k] ? 'sub' : 'add', sum, term, node.terms[k]!);
        }
        return sum;
      }
      case 'product':
        return this.product(node);
      case 'power':
        return this.power(node.base, node.exponent, node);
      case 'call':
        return this.call(node);
      case 'list':
        return this.list(node.entries);
      case 'pick':
        return this.pick(node);
      case 'if':
        return this.choice(node);
    }
  }

  private lookUp(name: string, node: Node): Value<T> {
    for (let scope = this.scope; scope !== undefined; scope = scope.outer) {
      if (scope.name === name) return scope.value;
    }
    const definition = this.definitions.get(name);
    if (definition !== undefined) return this.definitionValue(definition, node);
    if (name === 'pi' || name === 'e') return this.o.constant(name);
    const index = /_([A-Za-z]+)$/.exec(name)?.[1];
    if (index !== undefined && this.isIndex(index)) {
      return this.fail(
        `Write ${name.slice(0, -index.length - 1)}[${index}] for the entry with the index ${index}.`,
        node,
      );
    }
    if (!this.plainNames.has(name)) this.plainNames.set(name, node);
    return this.variable(name, node);
  }

  private isIndex(name: string): boolean {
    for (let scope = this.scope; scope !== undefined; scope = scope.outer) {
      if (scope.name === name && scope.number !== undefined) return true;
    }
    return false;
  }

  private variable(name: string, node: Node): T {
    this.readsVariables = true;
    const known = this.variables.get(name);
    if (known !== undefined) return known;
    if (this.declared !== undefined && !this.declared.has(name)) return this.unknown(name, node);
    if (this.variables.size >= MAX_VARIABLES) {
      return this.fail(`More than ${MAX_VARIABLES} variables cannot be handled.`, node);
    }
    const variable = this.o.variable(name);
    this.variables.set(name, variable);
    return variable;
  }

  private unknown(name: string, node: Node): T {
    const { result } = this.program;
    const names = [...this.declared!, ...this.definitions.keys()];
    const near = nearest(name, names);
    const way =
      near === undefined
        ? `The function is ${result.name}(${result.variables!.join(', ')}).`
        : `Did you mean "${near}"?`;
    return this.fail(`Unknown name "${name}". ${way}`, node);
  }

  private definitionValue(definition: Definition<T>, node: Node): Value<T> {
    const { line } = definition;
    const name = line.name!;
    if (definition.kind === 'helper' || (definition.kind === 'result' && line.variables !== undefined)) {
      if (definition.state === 'busy') return this.fail(`The definition of "${name}" uses itself.`, node);
      return this.fail(`"${name}" is a function and needs its argument: ${name}(…).`, node);
    }
    if (definition.state === 'done') {
      this.readsVariables ||= definition.dependsOnVariables;
      return definition.value!;
    }
    if (definition.state === 'busy' || definition.kind === 'result') {
      return this.fail(`The definition of "${name}" uses itself.`, node);
    }
    if (definition.kind === 'parameter') {
      definition.value = this.o.parameter(name);
    } else {
      const { scope, readsVariables } = this;
      definition.state = 'busy';
      this.scope = undefined;
      this.readsVariables = false;
      definition.value = this.evaluate(line.body);
      definition.dependsOnVariables = this.readsVariables;
      this.readsVariables ||= readsVariables;
      this.scope = scope;
    }
    definition.state = 'done';
    return definition.value;
  }

  /** Free names in a helper that is never called are variables too: nothing typed is lost. */
  private namesOfUncalled(line: Line): void {
    const bound: string[] = [...line.variables!];
    const visit = (node: Node | Condition): void => {
      if (node.kind === 'name') {
        const { name } = node;
        if (!bound.includes(name) && !this.definitions.has(name) && name !== 'pi' && name !== 'e')
          this.variable(name, node);
      } else if (node.kind === 'call') {
        bound.push(...node.indices.map((range) => range.name));
        for (const child of childrenOf(node)) visit(child);
        bound.length -= node.indices.length;
      } else if (node.kind === 'pick' && node.of.kind === 'name') {
        for (const index of node.indices) visit(index);
      } else for (const child of childrenOf(node)) visit(child);
    };
    visit(line.body);
  }

  private arithmetic(
    operation: 'add' | 'sub' | 'mul' | 'div' | 'pow',
    a: Value<T>,
    b: Value<T>,
    node: Node,
  ): Value<T> {
    if (!(a instanceof List) && !(b instanceof List)) return this.o[operation](a, b);
    return this.elementwise([a, b], node, ([x, y]) => this.o[operation](x!, y!));
  }

  private elementwise(
    values: readonly Value<T>[],
    node: Place,
    operation: (args: readonly T[]) => T,
  ): Value<T> {
    const shape = commonShape(values);
    if (shape === undefined) {
      const shapes = values.filter((value) => value instanceof List).map((list) => describeShape(list.shape));
      return this.fail(`These do not fit together entry by entry: ${shapes.join(' and ')}.`, node);
    }
    if (shape.length === 0) return operation(values as readonly T[]);
    if (
      !this.spend(
        shape.reduce((size, length) => size * length, 1),
        node,
      )
    )
      return this.o.integer(0);
    return each(shape, values, operation);
  }

  private product(node: ProductNode): Value<T> {
    let product = this.evaluate(node.factors[0]!);
    for (let k = 1; k < node.factors.length && this.mistake === undefined; k++) {
      const factor = node.factors[k]!;
      const operator = node.operators[k - 1]!;
      const right = this.evaluate(factor);
      if (operator === 'juxtaposed' && product instanceof List) this.checkJuxtaposed(node, k, product, right);
      product =
        operator === '@'
          ? this.matrixProduct(product, right, factor)
          : this.arithmetic(operator === '/' ? 'div' : 'mul', product, right, factor);
    }
    return product;
  }

  /** `X(2)` and `A x` mean something else to most people than the product entry by entry. */
  private checkJuxtaposed(node: ProductNode, k: number, left: List<T>, right: Value<T>): void {
    const before = node.factors[k - 1]!;
    const factor = node.factors[k]!;
    if (before.kind === 'name' && factor.kind === 'number') {
      this.fail(`Write ${before.name}[${factor.text}] for an entry of the list, or * for a product.`, factor);
    } else if (right instanceof List && left.shape.length + right.shape.length > 2) {
      this.fail('Write @ for the matrix product, or * for the product entry by entry.', factor);
    }
  }

  private power(base: Node, exponent: Node, node: Node): Value<T> {
    if (base.kind === 'name' && base.name === 'e' && !this.definitions.has('e')) {
      const value = this.evaluate(exponent);
      return this.elementwise([value], node, (args) => this.o.call('exp', args));
    }
    const left = this.evaluate(base);
    if (
      left instanceof List &&
      exponent.kind === 'name' &&
      exponent.name === 'T' &&
      !this.definitions.has('T')
    ) {
      return this.fail('Write transpose(A) for the transpose of a matrix.', node);
    }
    return this.arithmetic('pow', left, this.evaluate(exponent), node);
  }

  private list(nodes: readonly Node[]): Value<T> {
    const values = nodes.map((entry) => this.evaluate(entry));
    if (this.mistake !== undefined) return this.o.integer(0);
    const first = values[0]!;
    const entries: T[] = [];
    for (const [k, value] of values.entries()) {
      if (!(value instanceof List) && !(first instanceof List)) entries.push(value);
      else if (value instanceof List && first instanceof List && value.shape.length === 1) {
        if (value.entries.length !== first.entries.length) {
          const message = `This row has ${value.entries.length} entries, the first has ${first.entries.length}; all must be equally long.`;
          return this.fail(message, nodes[k]!);
        }
        for (const entry of value.entries) entries.push(entry);
      } else if (value instanceof List && value.shape.length > 1) {
        return this.fail('A list holds numbers or rows of numbers, nothing deeper.', nodes[k]!);
      } else return this.fail('A list holds either numbers or rows, not both.', nodes[k]!);
    }
    return new List(first instanceof List ? [values.length, first.entries.length] : [values.length], entries);
  }

  /** `a @ b`: lists are rows on the left and columns on the right, as in NumPy. */
  private matrixProduct(a: Value<T>, b: Value<T>, node: Node): Value<T> {
    if (!(a instanceof List) || !(b instanceof List)) {
      return this.fail(
        'The matrix product needs lists or matrices on both sides; write * for numbers.',
        node,
      );
    }
    const [rows, inner] = a.shape.length === 2 ? [a.shape[0]!, a.shape[1]!] : [1, a.shape[0]!];
    const [innerB, columns] = b.shape.length === 2 ? [b.shape[0]!, b.shape[1]!] : [b.shape[0]!, 1];
    if (inner !== innerB) {
      const shapes = `${describeShape(a.shape)} and ${describeShape(b.shape)}`;
      return this.fail(`These do not fit in a matrix product: ${shapes}; ${inner} is not ${innerB}.`, node);
    }
    if (!this.spend(2 * rows * inner * columns, node)) return this.o.integer(0);
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

  private condition(node: Condition): Value<T> {
    if (!this.spend(1, node)) return this.o.integer(0);
    switch (node.kind) {
      case 'compare': {
        const sides = [this.evaluate(node.left), this.evaluate(node.right)];
        return this.elementwise(sides, node, ([a, b]) => this.o.compare(node.relation, a!, b!));
      }
      case 'not':
        return this.elementwise([this.condition(node.of)], node, ([a]) => this.o.not(a!));
      default: {
        const sides = [this.condition(node.left), this.condition(node.right)];
        return this.elementwise(sides, node, ([a, b]) => this.o[node.kind](a!, b!));
      }
    }
  }

  private choice(node: IfNode): Value<T> {
    const values = [this.condition(node.condition), this.evaluate(node.then), this.evaluate(node.otherwise)];
    return this.elementwise(values, node, ([c, a, b]) => this.o.select(c!, a!, b!));
  }

  private pick(node: PickNode): Value<T> {
    if (node.of.kind === 'name' && !this.isBound(node.of.name))
      return this.numberedVariable(node.of.name, node);
    if (node.of.kind === 'pick') {
      const root = rootOf(node.of);
      if (root !== undefined && !this.isBound(root)) {
        return this.fail(`Two indices stand in one bracket: ${root}[1, 2].`, node);
      }
    }
    let value = this.evaluate(node.of);
    for (const index of node.indices) {
      if (this.mistake !== undefined) break;
      if (!(value instanceof List)) {
        const name = node.of.kind === 'name' ? `"${node.of.name}"` : 'This';
        return this.fail(`${name} is a number and has no entries to pick.`, node);
      }
      const length = value.shape[0]!;
      const at = value.shape.length === 1 ? this.openIndex(index) : undefined;
      if (at !== undefined) {
        const { element } = this;
        this.element = { at, length };
        value = this.evaluate(node.of);
        this.element = element;
        continue;
      }
      const k = this.index(index);
      if (k === undefined) break;
      if (k < 1 || k > length) {
        return this.fail(`The index ${k} is out of range: there are entries 1 to ${length}.`, index);
      }
      const width: number = value.shape[1] ?? 1;
      value =
        value.shape.length === 1
          ? value.entries[k - 1]!
          : new List([width], value.entries.slice((k - 1) * width, k * width));
    }
    return value;
  }

  private isBound(name: string): boolean {
    for (let scope = this.scope; scope !== undefined; scope = scope.outer)
      if (scope.name === name) return true;
    return this.definitions.has(name);
  }

  /** `x[3]` with x not a list is the variable x3, `W[1, 2]` is W1_2. */
  private numberedVariable(base: string, node: PickNode): Value<T> {
    const at = node.indices.map((index) => this.openIndex(index));
    const indices: number[] = [];
    for (const [n, node_] of node.indices.entries()) {
      const k = at[n] === undefined ? this.index(node_) : 0;
      if (k === undefined) return this.o.integer(0);
      if (k < 0)
        return this.fail(
          `The index ${k} is out of range: numbered variables begin with ${base}0 or ${base}1.`,
          node_,
        );
      indices.push(k);
    }
    if (at.some((index) => index !== undefined)) {
      const mixed = at.map((index, n) => index ?? this.o.integer(indices[n]!));
      return this.o.series!.numbered(base, mixed, (numbers) => numberedName(base, numbers));
    }
    const name = numberedName(base, indices);
    if (!this.numbered.has(base)) this.numbered.set(base, node);
    if (this.declared?.has(base)) {
      return this.fail(
        `"${base}" is one number here; name numbered variables one by one, f(${base}1, ${base}2), or none.`,
        node,
      );
    }
    return this.variable(name, node);
  }

  /** A whole number known without the variables; undefined after a mistake. */
  private index(node: Node): number | undefined {
    const k = this.numberOf(node);
    if (this.mistake !== undefined) return undefined;
    if (k === undefined) {
      this.fail('An index must be a whole number that does not depend on variables.', node);
      return undefined;
    }
    if (!Number.isInteger(k)) {
      this.fail(`An index must be a whole number; this is ${k}.`, node);
      return undefined;
    }
    if (Math.abs(k) > MAX_INDEX) {
      this.fail(`The index ${k} is too large; ${MAX_INDEX} is the largest.`, node);
      return undefined;
    }
    return k;
  }

  private call(node: CallNode): Value<T> {
    if (node.own) return this.helper(node);
    if (node.indices.length > 0) return this.series(node);
    const args = node.args.map((arg) => this.evaluate(arg));
    if (this.mistake !== undefined) return this.o.integer(0);
    const value = this.apply(node.name, args, node);
    const [list] = args;
    if (this.o.series === undefined || !(list instanceof List) || args.length > 1) return value;
    const { length } = list.entries;
    if (!TOTALS.has(node.name) || list.shape.length > 1 || length < SHORTEST_SERIES) return value;
    const name = [...'ijklmn'].find((letter) => !this.isBound(letter) && !this.plainNames.has(letter));
    if (name === undefined) return value;
    return this.keep(node.name, value, [{ name, first: 1, last: length }], ([at]) => {
      this.element = { at: at!, length };
      return this.evaluate(node.args[0]!);
    });
  }

  /**
   * The series as one term, where the algebra keeps one and the body can be read with its indices open;
   * otherwise its total, which has been read before.
   */
  private keep(
    name: string,
    total: Value<T>,
    ranges: readonly { readonly name: string; readonly first: number; readonly last: number }[],
    body: (indices: readonly T[]) => Value<T>,
  ): Value<T> {
    const { series } = this.o;
    if (series === undefined || total instanceof List || this.mistake !== undefined) return total;
    const { scope, element, operations } = this;
    const indices = ranges.map((range) => series.index(range.name));
    for (const [k, range] of ranges.entries()) {
      const value = indices[k]!;
      this.scope = { ...UNBOUND, name: range.name, value, outer: this.scope };
    }
    this.open++;
    let value = body(indices);
    this.open--;
    Object.assign(this, { scope, element, operations });
    const unreadable = this.mistake !== undefined || value instanceof List;
    this.mistake = undefined;
    if (unreadable || value instanceof List) return total;
    let count = 1;
    for (let k = ranges.length - 1; k >= 0; k--) {
      const { first, last } = ranges[k]!;
      value = series.close(name === 'prod' ? 'prod' : 'sum', indices[k]!, first, last, value, total);
      count *= last - first + 1;
    }
    return name === 'mean' ? this.o.div(value, this.o.integer(count)) : value;
  }

  /** An index that contains a running one left open. */
  private openIndex(node: Node): T | undefined {
    if (this.open === 0 || this.numberOf(node) !== undefined || this.mistake !== undefined) return undefined;
    const at = this.evaluate(node);
    return at instanceof List ? undefined : at;
  }

  /** The entry at an open index of what may be a list: of data as it is, of a named line read anew. */
  private atElement(node: Node, element: { readonly at: T; readonly length: number }): Value<T> {
    this.element = undefined;
    const value = this.evaluateNode(node);
    this.element = element;
    if (!(value instanceof List) || this.mistake !== undefined) return value;
    if (value.shape.length > 1 || value.entries.length !== element.length) return this.fail('', node);
    const name = node.kind === 'name' ? node.name : undefined;
    const entry = this.o.series!.entry(name, value.entries, element.at);
    if (entry !== undefined) return entry;
    const definition = name === undefined ? undefined : this.definitions.get(name);
    if (definition?.kind !== 'value' || definition.value !== value) return this.fail('', node);
    const { scope } = this;
    this.scope = undefined;
    const read = this.evaluate(definition.line.body);
    this.scope = scope;
    return read;
  }

  private apply(name: string, args: readonly Value<T>[], node: CallNode): Value<T> {
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
      case 'mean':
        return single === undefined ? this.needsList(name, node) : this.reduce(name, single.entries, node);
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
    if (args.length === 2 && (name === 'log' || name === 'root'))
      return this.toNumber(name, first, second!, node);
    return this.elementwise(args, node, (entries) => this.o.call(name, entries));
  }

  private perRow(name: string, node: Node): T {
    return this.fail(`"${name}" takes a list; take a matrix row by row: ${name}(Z[i]).`, node);
  }

  private needsList(name: string, node: CallNode): T {
    const example =
      name === 'sum' || name === 'prod' || name === 'mean' ? ` or an index, ${name}(x[i], i = 1..10)` : '';
    return this.fail(
      `"${name}" needs a list, ${name}([a, b, c])${example}; this is a number.`,
      node.args[0]!,
    );
  }

  /** Logarithms and roots to a plain base have functions of their own. */
  private toNumber(name: 'log' | 'root', x: Value<T>, base: Value<T>, node: CallNode): Value<T> {
    const typed = node.args[1]!;
    const plain =
      typed.kind === 'number' ? Number(typed.text) : typed.kind === 'name' ? typed.name : undefined;
    const own =
      name === 'log'
        ? plain === 2
          ? 'log2'
          : plain === 10
            ? 'log10'
            : plain === 'e'
              ? 'log'
              : undefined
        : plain === 2
          ? 'sqrt'
          : plain === 3
            ? 'cbrt'
            : undefined;
    if (own !== undefined) return this.elementwise([x], node, (args) => this.o.call(own, args));
    return this.elementwise([x, base], node, (args) => this.o.call(name, args));
  }

  private reduce(name: string, entries: readonly T[], node: Node): T {
    if (!this.spend(entries.length, node)) return this.o.integer(0);
    let total: T = entries[0]!;
    for (let k = 1; k < entries.length; k++) {
      total = name === 'prod' ? this.o.mul(total, entries[k]!) : this.o.add(total, entries[k]!);
    }
    return name === 'mean' ? this.o.div(total, this.o.integer(entries.length)) : total;
  }

  private helper(node: CallNode): Value<T> {
    const definition = this.definitions.get(node.name)!;
    const { line } = definition;
    const names = line.variables!;
    if (definition.state === 'busy') return this.fail(`The definition of "${node.name}" uses itself.`, node);
    if (definition.kind === 'result') return this.fail(`The definition of "${node.name}" uses itself.`, node);
    if (node.args.length !== names.length) {
      const given = node.args.length === 1 ? 'one is given' : `${node.args.length} are given`;
      return this.fail(`"${node.name}" is ${node.name}(${names.join(', ')}); ${given}.`, node);
    }
    const { scope } = this;
    let inner: Scope<T> | undefined;
    for (const [k, arg] of node.args.entries()) {
      const value = this.evaluate(arg);
      inner = { name: names[k]!, value, number: undefined, node: arg, nodeScope: scope, outer: inner };
    }
    if (this.mistake !== undefined) return this.o.integer(0);
    definition.called = true;
    definition.state = 'busy';
    this.scope = inner;
    const value = this.evaluate(line.body);
    this.scope = scope;
    definition.state = 'waiting';
    return value;
  }

  private series(node: CallNode): Value<T> {
    const terms: Value<T>[] = [];
    this.run(node, node.indices, 0, terms);
    if (this.mistake !== undefined) return this.o.integer(0);
    const { name } = node;
    if (terms.length === 0) {
      if (name === 'sum') return this.o.integer(0);
      if (name === 'prod') return this.o.integer(1);
      return this.fail(`"${name}" of no terms has no value.`, node);
    }
    if (name === 'min' || name === 'max' || name === 'logsumexp') {
      return this.elementwise(terms, node, (args) => this.o.call(name, args));
    }
    let total: Value<T> = terms[0]!;
    for (let k = 1; k < terms.length && this.mistake === undefined; k++) {
      total = this.arithmetic(name === 'prod' ? 'mul' : 'add', total, terms[k]!, node.args[0]!);
    }
    if (name === 'mean') total = this.arithmetic('div', total, this.o.integer(terms.length), node);
    if (this.o.series === undefined || this.mistake !== undefined) return total;
    const ranges: { name: string; first: number; last: number }[] = [];
    for (const { name: index, first, last } of node.indices) {
      const bounds = [this.numberOf(first), this.numberOf(last)];
      if (bounds[0] === undefined || bounds[1] === undefined) return total;
      ranges.push({ name: index, first: bounds[0], last: bounds[1] });
    }
    return this.keep(name, total, ranges, () => this.evaluate(node.args[0]!));
  }

  /** The terms of a series, the last index running fastest. */
  private run(node: CallNode, ranges: readonly IndexRange[], at: number, terms: Value<T>[]): void {
    const range = ranges[at];
    if (range === undefined) {
      terms.push(this.evaluate(node.args[0]!));
      return;
    }
    const first = this.index(range.first);
    const last = first === undefined ? undefined : this.index(range.last);
    if (first === undefined || last === undefined) return;
    if (last < first && range.first.kind === 'number' && range.last.kind === 'number') {
      this.fail(`The range runs from the smaller to the larger number: ${last}..${first}.`, range);
      return;
    }
    if (!this.spend(Math.max(0, last - first + 1), node)) return;
    const { scope } = this;
    for (let k = first; k <= last && this.mistake === undefined; k++) {
      const value = this.o.integer(k);
      this.scope = {
        name: range.name,
        value,
        number: k,
        node: undefined,
        nodeScope: undefined,
        outer: scope,
      };
      this.run(node, ranges, at + 1, terms);
    }
    this.scope = scope;
  }

  /** The value of an expression that depends on no variable; undefined if it does, or is no number. */
  private numberOf(node: Node): number | undefined {
    if (++this.depth > MAX_DEPTH || !this.spend(1, node)) {
      this.depth--;
      this.fail('This is nested too deeply; name parts on lines of their own.', node);
      return undefined;
    }
    const value = this.numberOfNode(node);
    this.depth--;
    return value;
  }

  private numberOfNode(node: Node): number | undefined {
    switch (node.kind) {
      case 'number':
        return Number(node.text);
      case 'name':
        return this.numberOfName(node.name);
      case 'negative': {
        const of = this.numberOf(node.of);
        return of === undefined ? undefined : -of;
      }
      case 'sum': {
        let sum = 0;
        for (const [k, term] of node.terms.entries()) {
          const value = this.numberOf(term);
          if (value === undefined) return undefined;
          sum += node.minus[k] ? -value : value;
        }
        return sum;
      }
      case 'product': {
        let product = 1;
        for (const [k, factor] of node.factors.entries()) {
          const value = this.numberOf(factor);
          const operator = k === 0 ? '*' : node.operators[k - 1];
          if (value === undefined || operator === '@') return undefined;
          product = operator === '/' ? product / value : product * value;
        }
        return product;
      }
      case 'power': {
        const base = this.numberOf(node.base);
        const exponent = base === undefined ? undefined : this.numberOf(node.exponent);
        if (base === undefined || exponent === undefined) return undefined;
        return node.base.kind === 'name' && node.base.name === 'e' ? Math.exp(exponent) : base ** exponent;
      }
      case 'call': {
        if (node.name === 'count' && !node.own) {
          const list = this.evaluate(node.args[0]!);
          return list instanceof List ? list.entries.length : undefined;
        }
        const entry = node.own || node.indices.length > 0 ? undefined : functions.get(node.name);
        const args: number[] = [];
        for (const arg of node.args) {
          const value = entry === undefined ? undefined : this.numberOf(arg);
          if (value === undefined) return undefined;
          args.push(value);
        }
        return entry?.value(...args);
      }
      case 'pick':
        return this.numberOfEntry(node);
      default:
        return undefined;
    }
  }

  private numberOfName(name: string): number | undefined {
    for (let scope = this.scope; scope !== undefined; scope = scope.outer) {
      if (scope.name !== name) continue;
      return (
        scope.number ?? (scope.node === undefined ? undefined : this.within(scope.nodeScope, scope.node))
      );
    }
    const definition = this.definitions.get(name);
    if (definition?.kind === 'parameter') return definition.number;
    if (definition?.kind === 'value') return this.within(undefined, definition.line.body);
    return name === 'pi' ? Math.PI : name === 'e' ? Math.E : undefined;
  }

  private within(scope: Scope<T> | undefined, node: Node): number | undefined {
    const { scope: outer } = this;
    this.scope = scope;
    const value = this.numberOf(node);
    this.scope = outer;
    return value;
  }

  /** An entry of a data list that is written out: an index may come from data. */
  private numberOfEntry(node: PickNode): number | undefined {
    const definition = node.of.kind === 'name' ? this.definitions.get(node.of.name) : undefined;
    let list = definition?.kind === 'value' ? definition.line.body : node.of;
    for (const index of node.indices) {
      const k = this.numberOf(index);
      if (list.kind !== 'list' || k === undefined) return undefined;
      const entry = list.entries[k - 1];
      if (entry === undefined) return undefined;
      list = entry;
    }
    return this.within(undefined, list);
  }
}

/** Sums of fewer entries of a list are written out. */
const SHORTEST_SERIES = 3;

const TOTALS = new Set(['sum', 'prod', 'mean']);

/** Functions of a whole list. */
const OF_LISTS = new Set([...TOTALS, 'dot', 'transpose', 'count', 'softmax', 'norm']);

const UNBOUND = { number: undefined, node: undefined, nodeScope: undefined };

/** x, [3] → x3; w, [1, 2] → w1_2; W1, [2] → W1_2. */
const numberedName = (base: string, indices: readonly number[]): string =>
  indices.reduce((name, k) => name + (name === base && !/[\d_]/.test(base) ? `${k}` : `_${k}`), base);

/** Whether an entry of the node's value is the same operation on the entries of its parts. */
const isElementwise = (node: Node): boolean => {
  if (node.kind === 'product') return !node.operators.includes('@');
  if (node.kind !== 'call') return node.kind !== 'name' && node.kind !== 'list' && node.kind !== 'pick';
  if (node.own) return true;
  const folds = FOLDS.has(node.name) && node.args.length === 1;
  return node.indices.length === 0 && !folds && !OF_LISTS.has(node.name);
};

/** Functions that take a single list or several numbers. */
const FOLDS = new Set(['min', 'max', 'hypot', 'logsumexp']);

const rootOf = (node: Node): string | undefined =>
  node.kind === 'pick' ? rootOf(node.of) : node.kind === 'name' ? node.name : undefined;

const childrenOf = (node: Node | Condition): readonly (Node | Condition)[] => {
  switch (node.kind) {
    case 'number':
    case 'name':
      return [];
    case 'sum':
      return node.terms;
    case 'product':
      return node.factors;
    case 'negative':
    case 'not':
      return [node.of];
    case 'power':
      return [node.base, node.exponent];
    case 'call':
      return [...node.indices.flatMap((range) => [range.first, range.last]), ...node.args];
    case 'list':
      return node.entries;
    case 'pick':
      return [node.of, ...node.indices];
    case 'if':
      return [node.condition, node.then, node.otherwise];
    case 'compare':
    case 'and':
    case 'or':
      return [node.left, node.right];
  }
};

/** Whether a definition is a parameter: numbers, pi, e and functions of numbers alone. */
const isConstant = (node: Node | Condition): boolean => {
  if (node.kind === 'name') return node.name === 'pi' || node.name === 'e';
  if (node.kind === 'list' || node.kind === 'pick' || node.kind === 'if') return false;
  if (node.kind === 'call' && (node.own || node.indices.length > 0 || !functions.has(node.name)))
    return false;
  return childrenOf(node).every(isConstant);
};

/**
 * What a program says, built in an algebra; or the first mistake. Linear in the number of operations built, of
 * which there are at most MAX_OPERATIONS. `values` are the sliders', by the parameters' names.
 */
export const meaning = <T>(
  program: Program,
  algebra: Algebra<T>,
  values?: ReadonlyMap<string, number>,
): { meaning: Meaning<T> } | { error: Mistake } => {
  const reader = new Reader(program, algebra, values);
  const found = reader.mistake === undefined ? reader.read() : undefined;
  return found === undefined ? { error: reader.mistake! } : { meaning: found };
};
