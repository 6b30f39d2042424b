import { Body } from './bytes.ts';
import type { Calls } from './calls.ts';
import { type Inputs, isCondition, kept, Trees } from './emit.ts';
import type { Graph, Node } from './graph.ts';
import { lower } from './lower.ts';
import type { RoutineName } from './memory.ts';
import * as Op from './op.ts';
import * as Code from './opcode.ts';
import * as Type from './valueType.ts';

/** Where an input of a loop's body comes from. */
export type Formal =
  /** The same node for every term: the k-th of the loop's shared nodes. */
  | { readonly kind: 'shared'; readonly k: number }
  /** Another variable each term, by index. */
  | { readonly kind: 'gather'; readonly variables: Int32Array }
  /** Another number each term. */
  | { readonly kind: 'data'; readonly values: Float64Array };

/** A sum of terms of one shape: Σᵢ body(formals at i). The body's VAR k is `formals[k]`. */
export interface Loop {
  readonly count: number;
  readonly body: Graph;
  readonly formals: readonly Formal[];
  /** Nodes of the surrounding graph. */
  readonly shared: readonly Node[];
  /** Nodes of the body to be summed. */
  readonly accumulators: readonly Node[];
  /** Nodes of the body that are added to output slots, another slot each term. */
  readonly scatter: readonly { readonly slots: Int32Array; readonly node: Node }[];
}

/** One function to be compiled: nodes of a graph and where their values go. */
export interface Routine {
  readonly name: RoutineName;
  readonly graph: Graph;
  readonly outputs: readonly { readonly node: Node; readonly slot: number }[];
  /** Returned; absent: 0. */
  readonly result?: Node;
  readonly loops: readonly Loop[];
  /** By the number of a LOOP node: which sum of which loop it is. */
  readonly sums: readonly { readonly loop: number; readonly accumulator: number }[];
  /** So many slots are set to 0 first, and outputs and scattered terms added to them. */
  readonly cleared: number;
}

/** Byte offsets from 0. */
export interface Layout {
  readonly parameters: number;
  readonly variables: number;
  readonly outputs: number;
  /** Room for `bytes` behind everything else, aligned to 8. */
  reserve(bytes: number): number;
  /** A table to be put into memory before the first call. */
  table(values: Float64Array | Int32Array): number;
}

/** So many kept nodes a function: the engine's compile time grows faster than a function's length. */
const CHUNK = 2500;

/** A routine lowered, ready to be emitted once all calls are known. */
export class RoutineCode {
  private readonly graph: Graph;
  private readonly outputs: readonly { node: Node; slot: number }[];
  private readonly result: Node | undefined;
  private readonly loops: readonly LoopCode[];
  private readonly keep: Uint8Array;

  constructor(
    private readonly routine: Routine,
    private readonly calls: Calls,
    private readonly layout: Layout,
  ) {
    const roots = routine.outputs.map(({ node }) => node);
    if (routine.result !== undefined) roots.push(routine.result);
    for (const loop of routine.loops) roots.push(...loop.shared);
    const low = lower(routine.graph, roots);
    this.graph = low.graph;
    calls.need(low.graph);
    let next = 0;
    this.outputs = routine.outputs.map(({ slot }) => ({ node: low.roots[next++]!, slot }));
    this.result = routine.result === undefined ? undefined : low.roots[next++]!;
    this.loops = routine.loops.map(
      (loop) =>
        new LoopCode(
          loop,
          loop.shared.map(() => low.roots[next++]!),
          calls,
        ),
    );
    this.keep = kept(
      low.graph,
      [...this.outputs.map(({ node }) => node), ...this.loops.flatMap(({ shared }) => shared)].concat(
        this.result ?? [],
      ),
    );
    for (const { shared } of this.loops) {
      for (const node of shared) if (this.graph.op[node] !== Op.CONST) this.keep[node] = 1;
    }
  }

  /** Operations of one call: arithmetic, comparisons, selections and function calls. */
  get operations(): number {
    const inLoops = this.loops.reduce((sum, loop) => sum + loop.operations, 0);
    return operationsOf(this.graph) + inLoops;
  }

