import { Body, type Import } from './bytes.ts';
import { functionTable, Graph, type Node, numberOf } from './graph.ts';
import * as Op from './op.ts';
import * as Code from './opcode.ts';
import * as Type from './valueType.ts';

const ABS = numberOf('abs');
const EXP = numberOf('exp');
const LOG = numberOf('log');
const SQRT = numberOf('sqrt');
const FLOOR = numberOf('floor');
const CEIL = numberOf('ceil');
const ROUND = numberOf('round');
const MIN = numberOf('min');
const MAX = numberOf('max');
const SIGN = numberOf('sign');

/** Functions that need no call: one instruction each, or for sign a few. */
export const inline: ReadonlySet<number> = new Set([ABS, SQRT, FLOOR, CEIL, ROUND, MIN, MAX, SIGN]);

/**
 * Of Math's functions engines call exp, log, sin, cos, tan, atan … from WebAssembly directly, but others through a
 * wrapper that costs four times as much. Those are written in terms of the direct ones, within a few ulp.
 */
const definitions = new Map<string, (g: Terms, x: Node) => Node>([
  [
    // With u = 1 + x rounded, log(u)·x/(u − 1) makes up for the rounding (Higham 2002, p. 22).
    'log1p',
    (g, x) => {
      const u = g.add(g.number(1), x);
      const corrected = g.mul(g.call(LOG, u), g.div(x, g.sub(u, g.number(1))));
      return g.where(g.equal(u, g.number(1)), x, g.where(g.equal(u, g.number(Infinity)), u, corrected));
    },
  ],
  [
    // The same for e^x − 1 near 0 (Higham 2002, p. 19).
    'expm1',
    (g, x) => {
      const u = g.call(EXP, x);
      const v = g.sub(u, g.number(1));
      const corrected = g.div(g.mul(v, x), g.call(LOG, u));
      return g.where(g.less(g.number(1), g.call(ABS, x)), v, g.where(g.equal(u, g.number(1)), x, corrected));
    },
  ],
  [
    // Rational for |x| < 0.625 (Moshier, Cephes, tanh.c), 1 − 2/(e^2|x| + 1) beyond.
    'tanh',
    (g, x) => {
      const s = g.mul(x, x);
      const p = g.horner(s, [-0.9643991794250523, -99.28772310019185, -1614.6876844170845]);
      const q = g.horner(s, [1, 112.81167849163293, 2235.4883906010045, 4844.063053251255]);
      const near = g.add(x, g.div(g.mul(g.mul(x, s), p), q));
      const size = g.call(ABS, x);
      const grown = g.call(EXP, g.add(size, size));
      const far = g.sub(g.number(1), g.div(g.number(2), g.add(grown, g.number(1))));
      const signed = g.where(g.less(x, g.number(0)), g.neg(far), far);
      return g.where(g.less(size, g.number(0.625)), near, signed);
    },
  ],
  [
    // Taylor's series for |x| < 1, where the exponentials would cancel; e^(x/2) twice, so that nothing overflows early.
    'sinh',
    (g, x) => {
      const s = g.mul(x, x);
      const terms = [15, 13, 11, 9, 7, 5, 3].map((k) => 1 / factorial(k));
      const near = g.add(x, g.mul(g.mul(x, s), g.horner(s, terms)));
      const half = g.call(EXP, g.mul(g.number(0.5), g.call(ABS, x)));
      const far = g.sub(g.mul(g.mul(g.number(0.5), half), half), g.div(g.div(g.number(0.5), half), half));
      const signed = g.where(g.less(x, g.number(0)), g.neg(far), far);
      return g.where(g.less(g.call(ABS, x), g.number(1)), near, signed);
    },
  ],
  [
    'cosh',
    (g, x) => {
      const half = g.call(EXP, g.mul(g.number(0.5), g.call(ABS, x)));
      return g.add(g.mul(g.mul(g.number(0.5), half), half), g.div(g.div(g.number(0.5), half), half));
    },
  ],
]);

function factorial(k: number): number {
  return k < 2 ? 1 : k * factorial(k - 1);
}

