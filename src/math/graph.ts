import { type Algebra, type FunctionEntry, functions, type Relation } from './functions.ts';
import * as Op from './op.ts';

/** Index of an expression in its graph; equal expressions have equal indices, children precede parents. */
export type Node = number;

/** Number of children stored in a, b, c, by operation; NARY keeps its own count. */
const CHILDREN = [0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 0];

const COMMUTES = new Uint8Array(32);
for (const op of [Op.ADD, Op.MUL, Op.AND, Op.OR]) COMMUTES[op] = 1;

function hashOf(op: number, a: number, b: number, c: number): number {
  const swap = COMMUTES[op] === 1 && a < b;
  const high = swap ? b : a;
  const low = swap ? a : b;
  let hash = Math.imul(op + 1, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13) ^ low, 0xc2b2ae35) ^ Math.imul(c, 0x27d4eb2f);
  return hash ^ (hash >>> 15);
}

/** The functions of the table by number, for the field c of calls. */
export const functionTable: readonly FunctionEntry[] = [...functions.values()];
const functionNumber = new Map(functionTable.map((entry, index) => [entry.name, index]));
export const numberOf = (name: string): number => {
  const found = functionNumber.get(name);
  if (found === undefined) throw new Error(`no function ${name} in the table`);
  return found;
};
const ABS = numberOf('abs');
const EXP = numberOf('exp');
const SIGMOID = numberOf('sigmoid');
const NARY_FUNCTIONS = new Set(['min', 'max', 'hypot', 'logsumexp'].map(numberOf));

const KINKED_AT_ZERO = new Set(['abs', 'relu', 'leakyrelu']);
const EVEN = new Set(['cos', 'cosh', 'huber']);
const NON_NEGATIVE = new Set(['abs', 'exp', 'sqrt', 'cosh', 'acosh', 'acos', 'sigmoid', 'softplus', 'relu']);
const SIGN_KEEPING = new Set(
  'sinh tanh asinh atan atanh asin cbrt erf log1p expm1 floor ceil round'.split(' '),
);

const bits = new DataView(new ArrayBuffer(8));

/** More nodes than this are refused: about 50 bytes each, and compilation stays within seconds. */
export const MAX_NODES = 2_000_000;

export class GraphTooLarge extends Error {}

/**
 * The numeric graph: interned nodes over doubles. Building folds only what keeps the meaning of IEEE
 * arithmetic (x·1, x + 0, constants; never 0·x or x − x), because what a person typed may be ∞ or NaN there.
 */
export class Graph implements Algebra<Node> {
  op = new Uint8Array(64);
  a = new Int32Array(64);
  b = new Int32Array(64);
  c = new Int32Array(64);
  value = new Float64Array(64);
  length = 0;
  /** Arguments of NARY nodes. */
  readonly list: Node[] = [];
  /** While rules build derivatives, constant factors are gathered: 100·(2·u) becomes 200·u. */
  deriving = false;
  readonly variables: string[] = [];
  readonly parameters: string[] = [];
  private readonly variableIndex = new Map<string, number>();
  private readonly parameterIndex = new Map<string, number>();
  private buckets = new Int32Array(256).fill(-1);

  literal(text: string): Node {
    return this.number(Number(text));
  }
  integer(value: number): Node {
    return this.number(value);
  }
  constant(name: 'pi' | 'e'): Node {
    return this.number(name === 'pi' ? Math.PI : Math.E);
  }
  variable(name: string): Node {
    let index = this.variableIndex.get(name);
    if (index === undefined) {
      index = this.variables.push(name) - 1;
      this.variableIndex.set(name, index);
    }
    return this.input(index);
  }
  parameter(name: string): Node {
    let index = this.parameterIndex.get(name);
    if (index === undefined) {
      index = this.parameters.push(name) - 1;
      this.parameterIndex.set(name, index);
    }
    return this.intern(Op.PARAM, index, 0, 0);
  }
  input(index: number): Node {
    return this.intern(Op.VAR, index, 0, 0);
  }
  /** A result of a rolled sum, by its number, that needs the nodes at `offset` … `offset + count` of the list. */
  loop(offset: number, count: number, number: number): Node {
    return this.intern(Op.LOOP, offset, count, number);
  }