  /** The function bodies; the last is the routine itself. `first` is the index of the first among all functions. */
  emit(first: number): Body[] {
    const { graph, keep } = this;
    const slots = new Map<Node, number[]>();
    for (const { node, slot } of this.outputs) {
      const known = slots.get(node);
      if (known) known.push(slot);
      else slots.set(node, [slot]);
    }
    const items: Node[] = [];
    for (let node = 0; node < graph.length; node++) if (keep[node] || slots.has(node)) items.push(node);
    const split = items.length > CHUNK;
    if (split) {
      for (const node of items) if (graph.op[node] === Op.VAR || graph.op[node] === Op.PARAM) keep[node] = 0;
    }
    const spilled = split ? this.spill(items) : undefined;
    const bodies: Body[] = [];
    const emitted = new Set<number>();
    let body = new Body([], []);
    let trees = this.trees(body, spilled);
    const clear = this.routine.cleared;
    if (clear > 0) {
      body.integer(this.layout.outputs);
      body.integer(0);
      body.integer(clear * 8);
      // memory.fill of memory 0.
      body.append(Uint8Array.of(0xfc, 0x0b, 0));
    }
    items.forEach((node, position) => {
      if (split && position > 0 && position % CHUNK === 0) {
        bodies.push(body);
        body = new Body([], []);
        trees = this.trees(body, spilled);
      }
      const isLoop = graph.op[node] === Op.LOOP;
      if (isLoop) {
        const { loop } = this.routine.sums[graph.c[node]!]!;
        if (!emitted.has(loop)) {
          emitted.add(loop);
          this.emitLoop(loop, body, trees, spilled);
        }
      } else if (keep[node]) {
        trees.keep(node);
        this.store(body, trees, node, spilled?.[node] ?? -1);
      }
      for (const slot of slots.get(node) ?? []) {
        const address = this.layout.outputs + slot * 8;
        body.integer(0);
        if (slot < clear) {
          body.integer(0);
          body.memory(Code.f64Load, address);
          trees.tree(node);
          body.byte(Code.f64Add);
        } else trees.tree(node);
        body.memory(Code.f64Store, address);
      }
    });
    this.loops.forEach((_, index) => {
      if (!emitted.has(index)) this.emitLoop(index, body, trees, spilled);
    });
    if (bodies.length === 0) {
      this.finish(body, trees);
      return [body];
    }
    bodies.push(body);
    const main = new Body([], []);
    bodies.forEach((_, k) => {
      main.call(first + k);
    });
    this.finish(main, this.trees(main, spilled));
    return [...bodies, main];
  }

  /** Leaves the result on the stack. */
  private finish(body: Body, trees: Trees): void {
    if (this.result === undefined) body.number(0);
    else trees.tree(this.result);
    body.results = [Type.f64];
  }

  private trees(body: Body, spilled: Int32Array | undefined): Trees {
    const { layout } = this;
    const inputs: Inputs = {
      variable(code, index) {
        code.integer(0);
        code.memory(Code.f64Load, layout.variables + 8 * index);
      },
      parameter(code, index) {
        code.integer(0);
        code.memory(Code.f64Load, layout.parameters + 8 * index);
      },
    };
    const trees = new Trees(this.graph, body, this.calls, inputs);
    trees.spilled = spilled;
    return trees;
  }

  private emitLoop(index: number, body: Body, trees: Trees, spilled: Int32Array | undefined): void {
    const sums = this.loops[index]!.emit(body, trees, this.layout, this.calls);
    // Every LOOP node of this loop now has its local.
    for (let node = 0; node < this.graph.length; node++) {
      if (this.graph.op[node] !== Op.LOOP) continue;
      const sum = this.routine.sums[this.graph.c[node]!]!;
      if (sum.loop !== index) continue;
      trees.scalars[node] = sums[sum.accumulator]!;
      this.store(body, trees, node, spilled?.[node] ?? -1);
    }
  }

  private store(body: Body, trees: Trees, node: Node, address: number): void {
    if (address < 0) return;
    body.integer(0);
    body.get(trees.scalars[node]!);
    if (isCondition(this.graph, node)) body.byte(Code.f64FromI32);
    body.memory(Code.f64Store, address);
  }

  /** Byte offsets for the kept nodes that another function of the routine needs; −1 for the others. */
  private spill(items: readonly Node[]): Int32Array {
    const { graph, keep } = this;
    const chunk = new Int32Array(graph.length).fill(-1);
    const offsets = new Int32Array(graph.length).fill(-1);
    const visit = (root: Node, here: number) => {
      const stack = [root];
      while (stack.length > 0) {
        const node = stack.pop()!;
        for (let k = 0, count = graph.arity(node); k < count; k++) {
          const child = graph.child(node, k);
          if (!keep[child]) stack.push(child);
          else if (chunk[child] !== here && offsets[child]! < 0) offsets[child] = this.layout.reserve(8);
        }
      }
    };
    items.forEach((node, position) => {
      const here = Math.floor(position / CHUNK);
      chunk[node] = here;
      visit(node, here);
    });
    // The result, and loops without sums, are computed at the end.
    const atEnd = [
      ...(this.result === undefined ? [] : [this.result]),
      ...this.loops.flatMap((loop) => loop.shared),
    ];
    for (const node of atEnd) {
      if (keep[node] && offsets[node]! < 0) offsets[node] = this.layout.reserve(8);
      else visit(node, -1);
    }
    return offsets;
  }
}

