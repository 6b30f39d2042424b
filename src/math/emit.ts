import type { Body } from './bytes.ts';
import { argument, type Calls } from './calls.ts';
import { functionTable, type Graph, type Node, numberOf } from './graph.ts';
import * as Op from './op.ts';
import * as Code from './opcode.ts';
import * as Type from './valueType.ts';
import * as Vector from './vectorOpcode.ts';

const MIN = numberOf('min');
const MAX = numberOf('max');
const SIGN = numberOf('sign');
const EXP = numberOf('exp');

/** Functions that are one instruction, scalar and vector. */
const NATIVE = new Map<number, readonly [scalar: number, vector: number]>([
  [numberOf('abs'), [Code.f64Abs, Vector.abs]],
  [numberOf('sqrt'), [Code.f64Sqrt, Vector.sqrt]],
  [numberOf('floor'), [Code.f64Floor, Vector.floor]],
  [numberOf('ceil'), [Code.f64Ceil, Vector.ceil]],
  [numberOf('round'), [Code.f64Nearest, Vector.nearest]],
  [MIN, [Code.f64Min, Vector.min]],
  [MAX, [Code.f64Max, Vector.max]],
]);

const OPERATION: Readonly<Record<number, readonly [scalar: number, vector: number]>> = {
  [Op.NEG]: [Code.f64Neg, Vector.neg],
  [Op.ADD]: [Code.f64Add, Vector.add],
  [Op.SUB]: [Code.f64Sub, Vector.sub],
  [Op.MUL]: [Code.f64Mul, Vector.mul],
  [Op.DIV]: [Code.f64Div, Vector.div],
  [Op.LT]: [Code.f64Lt, Vector.lt],
  [Op.LE]: [Code.f64Le, Vector.le],
  [Op.EQ]: [Code.f64Eq, Vector.eq],
  [Op.NE]: [Code.f64Ne, Vector.ne],
  [Op.AND]: [Code.i32And, Vector.and],
  [Op.OR]: [Code.i32Or, Vector.or],
  [Op.NOT]: [Code.i32Eqz, Vector.not],
};

/** Trees deeper than this are cut by a local, so that the emitter's recursion is bounded. */
const DEEPEST_TREE = 60;

export function isCondition(graph: Graph, node: Node): boolean {
  const op = graph.op[node]!;
  return op === Op.NOT || (op >= Op.LT && op <= Op.OR);
}

/** Which nodes of a lowered graph get a local (used twice, or the tree is too deep), in order. */
export function kept(graph: Graph, outputs: readonly Node[]): Uint8Array {
  const uses = new Uint8Array(graph.length);
  const height = new Uint8Array(graph.length);
  const keep = new Uint8Array(graph.length);
  const use = (node: Node, times = 1) => {
    uses[node] = Math.min(2, uses[node]! + times);
  };
  for (const node of outputs) use(node);
  for (let node = graph.length - 1; node >= 0; node--) {
    const count = graph.arity(node);
    const op = graph.op[node];
    // The code of sign reads its argument three times; a loop reads what it shares inside.
    const times = op === Op.LOOP || (op === Op.CALL && graph.c[node] === SIGN) ? 2 : 1;
    for (let k = 0; k < count; k++) use(graph.child(node, k), times);
  }
  for (let node = 0; node < graph.length; node++) {
    let deepest = 0;
    for (let k = 0, count = graph.arity(node); k < count; k++) {
      const child = graph.child(node, k);
      if (!keep[child]) deepest = Math.max(deepest, height[child]!);
    }
    height[node] = deepest + 1;
    const op = graph.op[node];
    keep[node] =
      op !== Op.CONST && (op === Op.LOOP || uses[node]! >= 2 || height[node]! > DEEPEST_TREE) ? 1 : 0;
  }
  return keep;
}

/** Where a lowered graph's inputs lie in memory, as byte offsets from 0. */
export interface Inputs {
  /** Writes the code that pushes the variable as f64. */
  variable(body: Body, index: number): void;
  parameter(body: Body, index: number): void;
}

