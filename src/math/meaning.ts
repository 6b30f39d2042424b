import type { Parameter } from './formula.ts';
import type { Algebra } from './functions.ts';
import { describeShape, each, List, type Value } from './lists.ts';
import type { Definition, Scope } from './lookup.ts';
import type { Mistake } from './mistake.ts';
import { naturalOrder } from './names.ts';
import { Series } from './series.ts';
import {
  type CallNode,
  type Condition,
  childrenOf,
  type IfNode,
  type NameNode,
  type Node,
  type PickNode,
  type ProductNode,
  type Program,
} from './tree.ts';

/** A text with its names looked up, in terms of an algebra. */
export interface Meaning<T> {
  /** In natural order or as declared, in canonical spelling: "x1", "theta". */
  readonly variables: readonly string[];
  /** `a = 2`, in the order of the text; the value is the slider's, if one is given. */
  readonly parameters: readonly Parameter[];
  readonly scalar: boolean;
  /** m entries; one for a scalar function. */
  readonly outputs: readonly T[];
  /** Named lines that depend on variables, in order. */
  readonly parts: readonly { readonly name: string; readonly value: Value<T> }[];
}

/** Functions of one list, which is read as a whole even where other lists are read entry by entry. */
const listReaders: ReadonlySet<string> = new Set([
  ...['sum', 'prod', 'mean', 'norm', 'count', 'softmax', 'logsumexp', 'min', 'max', 'hypot', 'transpose'],
]);

/** Numbered variables: x[3] is x3, x1[3] is x1_3, W[1, 2] is W1_2. */
const numberedName = (base: string, indices: readonly number[]): string =>
  base + (/[\d_]/.test(base) ? '_' : '') + indices.join('_');

class Reader<T> extends Series<T> {
  read(): Meaning<T> | undefined {
    const { result } = this.program;
    const parts: { name: string; value: Value<T> }[] = [];
    for (const [name, definition] of this.definitions) {
      if (this.mistake !== undefined) return undefined;
      if (definition.kind !== 'value') continue;
      const { used } = definition;
      const value = this.definitionValue(definition, definition.line.body);
      definition.used = used;
      if (definition.dependsOnVariables) parts.push({ name, value });
    }
    const own = result.name === undefined ? undefined : this.definitions.get(result.name);
    if (own !== undefined) own.state = 'busy';
    const value = this.evaluate(result.body);
    if (value instanceof List && value.shape.length !== 1) {
      const message = `The function's value is ${describeShape(value.shape)}; a number or a list is needed.`;
      this.fail(message, result.body);
    }
    this.checkNames();
    if (this.mistake !== undefined) return undefined;
    return {
      variables: result.variables ?? [...this.variables.keys()].sort(naturalOrder),
      parameters: this.parameters,
      scalar: !(value instanceof List),
      outputs: value instanceof List ? value.entries : [value],
      parts,
    };
  }

  private checkNames(): void {
    for (const { kind, used, line } of this.definitions.values()) {
      if (kind === 'helper' && !used) this.readUncalled(line);
    }
    for (const [name, place] of this.numbered) {
      if (!this.plain.has(name)) continue;
      this.fail(
        `"${name}" stands for one number elsewhere, so "${name}[…]" cannot number variables ${name}1, ${name}2 … .`,
        place,
      );
    }
    const above = this.program.definitions[this.program.definitions.length - 1];
    const { result } = this.program;
    if (above === undefined || !result.beginsWithSign) return;
    const definition = this.definitions.get(above.name!)!;
    if (definition.used || definition.kind === 'parameter') return;
    const message = `If this line goes on from the one above, end that one with the operator; "${above.name}" is not used otherwise.`;
    this.fail(message, { from: result.from, to: result.from + 1 });
  }

  protected evaluate(node: Node): Value<T> {
    const value = this.enter(node) ? this.evaluateNode(node) : this.o.integer(0);
    this.leave();
    return value;
  }

  /** With every list as a whole. */
  private evaluateWhole(node: Node): Value<T> {
    const { entryMode } = this;
    this.entryMode = undefined;
    const value = this.evaluate(node);
    this.entryMode = entryMode;
    return value;
  }

