import { Builder } from './builder.ts';
import type { Parameter } from './formula.ts';
import type { Algebra } from './functions.ts';
import { List, type Value } from './lists.ts';
import { nearest } from './names.ts';
import {
  type Condition,
  childrenOf,
  isConstant,
  type Line,
  type Node,
  type Place,
  type Program,
} from './tree.ts';

/** One gradient step of this many variables takes well under a millisecond. */
export const MAX_VARIABLES = 10_000;

/** Expressions within each other, through definitions and helpers: about three stack frames each. */
const MAX_DEPTH = 1000;

/** A name bound while a helper's body or a series is read. */
export interface Scope<T> {
  readonly name: string;
  readonly value: Value<T>;
  /** The present value of an index that runs; undefined for one that is left open, and for arguments. */
  readonly number: number | undefined;
  readonly isIndex: boolean;
  /** A helper's argument, with the scope it was typed in, in case a whole number is needed. */
  readonly node: Node | undefined;
  readonly nodeScope: Scope<T> | undefined;
  readonly outer: Scope<T> | undefined;
}

export interface Definition<T> {
  readonly line: Line;
  readonly kind: 'parameter' | 'value' | 'helper' | 'result';
  state: 'waiting' | 'busy' | 'done';
  value: Value<T> | undefined;
  /** A parameter's value. */
  readonly number: number;
  dependsOnVariables: boolean;
  used: boolean;
  /** Of a helper: it treats lists entry by entry; undefined until asked. */
  elementwise?: boolean;
}

/** While it is set, a list of this length stands for its entry number `at`. */
export interface EntryMode<T> {
  readonly at: T;
  readonly length: number;
}

/** What each name of a text stands for. */
export abstract class Lookup<T> extends Builder<T> {
  protected readonly program: Program;
  protected readonly definitions = new Map<string, Definition<T>>();
  protected readonly parameters: Parameter[] = [];
  protected readonly variables = new Map<string, T>();
  /** Names used as x[…], and plain ones, with the place where each is first met. */
  protected readonly numbered = new Map<string, Place>();
  protected readonly plain = new Map<string, Place>();
  protected scope: Scope<T> | undefined;
  protected entryMode: EntryMode<T> | undefined;
  private readonly declared: ReadonlySet<string> | undefined;
  private depth = 0;
  /** Set whenever a variable is read; compared before and after a definition. */
  private readsVariables = false;

  constructor(program: Program, algebra: Algebra<T>, values: ReadonlyMap<string, number> | undefined) {
    super(algebra);
    this.program = program;
    const { definitions, result } = program;
    this.declared = result.variables === undefined ? undefined : new Set(result.variables);
    for (const line of definitions) this.define(line, false, values);
    this.define(result, true, values);
  }