  /** Numbers the variables anew, in this order, which must name them all. */
  arrange(variables: readonly string[]): void {
    const place = new Map(variables.map((name, index) => [name, index]));
    for (let node = 0; node < this.length; node++) {
      if (this.op[node] === Op.VAR) this.a[node] = place.get(this.variables[this.a[node]!]!)!;
    }
    this.variables.splice(0, this.variables.length, ...variables);
    this.variableIndex.clear();
    for (const [name, index] of place) this.variableIndex.set(name, index);
    this.rehash(this.buckets.length);
  }

  /** Whether this graph's first nodes are just the nodes of another. */
  startsWith(other: Graph): boolean {
    const { length } = other;
    if (length > this.length || other.list.length > this.list.length) return false;
    if (other.parameters.join() !== this.parameters.join()) return false;
    if (other.list.some((node, k) => node !== this.list[k])) return false;
    for (let node = 0; node < length; node++) {
      const op = other.op[node]!;
      if (op !== this.op[node] || other.a[node] !== this.a[node]) return false;
      if (other.b[node] !== this.b[node] || other.c[node] !== this.c[node]) return false;
    }
    return true;
  }

  number(value: number): Node {
    bits.setFloat64(0, value);
    const high = bits.getInt32(0);
    const low = bits.getInt32(4);
    const node = this.intern(Op.CONST, high, low, 0);
    this.value[node] = value;
    return node;
  }
  isConstant(node: Node): boolean {
    return this.op[node] === Op.CONST;
  }
  isNumber(node: Node, value: number): boolean {
    return this.op[node] === Op.CONST && this.value[node] === value;
  }

  add(a: Node, b: Node): Node {
    if (this.isConstant(a) && this.isConstant(b)) return this.number(this.value[a]! + this.value[b]!);
    if (this.isNumber(a, 0)) return b;
    if (this.isNumber(b, 0)) return a;
    if (this.op[b] === Op.NEG) return this.sub(a, this.a[b]!);
    if (this.op[a] === Op.NEG) return this.sub(b, this.a[a]!);
    if (a === b) return this.mul(this.number(2), a);
    return this.intern(Op.ADD, a, b, 0);
  }

  sub(a: Node, b: Node): Node {
    if (this.isConstant(a) && this.isConstant(b)) return this.number(this.value[a]! - this.value[b]!);
    if (this.isNumber(b, 0)) return a;
    if (this.isNumber(a, 0)) return this.neg(b);
    if (this.op[b] === Op.NEG) return this.add(a, this.a[b]!);
    // 1 − σ(u) = σ(−u), which keeps its digits where σ(u) is close to 1.
    if (this.isNumber(a, 1) && this.isCall(b, SIGMOID)) return this.call('sigmoid', [this.neg(this.a[b]!)]);
    return this.intern(Op.SUB, a, b, 0);
  }

  neg(a: Node): Node {
    if (this.isConstant(a)) return this.number(-this.value[a]!);
    if (this.op[a] === Op.NEG) return this.a[a]!;
    if (this.op[a] === Op.SUB) return this.sub(this.b[a]!, this.a[a]!);
    if (this.op[a] === Op.MUL && this.isConstant(this.a[a]!))
      return this.mul(this.number(-this.value[this.a[a]!]!), this.b[a]!);
    return this.intern(Op.NEG, a, 0, 0);
  }

  mul(a: Node, b: Node): Node {
    if (this.isConstant(b)) {
      if (this.isConstant(a)) return this.number(this.value[a]! * this.value[b]!);
      return this.mul(b, a);
    }
    if (this.isNumber(a, 1)) return b;
    if (this.isNumber(a, -1)) return this.neg(b);
    if (this.op[a] === Op.NEG) return this.neg(this.mul(this.a[a]!, b));
    if (this.op[b] === Op.NEG) {
      return this.isConstant(a) ? this.mul(this.neg(a), this.a[b]!) : this.neg(this.mul(a, this.a[b]!));
    }
    if (this.deriving) {
      const inner = this.constantFactor(b);
      if (inner !== undefined) {
        const outer = this.isConstant(a) ? a : this.constantFactor(a);
        if (outer === undefined) return this.mul(inner, this.mul(a, this.b[b]!));
        const product = this.value[outer]! * this.value[inner]!;
        if (Number.isFinite(product) && product !== 0) {
          const rest = outer === a ? this.b[b]! : this.mul(this.b[a]!, this.b[b]!);
          return this.mul(this.number(product), rest);
        }
      } else if (!this.isConstant(a)) {
        const outer = this.constantFactor(a);
        if (outer !== undefined) return this.mul(outer, this.mul(this.b[a]!, b));
      }
    }
    if (a === b) return this.intern(Op.POW, a, this.number(2), 0);
    return this.intern(Op.MUL, a, b, 0);
  }

