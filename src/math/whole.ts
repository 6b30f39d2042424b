import { functions } from './functions.ts';
import { List } from './lists.ts';
import { Lookup, type Scope } from './lookup.ts';
import type { CallNode, Node, PickNode } from './tree.ts';

/** The largest index of a numbered variable, and the largest bound of an index. */
const MAX_INDEX = 1_000_000;

/** Indices and bounds: numbers that are needed while a text is read, whatever the algebra. */
export abstract class Whole<T> extends Lookup<T> {
  /** A whole number that does not depend on variables; undefined after a mistake. */
  protected index(node: Node): number | undefined {
    const k = this.numberOf(node);
    if (this.mistake !== undefined) return undefined;
    if (k !== undefined && Number.isInteger(k) && Math.abs(k) <= MAX_INDEX) return k;
    this.fail(
      k === undefined
        ? 'An index must be a whole number that does not depend on variables.'
        : Number.isInteger(k)
          ? `The index ${k} is too large; ${MAX_INDEX} is the largest.`
          : `An index must be a whole number; this is ${k}.`,
      node,
    );
    return undefined;
  }

  /** The value of an expression; undefined if it depends on a variable or on an open index, or is no number. */
  protected numberOf(node: Node): number | undefined {
    const value = this.enter(node) ? this.numberOfNode(node) : undefined;
    this.leave();
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
      case 'call':
        return this.numberOfCall(node);
      case 'pick':
        return this.numberOfEntry(node);
      default:
        return undefined;
    }
  }

  private numberOfCall(node: CallNode): number | undefined {
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

  private numberOfName(name: string): number | undefined {
    for (let scope = this.scope; scope !== undefined; scope = scope.outer) {
      if (scope.name !== name) continue;
      return (
        scope.number ?? (scope.node === undefined ? undefined : this.within(scope.nodeScope, scope.node))
      );
    }
    const definition = this.definitions.get(name);
    if (definition !== undefined) definition.used = true;
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