  private evaluateNode(node: Node): Value<T> {
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
      case 'list': {
        const values = node.entries.map((entry) => this.evaluateWhole(entry));
        return this.mistake === undefined ? this.listOf(values, node.entries) : this.o.integer(0);
      }
      case 'pick':
        return this.pick(node);
      case 'if':
        return this.choice(node);
    }
  }

  private product(node: ProductNode): Value<T> {
    const { entryMode } = this;
    if (node.operators.includes('@')) this.entryMode = undefined;
    let product = this.evaluate(node.factors[0]!);
    for (let k = 1; k < node.factors.length && this.mistake === undefined; k++) {
      const factor = node.factors[k]!;
      const operator = node.operators[k - 1]!;
      const right = this.evaluate(factor);
      if (operator === 'juxtaposed' && product instanceof List) {
        this.checkJuxtaposed(node, k, product, right);
      }
      product =
        operator === '@'
          ? this.matrixProduct(product, right, factor)
          : this.arithmetic(operator === '/' ? 'div' : 'mul', product, right, factor);
    }
    this.entryMode = entryMode;
    return product;
  }

  /** `X(2)` and `A v` mean something else to most people than the product entry by entry. */
  private checkJuxtaposed(node: ProductNode, k: number, left: List<T>, right: Value<T>): void {
    const before = node.factors[k - 1]!;
    const factor = node.factors[k]!;
    if (before.kind === 'name' && factor.kind === 'number') {
      const message = `Write ${before.name}[${factor.text}] for an entry of the list, or * for a product.`;
      this.fail(message, factor);
    } else if (right instanceof List && left.shape.length + right.shape.length > 2) {
      this.fail('Write @ for the matrix product, or * for the product entry by entry.', factor);
    }
  }

  private power(base: Node, exponent: Node, node: Node): Value<T> {
    if (base.kind === 'name' && base.name === 'e' && !this.isBound('e')) {
      const value = this.evaluate(exponent);
      return this.elementwise([value], node, (args) => this.o.call('exp', args));
    }
    const left = this.evaluate(base);
    if (left instanceof List && exponent.kind === 'name' && exponent.name === 'T' && !this.isBound('T')) {
      return this.fail('Write transpose(A) for the transpose of a matrix.', node);
    }
    return this.arithmetic('pow', left, this.evaluate(exponent), node);
  }

  private condition(node: Condition): Value<T> {
    if (!this.look(node)) return this.o.integer(0);
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
    let root: Node = node;
    let indices: readonly Node[] = [];
    while (root.kind === 'pick') {
      indices = [...root.indices, ...indices];
      root = root.of;
    }
    if (root.kind === 'name' && !this.isBound(root.name)) return this.numberedVariable(root, indices);
    let value = this.evaluateWhole(root);
    for (const [depth, index] of indices.entries()) {
      if (this.mistake !== undefined) break;
      if (!(value instanceof List)) {
        const name = root.kind === 'name' && depth === 0 ? `"${root.name}"` : 'This';
        return this.fail(`${name} is a number and has no entries to pick.`, node);
      }
      const k = this.openOrWhole(index);
      const length: number = value.shape[0]!;
      if (k === undefined) break;
      if (typeof k !== 'number') return this.openPick(root, indices, value, k.at);
      if (k < 1 || k > length) {
        return this.fail(`The index ${k} is out of range: there are entries 1 to ${length}.`, index);
      }
      const width: number = value.shape[1] ?? 1;
      value =
        value.shape.length === 1
          ? value.entries[k - 1]!
          : new List<T>([width], value.entries.slice((k - 1) * width, k * width));
    }
    return value;
  }

  /** A whole number, or a term that contains an index left open; undefined after a mistake. */
  private openOrWhole(index: Node): number | { readonly at: T } | undefined {
    if (!this.isOpen || this.numberOf(index) !== undefined) return this.index(index);
    const at = this.evaluateWhole(index);
    if (at instanceof List) this.fail('An index must be a whole number.', index);
    return this.mistake === undefined && !(at instanceof List) ? { at } : undefined;
  }

  private openPick(root: Node, indices: readonly Node[], list: List<T>, at: T): Value<T> {
    if (indices.length > 1 || list.shape.length > 1) return this.fail('This entry stays open.', root);
    const definition = root.kind === 'name' ? this.definitions.get(root.name) : undefined;
    if (definition === undefined) return this.openData(undefined, list, root, at);
    return this.openEntry(definition, list, { at, length: list.entries.length }, root);
  }

  private numberedVariable(root: NameNode, indices: readonly Node[]): Value<T> {
    const base = root.name;
    const found: (number | { readonly at: T })[] = [];
    for (const index of indices) {
      const k = this.openOrWhole(index);
      if (k === undefined) return this.o.integer(0);
      if (typeof k === 'number' && k < 0) {
        const message = `The index ${k} is out of range: numbered variables begin with ${base}0 or ${base}1.`;
        return this.fail(message, index);
      }
      found.push(k);
    }
    const place = { from: root.from, to: indices[indices.length - 1]!.to + 1 };
    if (!this.numbered.has(base)) this.numbered.set(base, place);
    if (this.isDeclared(base)) {
      const message = `"${base}" is one number here; name numbered variables one by one, f(${base}1, ${base}2), or none.`;
      return this.fail(message, place);
    }
    const whole = found.filter((k) => typeof k === 'number');
    if (whole.length === found.length) return this.variable(numberedName(base, whole), place);
    const terms = found.map((k) => (typeof k === 'number' ? this.o.integer(k) : k.at));
    return this.o.series!.numbered(base, terms, (numbers) => {
      const name = numberedName(base, numbers);
      this.variable(name, place);
      return name;
    });
  }

  private call(node: CallNode): Value<T> {
    const { name } = node;
    if (node.own) return this.helper(node);
    if (node.indices.length > 0) return this.series(node);
    const whole = name === 'dot' || (node.args.length === 1 && listReaders.has(name));
    const args: Value<T>[] = [];
    for (const arg of node.args) args.push(whole ? this.evaluateWhole(arg) : this.evaluate(arg));
    if (this.mistake !== undefined) return this.o.integer(0);
    const [first] = args;
    if ((name === 'sum' || name === 'prod' || name === 'mean') && first instanceof List) {
      return this.totalOfList(name, first, node);
    }
    return this.apply(name, args, node);
  }

  private helper(node: CallNode): Value<T> {
    const definition = this.definitions.get(node.name)!;
    const { line } = definition;
    const names = line.variables!;
    if (definition.state === 'busy' || definition.kind === 'result') {
      return this.fail(`The definition of "${node.name}" uses itself.`, node);
    }
    if (node.args.length !== names.length) {
      const given = node.args.length === 1 ? 'one is given' : `${node.args.length} are given`;
      return this.fail(`"${node.name}" is ${node.name}(${names.join(', ')}); ${given}.`, node);
    }
    const { scope } = this;
    let inner: Scope<T> | undefined;
    const byEntry = this.entryMode !== undefined && this.isElementwise(definition);
    for (const [k, arg] of node.args.entries()) {
      const value = byEntry ? this.evaluate(arg) : this.evaluateWhole(arg);
      const typed = { number: undefined, isIndex: false, node: arg, nodeScope: scope };
      inner = { name: names[k]!, value, ...typed, outer: inner };
    }
    definition.used = true;
    if (this.mistake !== undefined) return this.o.integer(0);
    definition.state = 'busy';
    this.scope = inner;
    const value = byEntry ? this.evaluate(line.body) : this.evaluateWhole(line.body);
    this.scope = scope;
    definition.state = 'waiting';
    return value;
  }

  /** Whether a helper does with a list what it does with each of its entries. */
  private isElementwise(definition: Definition<T>): boolean {
    const visit = (node: Node | Condition): boolean => {
      if (node.kind === 'list' || node.kind === 'pick') return false;
      if (node.kind === 'product' && node.operators.includes('@')) return false;
      if (node.kind === 'call') {
        if (node.own) return this.isElementwise(this.definitions.get(node.name)!) && node.args.every(visit);
        if (node.name === 'dot' || (node.args.length === 1 && listReaders.has(node.name))) return false;
      }
      return childrenOf(node).every(visit);
    };
    definition.elementwise ??= visit(definition.line.body);
    return definition.elementwise;
  }
}

/**
 * What a program says, built in an algebra; or the first mistake. Linear in the number of operations built, of
 * which there are at most MAX_OPERATIONS. `values` are the sliders', by the parameters' names. An algebra with
 * `series` gets sums as one term where that is possible.
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