  private constantFactor(node: Node): Node | undefined {
    return this.op[node] === Op.MUL && this.isConstant(this.a[node]!) ? this.a[node]! : undefined;
  }

  div(a: Node, b: Node): Node {
    if (this.isConstant(a) && this.isConstant(b)) return this.number(this.value[a]! / this.value[b]!);
    if (this.isNumber(b, 1)) return a;
    if (this.isNumber(b, -1)) return this.neg(a);
    if (this.op[a] === Op.NEG) return this.neg(this.div(this.a[a]!, b));
    if (this.op[b] === Op.NEG) return this.neg(this.div(a, this.a[b]!));
    // Division by a power of two is exact as a product.
    if (this.isConstant(b) && isPowerOfTwo(this.value[b]!))
      return this.mul(this.number(1 / this.value[b]!), a);
    // c/(1 + e^u) = c·σ(−u): without ∞/∞ in its derivatives.
    if (this.isConstant(a)) {
      const exponent = this.exponentOfOnePlusExp(b);
      if (exponent !== undefined) return this.mul(a, this.call('sigmoid', [this.neg(exponent)]));
    }
    return this.intern(Op.DIV, a, b, 0);
  }

  /** u where the node is 1 + e^u. */
  private exponentOfOnePlusExp(node: Node): Node | undefined {
    if (this.op[node] !== Op.ADD) return undefined;
    const a = this.a[node]!;
    const b = this.b[node]!;
    if (this.isNumber(a, 1) && this.isCall(b, EXP)) return this.a[b]!;
    if (this.isNumber(b, 1) && this.isCall(a, EXP)) return this.a[a]!;
    return undefined;
  }

  /** Whether the value is 0, positive or NaN whatever the variables are, as far as a short look tells. */
  private nonNegative(node: Node, depth = 0): boolean {
    const a = this.a[node]!;
    const b = this.b[node]!;
    const also = (other: Node) => this.nonNegative(other, depth + 1);
    if (depth > 8) return false;
    switch (this.op[node]) {
      case Op.CONST:
        return this.value[node]! >= 0;
      case Op.ADD:
      case Op.MUL:
      case Op.DIV:
        return also(a) && also(b);
      case Op.POW:
        return (this.isConstant(b) && this.value[b]! % 2 === 0) || also(a);
      case Op.SELECT:
        return also(b) && also(this.c[node]!);
      case Op.CALL: {
        const { name } = functionTable[this.c[node]!]!;
        return NON_NEGATIVE.has(name) || (SIGN_KEEPING.has(name) && also(a));
      }
      case Op.NARY:
        return functionTable[this.c[node]!]!.name === 'hypot';
    }
    return false;
  }

  private isCall(node: Node, fn: number): boolean {
    return this.op[node] === Op.CALL && this.c[node] === fn;
  }

  pow(base: Node, exponent: Node): Node {
    if (this.isConstant(exponent)) {
      const power = this.value[exponent]!;
      if (power === 1) return base;
      if (power === 0) return this.number(1);
      if (this.isConstant(base)) return this.number(this.value[base]! ** power);
      if (power === -1) return this.div(this.number(1), base);
      if (power === 0.5) return this.call('sqrt', [base]);
      if (power % 2 === 0 && (this.op[base] === Op.NEG || this.isCall(base, ABS))) {
        return this.pow(this.a[base]!, exponent);
      }
    }
    return this.intern(Op.POW, base, exponent, 0);
  }