/** Plain operations, with no rule applied. */
class Terms {
  constructor(readonly graph: Graph) {}
  number(value: number): Node {
    return this.graph.number(value);
  }
  add(a: Node, b: Node): Node {
    return this.graph.intern(Op.ADD, a, b, 0);
  }
  sub(a: Node, b: Node): Node {
    return this.graph.intern(Op.SUB, a, b, 0);
  }
  mul(a: Node, b: Node): Node {
    return this.graph.intern(Op.MUL, a, b, 0);
  }
  div(a: Node, b: Node): Node {
    return this.graph.intern(Op.DIV, a, b, 0);
  }
  neg(a: Node): Node {
    return this.graph.intern(Op.NEG, a, 0, 0);
  }
  call(fn: number, a: Node): Node {
    return this.graph.intern(Op.CALL, a, 0, fn);
  }
  less(a: Node, b: Node): Node {
    return this.graph.intern(Op.LT, a, b, 0);
  }
  equal(a: Node, b: Node): Node {
    return this.graph.intern(Op.EQ, a, b, 0);
  }
  where(condition: Node, then: Node, otherwise: Node): Node {
    return this.graph.intern(Op.SELECT, condition, then, otherwise);
  }
  /** Polynomial with these coefficients, the highest first. */
  horner(x: Node, coefficients: readonly number[]): Node {
    return coefficients
      .map((value) => this.number(value))
      .reduce((sum, coefficient) => this.add(this.mul(sum, x), coefficient));
  }
}

/** A function that compiled code brings itself, as a graph of VAR 0. */
export function definitionOf(name: string): { readonly graph: Graph; readonly root: Node } | undefined {
  const define = definitions.get(name);
  if (define === undefined) return undefined;
  const graph = new Graph();
  return { graph, root: define(new Terms(graph), graph.input(0)) };
}

/** The functions that a module calls: those from outside come first in its index space, then those of its own. */
export class Calls {
  readonly imports: Import[] = [];
  readonly functions: ((...args: number[]) => number)[] = [];
  private readonly own: { readonly name: string; readonly graph: Graph; readonly root: Node }[] = [];

  /** Everything that the code of a lowered graph may call; to be known before any code is written. */
  need(graph: Graph): void {
    for (let node = 0; node < graph.length; node++) {
      const op = graph.op[node]!;
      if (op === Op.POW) this.import('pow', 2, Math.pow);
      else if ((op === Op.CALL || op === Op.CALL2) && !inline.has(graph.c[node]!)) {
        const { name, value } = functionTable[graph.c[node]!]!;
        // The table's log takes a base, too; the import is the bare function, which engines know.
        if (name === 'log') this.import(name, 1, Math.log);
        else if (!definitions.has(name)) this.import(name, op === Op.CALL2 ? 2 : 1, value);
        else if (!this.own.some((known) => known.name === name)) {
          const definition = definitionOf(name)!;
          this.own.push({ name, ...definition });
          this.need(definition.graph);
        }
      }
    }
  }

  private import(name: string, params: number, value: (...args: number[]) => number): void {
    if (this.imports.some((known) => known.name === name)) return;
    this.imports.push({ name, params });
    this.functions.push(value);
  }

  /** Index of a function, by its name in the table. */
  of(name: string): number {
    const own = this.own.findIndex((known) => known.name === name);
    if (own >= 0) return this.imports.length + own;
    const index = this.imports.findIndex((known) => known.name === name);
    if (index < 0) throw new Error(`${name} is not known to the module`);
    return index;
  }

  /** The module's own functions; `write` puts the value of a graph's node on a body's stack. */
  bodies(write: (body: Body, graph: Graph, root: Node) => void): Body[] {
    return this.own.map(({ graph, root }) => {
      const body = new Body([Type.f64], [Type.f64]);
      write(body, graph, root);
      return body;
    });
  }
}

/** Pushes the argument of a function of one number. */
export const argument = (body: Body): void => {
  body.byte(Code.localGet);
  body.unsigned(0);
};