  protected abstract evaluate(node: Node): Value<T>;
  protected abstract numberOf(node: Node): number | undefined;

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
    const helper = line.variables !== undefined;
    const kind = isResult ? 'result' : helper ? 'helper' : isConstant(line.body) ? 'parameter' : 'value';
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
      used: false,
    });
  }

  /** Enters one expression within another; false if they are too deep. */
  protected enter(place: Place): boolean {
    this.depth++;
    if (!this.look(place)) return false;
    if (this.depth <= MAX_DEPTH) return true;
    this.fail('This is nested too deeply; name parts on lines of their own.', place);
    return false;
  }

  protected leave(): void {
    this.depth--;
  }

  protected lookUp(name: string, place: Place): Value<T> {
    for (let scope = this.scope; scope !== undefined; scope = scope.outer) {
      if (scope.name !== name) continue;
      const { value, node, nodeScope } = scope;
      return node !== undefined && this.isRead(value) ? this.evaluateIn(nodeScope, node) : value;
    }
    const definition = this.definitions.get(name);
    if (definition !== undefined) {
      const value = this.definitionValue(definition, place);
      return this.isRead(value) ? this.openEntry(definition, value, this.entryMode!, place) : value;
    }
    if (name === 'pi' || name === 'e') return this.o.constant(name);
    const index = /_([A-Za-z]+)$/.exec(name)?.[1];
    if (index !== undefined && this.isIndex(index)) {
      const base = name.slice(0, -index.length - 1);
      return this.fail(`Write ${base}[${index}] for the entry with the index ${index}.`, place);
    }
    if (!this.plain.has(name)) this.plain.set(name, place);
    return this.variable(name, place);
  }

  private evaluateIn(scope: Scope<T> | undefined, node: Node): Value<T> {
    const { scope: outer } = this;
    this.scope = scope;
    const value = this.evaluate(node);
    this.scope = outer;
    return value;
  }

  /** Whether a list is read entry by entry at present. */
  private isRead(value: Value<T>): value is List<T> {
    if (this.entryMode === undefined || !(value instanceof List)) return false;
    return value.shape.length === 1 && value.shape[0] === this.entryMode.length;
  }

  /** Entry number `at` of data; `name` if the text has one for them. */
  protected openData(name: string | undefined, list: List<T>, place: Place, at: T): T {
    const entry = this.o.series?.entry(name, list.entries, at);
    return entry === undefined ? this.fail('This entry stays open.', place) : entry;
  }

  /** Entry number `at` of a list, where `at` holds an open index. Data are taken as they are, parts are read again. */
  protected openEntry(definition: Definition<T>, list: List<T>, mode: EntryMode<T>, place: Place): Value<T> {
    if (!definition.dependsOnVariables) return this.openData(definition.line.name, list, place, mode.at);
    const { entryMode } = this;
    this.entryMode = mode;
    const value = this.evaluateIn(undefined, definition.line.body);
    this.entryMode = entryMode;
    return value;
  }

  /** Whether a helper's argument, an index or a definition has the name. */
  protected isBound(name: string): boolean {
    for (let scope = this.scope; scope !== undefined; scope = scope.outer)
      if (scope.name === name) return true;
    return this.definitions.has(name);
  }

  protected isIndex(name: string): boolean {
    for (let scope = this.scope; scope !== undefined; scope = scope.outer) {
      if (scope.name === name) return scope.isIndex;
    }
    return false;
  }

  protected variable(name: string, place: Place): T {
    this.readsVariables = true;
    const known = this.variables.get(name);
    if (known !== undefined) return known;
    if (this.declared !== undefined && !this.declared.has(name)) return this.unknown(name, place);
    if (this.variables.size >= MAX_VARIABLES) {
      return this.fail(`More than ${MAX_VARIABLES} variables cannot be handled.`, place);
    }
    const variable = this.o.variable(name);
    this.variables.set(name, variable);
    return variable;
  }

  protected isDeclared(name: string): boolean {
    return this.declared?.has(name) ?? false;
  }

  private unknown(name: string, place: Place): T {
    const { result } = this.program;
    const near = nearest(name, [...this.declared!, ...this.definitions.keys()]);
    const way =
      near === undefined
        ? `The function is ${result.name}(${result.variables!.join(', ')}).`
        : `Did you mean "${near}"?`;
    return this.fail(`Unknown name "${name}". ${way}`, place);
  }

  protected definitionValue(definition: Definition<T>, place: Place): Value<T> {
    const { line } = definition;
    const name = line.name!;
    definition.used = true;
    if (definition.kind === 'helper' || (definition.kind === 'result' && line.variables !== undefined)) {
      if (definition.state === 'busy') return this.fail(`The definition of "${name}" uses itself.`, place);
      return this.fail(`"${name}" is a function and needs its argument: ${name}(…).`, place);
    }
    if (definition.state === 'done') {
      this.readsVariables ||= definition.dependsOnVariables;
      return definition.value!;
    }
    if (definition.state === 'busy' || definition.kind === 'result') {
      return this.fail(`The definition of "${name}" uses itself.`, place);
    }
    if (definition.kind === 'parameter') {
      definition.value = this.o.parameter(name);
    } else {
      const { scope, entryMode, readsVariables } = this;
      definition.state = 'busy';
      this.scope = undefined;
      this.entryMode = undefined;
      this.readsVariables = false;
      definition.value = this.evaluate(line.body);
      definition.dependsOnVariables = this.readsVariables;
      this.readsVariables ||= readsVariables;
      this.scope = scope;
      this.entryMode = entryMode;
    }
    definition.state = 'done';
    return definition.value;
  }

  /** Free names in a helper that is never called are variables too. */
  protected readUncalled(line: Line): void {
    const bound: string[] = [...line.variables!];
    const visit = (node: Node | Condition): void => {
      if (node.kind === 'name') {
        const { name } = node;
        const known = bound.includes(name) || this.definitions.has(name) || name === 'pi' || name === 'e';
        if (!known) this.variable(name, node);
      } else if (node.kind === 'pick' && node.of.kind === 'name') {
        for (const index of node.indices) visit(index);
      } else {
        const indices = node.kind === 'call' ? node.indices : [];
        bound.push(...indices.map((range) => range.name));
        for (const child of childrenOf(node)) visit(child);
        bound.length -= indices.length;
      }
    };
    visit(line.body);
  }
}