  call(name: string, args: readonly Node[]): Node {
    const fn = numberOf(name);
    const entry = functionTable[fn]!;
    if (args.every((arg) => this.isConstant(arg))) {
      return this.number(entry.value(...args.map((arg) => this.value[arg]!)));
    }
    // What is never negative has no kink there: |u²| is u², also in its second derivative at u = 0.
    if (KINKED_AT_ZERO.has(name) && this.nonNegative(args[0]!)) return args[0]!;
    if (EVEN.has(name) && this.isCall(args[0]!, ABS)) return this.call(name, [this.a[args[0]!]!]);
    if (entry.expand) return entry.expand(this, args);
    if (NARY_FUNCTIONS.has(fn)) return this.nary(name, fn, args);
    const [x, y] = args as [Node, Node | undefined];
    if (y !== undefined) {
      if (name === 'log') return this.div(this.call('log', [x]), this.call('log', [y]));
      return this.intern(Op.CALL2, x, y, fn);
    }
    switch (name) {
      case 'sqrt':
        // √(u²) is |u|, also in its derivative at u = 0.
        if (this.op[x] === Op.POW && this.isNumber(this.b[x]!, 2)) return this.call('abs', [this.a[x]!]);
        break;
      case 'abs':
        if (this.op[x] === Op.NEG) return this.call('abs', [this.a[x]!]);
        break;
      case 'cos':
        if (this.op[x] === Op.NEG) return this.call('cos', [this.a[x]!]);
        break;
      case 'log':
        return this.log(x);
    }
    return this.intern(Op.CALL, x, 0, fn);
  }

  /** log with the forms that overflow rewritten: log(1 + e^u), log(e^u + e^v + …), log σ(u). */
  private log(x: Node): Node {
    if (this.isCall(x, SIGMOID)) return this.neg(this.call('softplus', [this.neg(this.a[x]!)]));
    const exponent = this.exponentOfOnePlusExp(x);
    if (exponent !== undefined) return this.call('softplus', [exponent]);
    const exponents: Node[] = [];
    let rest = x;
    while (this.op[rest] === Op.ADD && this.isCall(this.b[rest]!, EXP)) {
      exponents.push(this.a[this.b[rest]!]!);
      rest = this.a[rest]!;
    }
    if (exponents.length > 0 && (this.isCall(rest, EXP) || this.isNumber(rest, 1))) {
      exponents.push(this.isNumber(rest, 1) ? this.number(0) : this.a[rest]!);
      return this.call('logsumexp', exponents.reverse());
    }
    return this.intern(Op.CALL, x, 0, numberOf('log'));
  }

  private nary(name: string, fn: number, args: readonly Node[]): Node {
    if (args.length === 1) return name === 'hypot' ? this.call('abs', args) : args[0]!;
    let hash = Math.imul(fn + 1, 0x9e3779b1);
    for (const arg of args) hash = Math.imul(hash ^ arg, 0x85ebca6b);
    const same = (node: Node): boolean => {
      if (this.op[node] !== Op.NARY || this.c[node] !== fn || this.b[node] !== args.length) return false;
      const offset = this.a[node]!;
      return args.every((arg, k) => this.list[offset + k] === arg);
    };
    const mask = this.buckets.length - 1;
    hash ^= hash >>> 15;
    let slot = hash & mask;
    for (let node = this.buckets[slot]!; node >= 0; node = this.buckets[slot]!) {
      if (same(node)) return node;
      slot = (slot + 1) & mask;
    }
    const offset = this.list.length;
    for (const arg of args) this.list.push(arg);
    this.hashes.push(hash);
    const node = this.append(Op.NARY, offset, args.length, fn, slot);
    this.value[node] = this.hashes.length - 1;
    return node;
  }
  /** Hashes of NARY nodes, to place them again when the table grows. */
  private readonly hashes: number[] = [];

  compare(relation: Relation, a: Node, b: Node): Node {
    switch (relation) {
      case '<':
        return this.relation(Op.LT, a, b);
      case '<=':
        return this.relation(Op.LE, a, b);
      case '>':
        return this.relation(Op.LT, b, a);
      case '>=':
        return this.relation(Op.LE, b, a);
      case '==':
        return this.relation(Op.EQ, a, b);
      case '!=':
        return this.relation(Op.NE, a, b);
    }
  }
  private relation(op: number, a: Node, b: Node): Node {
    if (this.isConstant(a) && this.isConstant(b)) {
      const x = this.value[a]!;
      const y = this.value[b]!;
      const holds = op === Op.LT ? x < y : op === Op.LE ? x <= y : op === Op.EQ ? x === y : x !== y;
      return this.number(holds ? 1 : 0);
    }
    return this.intern(op, a, b, 0);
  }
  and(a: Node, b: Node): Node {
    if (this.isNumber(a, 1) || this.isNumber(b, 0) || a === b) return b;
    if (this.isNumber(b, 1) || this.isNumber(a, 0)) return a;
    return this.intern(Op.AND, a, b, 0);
  }
  or(a: Node, b: Node): Node {
    if (this.isNumber(a, 0) || this.isNumber(b, 1) || a === b) return b;
    if (this.isNumber(b, 0) || this.isNumber(a, 1)) return a;
    if (this.op[a] === Op.NOT ? this.a[a] === b : this.op[b] === Op.NOT && this.a[b] === a)
      return this.number(1);
    return this.intern(Op.OR, a, b, 0);
  }
  not(a: Node): Node {
    if (this.isConstant(a)) return this.number(this.value[a] === 0 ? 1 : 0);
    return this.op[a] === Op.NOT ? this.a[a]! : this.intern(Op.NOT, a, 0, 0);
  }
  select(condition: Node, then: Node, otherwise: Node): Node {
    if (this.isConstant(condition)) return this.value[condition] === 0 ? otherwise : then;
    return then === otherwise ? then : this.intern(Op.SELECT, condition, then, otherwise);
  }