/** Writes expressions of one lowered graph into one function body. */
export class Trees {
  /** Local that holds a node, −1 where none does: f64 or i32; v128 in `vectors`. */
  readonly scalars: Int32Array;
  readonly vectors: Int32Array;
  /** Byte offset where an earlier function of the routine left a node, −1 where none did. */
  spilled: Int32Array | undefined;

  constructor(
    private readonly graph: Graph,
    private readonly body: Body,
    private readonly functions: Calls,
    private readonly inputs: Inputs,
    /** Index of the vector exponential; −1 in a module without vector code. */
    private readonly vectorExp = -1,
  ) {
    this.scalars = new Int32Array(graph.length).fill(-1);
    this.vectors = new Int32Array(graph.length).fill(-1);
  }

  /** Computes the node into a new local. */
  keep(node: Node): void {
    this.compute(node);
    const local = this.body.local(isCondition(this.graph, node) ? Type.i32 : Type.f64);
    this.body.set(local);
    this.scalars[node] = local;
  }

  keepVector(node: Node): void {
    this.vectorTree(node);
    const local = this.body.local(Type.v128);
    this.body.set(local);
    this.vectors[node] = local;
  }

  /** Pushes the node's value: f64, or i32 for a condition. */
  tree(node: Node): void {
    const { graph, body } = this;
    if (this.scalars[node]! >= 0) {
      body.get(this.scalars[node]!);
      return;
    }
    const spilled = this.spilled?.[node] ?? -1;
    if (spilled >= 0) {
      body.integer(0);
      body.memory(Code.f64Load, spilled);
      if (isCondition(graph, node)) {
        body.number(0);
        body.byte(Code.f64Ne);
      }
      return;
    }
    this.compute(node);
  }

  /** Pushes the node's value, computed here from its children. */
  private compute(node: Node): void {
    const { graph, body } = this;
    const op = graph.op[node]!;
    const a = graph.a[node]!;
    const b = graph.b[node]!;
    switch (op) {
      case Op.CONST:
        body.number(graph.value[node]!);
        return;
      case Op.VAR:
        this.inputs.variable(body, a);
        return;
      case Op.PARAM:
        this.inputs.parameter(body, a);
        return;
      case Op.SELECT: {
        const c = graph.c[node]!;
        if (this.calls(b) || this.calls(c)) {
          // A branch that calls a function is computed only where it is taken.
          this.tree(a);
          body.byte(Code.when);
          body.byte(Type.f64);
          this.tree(b);
          body.byte(Code.otherwise);
          this.tree(c);
          body.byte(Code.end);
        } else {
          this.tree(b);
          this.tree(c);
          this.tree(a);
          body.byte(Code.select);
        }
        return;
      }
      case Op.POW:
        this.tree(a);
        this.tree(b);
        body.call(this.functions.of('pow'));
        return;
      case Op.CALL:
      case Op.CALL2: {
        const fn = graph.c[node]!;
        const native = NATIVE.get(fn);
        if (fn === SIGN) {
          // copysign(1, x) where |x| > 0, otherwise x itself: 0 or NaN.
          body.number(1);
          this.tree(a);
          body.byte(Code.f64CopySign);
          this.tree(a);
          this.tree(a);
          body.byte(Code.f64Abs);
          body.number(0);
          body.byte(Code.f64Gt);
          body.byte(Code.select);
          return;
        }
        this.tree(a);
        if (op === Op.CALL2) this.tree(b);
        if (native) body.byte(native[0]);
        else body.call(this.imported(fn));
        return;
      }
      default: {
        const operation = OPERATION[op]!;
        this.tree(a);
        if (graph.arity(node) === 2) this.tree(b);
        body.byte(operation[0]);
      }
    }
  }

  /** Whether the code of a node's tree calls a function. */
  private calls(node: Node): boolean {
    const { graph } = this;
    if (this.scalars[node]! >= 0) return false;
    const op = graph.op[node];
    if (op === Op.POW || ((op === Op.CALL || op === Op.CALL2) && !NATIVE.has(graph.c[node]!))) return true;
    for (let k = 0, count = graph.arity(node); k < count; k++)
      if (this.calls(graph.child(node, k))) return true;
    return false;
  }

