import { Graph, type Node, numberOf } from './graph.ts';
import * as Op from './op.ts';

const MIN = numberOf('min');
const MAX = numberOf('max');
const ABS = numberOf('abs');
const EXP = numberOf('exp');
const LOG = numberOf('log');
const LOG1P = numberOf('log1p');
const SQRT = numberOf('sqrt');
const RELU = numberOf('relu');
const SIGMOID = numberOf('sigmoid');
const SOFTPLUS = numberOf('softplus');
const HYPOT = numberOf('hypot');

/** Whole powers up to this are products (at most ten of them, a few ulp); beyond it `Math.pow` is as fast. */
export const LARGEST_PRODUCT = 32;

/**
 * The part of a graph that the roots need, in the operations that a machine has: whole powers become products,
 * functions that overflow in their plain form (σ, softplus, log-sum-exp, hypot) their safe one, sharing its parts.
 * The result is a graph of its own, whose nodes are all used and in order.
 */
export function lower(
  graph: Graph,
  roots: readonly Node[],
  /** Quotients of quotients become one, (a/b)/(c/d) = (a·d)/(b·c): a division is the slowest operation of a lattice. */
  joined = false,
): { graph: Graph; roots: Node[] } {
  const low = new Graph();
  const order = graph.cone(roots);
  const image = new Int32Array(graph.length);
  const make = (op: number, a: number, b = 0, c = 0): Node => low.intern(op, a, b, c);
  const call = (fn: number, a: Node): Node => make(Op.CALL, a, 0, fn);
  const one = (): Node => low.number(1);
  const extreme = (fn: number, args: readonly Node[]): Node =>
    args.reduce((so, arg) => make(Op.CALL2, so, arg, fn));
  /** e^−|u|, which softplus(u), σ(u) and σ(−u) share. */
  const decay = (u: Node): Node => call(EXP, make(Op.NEG, call(ABS, low.op[u] === Op.NEG ? low.a[u]! : u)));

  const power = (base: Node, exponent: number): Node | undefined => {
    const size = Math.abs(exponent);
    if (size > LARGEST_PRODUCT || !Number.isInteger(2 * size)) return undefined;
    let product: Node | undefined;
    let square = base;
    for (let rest = Math.floor(size); rest > 0; rest >>= 1) {
      if (rest & 1) product = product === undefined ? square : make(Op.MUL, product, square);
      if (rest > 1) square = make(Op.MUL, square, square);
    }
    if (!Number.isInteger(size)) {
      const root = call(SQRT, base);
      product = product === undefined ? root : make(Op.MUL, product, root);
    }
    return exponent < 0 ? make(Op.DIV, one(), product!) : product;
  };

  const logsumexp = (args: readonly Node[]): Node => {
    const top = extreme(MAX, args);
    const sum = args
      .map((arg) => call(EXP, make(Op.SUB, arg, top)))
      .reduce((so, term) => make(Op.ADD, so, term));
    const infinite = make(Op.EQ, call(ABS, top), low.number(Number.POSITIVE_INFINITY));
    return make(Op.SELECT, infinite, top, make(Op.ADD, top, call(LOG, sum)));
  };

  const hypot = (args: readonly Node[]): Node => {
    const top = extreme(
      MAX,
      args.map((arg) => call(ABS, arg)),
    );
    const sum = args
      .map((arg) => make(Op.DIV, arg, top))
      .map((ratio) => make(Op.MUL, ratio, ratio))
      .reduce((so, term) => make(Op.ADD, so, term));
    // At 0 and ∞ the ratios have no value; the largest entry then is the length.
    const extremeTop = make(
      Op.OR,
      make(Op.EQ, top, low.number(0)),
      make(Op.EQ, top, low.number(Number.POSITIVE_INFINITY)),
    );
    return make(Op.SELECT, extremeTop, top, make(Op.MUL, top, call(SQRT, sum)));
  };

  for (const node of order) {
    const op = graph.op[node]!;
    const a = image[graph.a[node]!]!;
    const b = image[graph.b[node]!]!;
    switch (op) {
      case Op.CONST:
        image[node] = low.number(graph.value[node]!);
        break;
      case Op.VAR:
      case Op.PARAM:
        image[node] = make(op, graph.a[node]!);
        break;
      case Op.LOOP: {
        const offset = low.list.length;
        for (let k = 0; k < graph.arity(node); k++) low.list.push(image[graph.child(node, k)]!);
        image[node] = make(Op.LOOP, offset, graph.arity(node), graph.c[node]!);
        break;
      }
      case Op.DIV: {
        let above = a;
        let below = b;
        if (joined && low.op[a] === Op.DIV) {
          above = low.a[a]!;
          below = make(Op.MUL, low.b[a]!, below);
        }
        if (joined && low.op[b] === Op.DIV) {
          above = make(Op.MUL, above, low.b[b]!);
          below = low.op[a] === Op.DIV ? make(Op.MUL, low.b[a]!, low.a[b]!) : low.a[b]!;
        }
        image[node] = make(Op.DIV, above, below);
        break;
      }
      case Op.POW: {
        const exponent = graph.b[node]!;
        const product = graph.isConstant(exponent) ? power(a, graph.value[exponent]!) : undefined;
        image[node] = product ?? make(Op.POW, a, b);
        break;
      }
      case Op.CALL: {
        const fn = graph.c[node]!;
        if (fn === SIGMOID) {
          const small = decay(a);
          const top = make(Op.SELECT, make(Op.LE, low.number(0), a), one(), small);
          image[node] = make(Op.DIV, top, make(Op.ADD, one(), small));
        } else if (fn === SOFTPLUS) {
          image[node] = make(Op.ADD, extreme(MAX, [a, low.number(0)]), call(LOG1P, decay(a)));
        } else if (fn === RELU) image[node] = extreme(MAX, [a, low.number(0)]);
        else image[node] = call(fn, a);
        break;
      }
      case Op.NARY: {
        const fn = graph.c[node]!;
        const args = Array.from({ length: graph.arity(node) }, (_, k) => image[graph.child(node, k)]!);
        image[node] =
          fn === HYPOT ? hypot(args) : fn === MIN || fn === MAX ? extreme(fn, args) : logsumexp(args);
        break;
      }
      case Op.SELECT:
        image[node] = make(op, a, b, image[graph.c[node]!]!);
        break;
      default:
        image[node] = make(op, a, b, graph.c[node]!);
    }
  }
  return { graph: low, roots: roots.map((root) => image[root]!) };
}