function operationsOf(graph: Graph): number {
  let count = 0;
  for (let node = 0; node < graph.length; node++) if (graph.op[node]! > Op.LOOP) count++;
  return count;
}

class LoopCode {
  private readonly graph: Graph;
  private readonly accumulators: readonly Node[];
  private readonly scatter: readonly { slots: Int32Array; node: Node }[];
  private readonly keep: Uint8Array;

  constructor(
    private readonly loop: Loop,
    readonly shared: readonly Node[],
    calls: Calls,
  ) {
    const low = lower(loop.body, [...loop.accumulators, ...loop.scatter.map(({ node }) => node)]);
    this.graph = low.graph;
    calls.need(low.graph);
    const sums = loop.accumulators.length;
    this.accumulators = low.roots.slice(0, sums);
    this.scatter = loop.scatter.map(({ slots }, k) => ({ slots, node: low.roots[sums + k]! }));
    this.keep = kept(low.graph, low.roots);
  }

  get operations(): number {
    return this.loop.count * (operationsOf(this.graph) + this.accumulators.length + this.scatter.length);
  }

  /** Emits the loop; returns the locals that hold the sums. */
  emit(body: Body, outer: Trees, layout: Layout, calls: Calls): number[] {
    const { graph, loop } = this;
    const i = body.local(Type.i32);
    const bytes = body.local(Type.i32);
    const sums = this.accumulators.map(() => body.local(Type.f64));
    for (const sum of sums) {
      body.number(0);
      body.set(sum);
    }
    body.integer(0);
    body.set(i);
    body.byte(Code.loop);
    body.byte(0x40);
    body.get(i);
    body.integer(8);
    body.byte(Code.i32Mul);
    body.set(bytes);
    const addresses = new Map<Int32Array, number>();
    /** Pushes 8·(the number of this term in the table) − `base`, and returns `base`. */
    const address = (table: Int32Array): number => {
      const first = table[0]!;
      const stride = table[1]! - first;
      if (stride > 0 && table.every((number, k) => number === first + k * stride)) {
        body.get(bytes);
        if (stride !== 1) {
          body.integer(stride);
          body.byte(Code.i32Mul);
        }
        return 8 * first;
      }
      let local = addresses.get(table);
      if (local === undefined) {
        local = body.local(Type.i32);
        addresses.set(table, local);
        body.get(i);
        body.integer(4);
        body.byte(Code.i32Mul);
        body.memory(Code.i32Load, layout.table(table.map((number) => 8 * number)));
        body.byte(Code.localTee);
        body.unsigned(local);
      } else body.get(local);
      return 0;
    };
    const inputs: Inputs = {
      variable: (_, index) => {
        const formal = loop.formals[index]!;
        if (formal.kind === 'shared') outer.tree(this.shared[formal.k]!);
        else if (formal.kind === 'data') {
          body.get(bytes);
          body.memory(Code.f64Load, layout.table(formal.values));
        } else {
          const base = address(formal.variables);
          body.memory(Code.f64Load, layout.variables + base);
        }
      },
      parameter: () => {
        throw new Error('a parameter is shared by all terms of a loop');
      },
    };
    const trees = new Trees(graph, body, calls, inputs);
    for (let node = 0; node < graph.length; node++) if (this.keep[node]) trees.keep(node);
    this.accumulators.forEach((node, k) => {
      body.get(sums[k]!);
      trees.tree(node);
      body.byte(Code.f64Add);
      body.set(sums[k]!);
    });
    for (const { slots, node } of this.scatter) {
      const base = address(slots);
      address(slots);
      body.memory(Code.f64Load, layout.outputs + base);
      trees.tree(node);
      body.byte(Code.f64Add);
      body.memory(Code.f64Store, layout.outputs + base);
    }
    body.get(i);
    body.integer(1);
    body.byte(Code.i32Add);
    body.byte(Code.localTee);
    body.unsigned(i);
    body.integer(loop.count);
    body.byte(Code.i32LtU);
    body.byte(Code.brIf);
    body.unsigned(0);
    body.byte(Code.end);
    return sums;
  }
}