  /** Number of children of a node, and the k-th of them. */
  arity(node: Node): number {
    return this.op[node] === Op.NARY || this.op[node] === Op.LOOP ? this.b[node]! : CHILDREN[this.op[node]!]!;
  }
  child(node: Node, k: number): Node {
    if (this.op[node] === Op.NARY || this.op[node] === Op.LOOP) return this.list[this.a[node]! + k]!;
    return k === 0 ? this.a[node]! : k === 1 ? this.b[node]! : this.c[node]!;
  }

  /** What the nodes need, themselves included, in an order in which children precede parents. */
  cone(roots: readonly Node[]): Node[] {
    const seen = new Uint8Array(this.length);
    const stack: Node[] = [];
    const found: Node[] = [];
    const visit = (node: Node) => {
      if (seen[node]) return;
      seen[node] = 1;
      stack.push(node);
    };
    for (const root of roots) visit(root);
    while (stack.length > 0) {
      const node = stack.pop()!;
      found.push(node);
      for (let k = 0, count = this.arity(node); k < count; k++) visit(this.child(node, k));
    }
    return Array.from(Int32Array.from(found).sort());
  }

  /** The node with just these fields, found or made, without any rule applied. */
  intern(op: number, a: number, b: number, c: number): Node {
    const commutes = COMMUTES[op] === 1;
    const mask = this.buckets.length - 1;
    let slot = hashOf(op, a, b, c) & mask;
    for (let node = this.buckets[slot]!; node >= 0; node = this.buckets[slot]!) {
      if (this.op[node] === op && this.c[node] === c) {
        const na = this.a[node];
        const nb = this.b[node];
        // One entry for both orders; the order that was typed first stays, so that like terms stay alike.
        if ((na === a && nb === b) || (commutes && na === b && nb === a)) return node;
      }
      slot = (slot + 1) & mask;
    }
    return this.append(op, a, b, c, slot);
  }

  private append(op: number, a: number, b: number, c: number, slot: number): Node {
    const node = this.length;
    if (node >= MAX_NODES) throw new GraphTooLarge('the function has too many operations');
    if (node === this.op.length) this.grow();
    this.op[node] = op;
    this.a[node] = a;
    this.b[node] = b;
    this.c[node] = c;
    this.length = node + 1;
    this.buckets[slot] = node;
    if (this.length * 2 > this.buckets.length) this.rehash(this.buckets.length * 4);
    return node;
  }

  private grow(): void {
    const size = this.op.length * 2;
    const longer = <A extends Uint8Array | Int32Array | Float64Array>(array: A, next: A): A => {
      next.set(array);
      return next;
    };
    this.op = longer(this.op, new Uint8Array(size));
    this.a = longer(this.a, new Int32Array(size));
    this.b = longer(this.b, new Int32Array(size));
    this.c = longer(this.c, new Int32Array(size));
    this.value = longer(this.value, new Float64Array(size));
  }

  private rehash(size: number): void {
    const buckets = new Int32Array(size).fill(-1);
    const mask = size - 1;
    for (let node = 0; node < this.length; node++) {
      const hash =
        this.op[node] === Op.NARY
          ? this.hashes[this.value[node]!]!
          : hashOf(this.op[node]!, this.a[node]!, this.b[node]!, this.c[node]!);
      let slot = hash & mask;
      while (buckets[slot]! >= 0) slot = (slot + 1) & mask;
      buckets[slot] = node;
    }
    this.buckets = buckets;
  }
}

function isPowerOfTwo(value: number): boolean {
  const exponent = Math.log2(Math.abs(value));
  return Number.isInteger(exponent) && Math.abs(exponent) < 1000 && 2 ** exponent === Math.abs(value);
}