  /** Pushes a kept condition as a mask of two lanes. */
  conditionMask(node: Node): void {
    const { body } = this;
    body.vector(Vector.constant);
    body.double(1);
    body.double(1);
    body.get(this.scalars[node]!);
    body.byte(Code.f64FromI32);
    body.vector(Vector.splat);
    body.vector(Vector.eq);
  }

  private imported(fn: number): number {
    return this.functions.of(functionTable[fn]!.name);
  }

  /** Pushes two lanes of the node's value, or of a condition's mask. */
  vectorTree(node: Node): void {
    const { graph, body } = this;
    if (this.vectors[node]! >= 0) {
      body.get(this.vectors[node]!);
      return;
    }
    const op = graph.op[node]!;
    const a = graph.a[node]!;
    const b = graph.b[node]!;
    switch (op) {
      case Op.CONST:
        body.vector(Vector.constant);
        body.double(graph.value[node]!);
        body.double(graph.value[node]!);
        return;
      case Op.VAR:
      case Op.PARAM:
        this.tree(node);
        body.vector(Vector.splat);
        return;
      case Op.SELECT:
        this.vectorTree(b);
        this.vectorTree(graph.c[node]!);
        this.vectorTree(a);
        body.vector(Vector.bitselect);
        return;
      case Op.POW:
        this.lanes(this.functions.of('pow'), [a, b]);
        return;
      case Op.CALL:
      case Op.CALL2: {
        const fn = graph.c[node]!;
        const native = NATIVE.get(fn);
        if (native) {
          this.vectorTree(a);
          if (op === Op.CALL2) this.vectorTree(b);
          body.vector(native[1]);
        } else if (fn === EXP) {
          this.vectorTree(a);
          body.call(this.vectorExp);
        } else if (fn === SIGN) this.vectorSign(a);
        else this.lanes(this.imported(fn), op === Op.CALL2 ? [a, b] : [a]);
        return;
      }
      default: {
        const operation = OPERATION[op]!;
        this.vectorTree(a);
        if (graph.arity(node) === 2) this.vectorTree(b);
        body.vector(operation[1]);
      }
    }
  }

  /** (x > 0) − (x < 0), or x itself where that is 0 or NaN: masks choose 1, −1 or x. */
  private vectorSign(x: Node): void {
    const { body } = this;
    const constant = (value: number) => {
      body.vector(Vector.constant);
      body.double(value);
      body.double(value);
    };
    constant(1);
    constant(-1);
    this.vectorTree(x);
    this.vectorTree(x);
    constant(0);
    body.vector(Vector.lt);
    body.vector(Vector.bitselect);
    this.vectorTree(x);
    constant(0);
    body.vector(Vector.gt);
    body.vector(Vector.bitselect);
  }

  /** Calls a scalar function once a lane. */
  private lanes(fn: number, args: readonly Node[]): void {
    const { body } = this;
    const held = args.map((arg) => {
      this.vectorTree(arg);
      const local = body.local(Type.v128);
      body.set(local);
      return local;
    });
    const lane = (k: number) => {
      for (const local of held) {
        body.get(local);
        body.vector(Vector.extractLane);
        body.byte(k);
      }
      body.call(fn);
    };
    lane(0);
    body.vector(Vector.splat);
    lane(1);
    body.vector(Vector.replaceLane);
    body.byte(1);
  }
}

/** The bodies of the functions that a module brings itself. */
export function ownBodies(calls: Calls): Body[] {
  return calls.bodies((body, graph, root) => {
    const inputs: Inputs = { variable: argument, parameter: argument };
    const trees = new Trees(graph, body, calls, inputs);
    const keep = kept(graph, [root]);
    for (let node = 0; node < graph.length; node++) if (keep[node]) trees.keep(node);
    trees.tree(root);
  });
}
