import { gradient, hessian, type LoopRule, ZERO } from './derive.ts';
import { Graph, type Node } from './graph.ts';
import type { RoutineName } from './memory.ts';
import * as Op from './op.ts';
import type { Formal, Loop, Routine } from './routine.ts';

/** Fewer like terms than this stay straight-line code, which is then as short and faster. */
const FEWEST_TERMS = 24;
/** Terms nested deeper than this are left as they are. */
const DEEPEST_TERM = 200;

interface Rolled {
  readonly count: number;
  readonly body: Graph;
  readonly value: Node;
  readonly formals: readonly Formal[];
  readonly shared: readonly Node[];
  /** Where `shared` stands in the graph's list. */
  readonly offset: number;
}

/** A root with its sums of like terms replaced by LOOP nodes. */
interface Plan {
  readonly root: Node;
  readonly rolled: readonly Rolled[];
}

/**
 * Σ over data or an index as a loop: the terms of a long sum are grouped by their skeleton (the same operations
 * over variables and numbers); what differs from term to term becomes a table, what does not is shared.
 */
function roll(graph: Graph, root: Node): Plan {
  const order = graph.cone([root]);
  const size = graph.length;
  const uses = usesIn(graph, order);
  let skeletons: Int32Array | undefined;
  const rolled: Rolled[] = [];
  const replaced = new Map<Node, Node>();
  const inChain = new Uint8Array(size);
  for (let k = order.length - 1; k >= 0; k--) {
    const head = order[k]!;
    if (!isSum(graph, head) || inChain[head]) continue;
    const terms = termsOf(graph, head, (node) => {
      if (node !== head && uses[node]! > 1) return false;
      inChain[node] = 1;
      return true;
    });
    if (terms.length < FEWEST_TERMS) continue;
    skeletons ??= skeletonsOf(graph, order);
    const { loops, rest } = group(graph, terms, skeletons);
    if (loops.length === 0) continue;
    let sum: Node | undefined;
    for (const loop of loops) {
      const node = graph.loop(loop.offset, loop.shared.length, rolled.push(loop) - 1);
      sum = sum === undefined ? node : graph.add(sum, node);
    }
    for (const { node, minus } of rest) sum = minus ? graph.sub(sum!, node) : graph.add(sum!, node);
    replaced.set(head, sum!);
  }
  return { root: rolled.length === 0 ? root : rebuild(graph, order, root, replaced), rolled };
}

export interface Term {
  readonly node: Node;
  readonly minus: boolean;
}

export function isSum(graph: Graph, node: Node): boolean {
  return graph.op[node] === Op.ADD || graph.op[node] === Op.SUB;
}

/** How often each node of `order` is used by others of it; 2 stands for more. */
export function usesIn(graph: Graph, order: readonly Node[]): Uint8Array {
  const uses = new Uint8Array(graph.length);
  for (const node of order) {
    for (let k = 0, count = graph.arity(node); k < count; k++) {
      const child = graph.child(node, k);
      uses[child] = Math.min(2, uses[child]! + 1);
    }
  }
  return uses;
}

/** The terms of the sum `head`, from left to right; `opens` says whether a sum inside it is part of it. */
export function termsOf(graph: Graph, head: Node, opens: (node: Node) => boolean): Term[] {
  const terms: Term[] = [];
  const stack: Term[] = [{ node: head, minus: false }];
  while (stack.length > 0) {
    const { node, minus } = stack.pop()!;
    if (isSum(graph, node) && opens(node)) {
      stack.push({ node: graph.b[node]!, minus: graph.op[node] === Op.SUB ? !minus : minus });
      stack.push({ node: graph.a[node]!, minus });
    } else terms.push({ node, minus });
  }
  return terms;
}

/** Equal numbers for nodes that differ only in their variables and numbers. */
function skeletonsOf(graph: Graph, order: readonly Node[]): Int32Array {
  const skeleton = new Int32Array(graph.length);
  const known = new Map<string, number>();
  for (const node of order) {
    const op = graph.op[node]!;
    let key: string;
    if (op === Op.VAR || op === Op.CONST) key = `${op}`;
    else if (op === Op.PARAM) key = `p${graph.a[node]}`;
    else {
      const calls = op === Op.CALL || op === Op.CALL2 || op === Op.NARY;
      key = `${op}:${calls ? graph.c[node] : ''}`;
      for (let k = 0, count = graph.arity(node); k < count; k++) {
        const child = graph.child(node, k);
        // Exponents decide the code (x² is a product), so they belong to the shape.
        key +=
          op === Op.POW && k === 1 && graph.isConstant(child)
            ? `,^${graph.value[child]}`
            : `,${skeleton[child]}`;
      }
    }
    let number = known.get(key);
    if (number === undefined) {
      number = known.size;
      known.set(key, number);
    }
    skeleton[node] = number;
  }
  return skeleton;
}

function group(
  graph: Graph,
  terms: readonly Term[],
  skeletons: Int32Array,
): { loops: Rolled[]; rest: readonly Term[] } {
  const alike = new Map<string, Term[]>();
  for (const term of terms) {
    const key = `${term.minus}${skeletons[term.node]}`;
    const members = alike.get(key);
    if (members) members.push(term);
    else alike.set(key, [term]);
  }
  const rest: Term[] = [];
  // Groups of the same length run through one loop, where they share what they gather.
  const byLength = new Map<number, Term[][]>();
  for (const members of alike.values()) {
    const distinct = new Set(members.map(({ node }) => node)).size;
    if (members.length < FEWEST_TERMS || distinct < 2) rest.push(...members);
    else byLength.set(members.length, [...(byLength.get(members.length) ?? []), members]);
  }
  const loops: Rolled[] = [];
  for (const [count, groups] of byLength) {
    const loop = unify(graph, groups, count);
    if (loop) loops.push(loop);
    else rest.push(...groups.flat());
  }
  return { loops, rest };
}

/** The common body of groups of like terms; undefined where they differ in more than variables and numbers. */
function unify(graph: Graph, groups: readonly (readonly Term[])[], count: number): Rolled | undefined {
  const body = new Graph();
  const formals: Formal[] = [];
  const shared: Node[] = [];
  // Rows of nodes that were met, by their first two entries.
  const met = new Map<string, { row: Int32Array; node: Node }[]>();
  const formal = (found: Formal): Node => body.input(formals.push(found) - 1);

  const visit = (row: Int32Array, depth: number): Node | undefined => {
    const first = row[0]!;
    const same = row.every((node) => node === first);
    if (same && graph.isConstant(first)) return body.number(graph.value[first]!);
    const key = `${first},${row[1]}`;
    const entries = met.get(key) ?? [];
    const known = entries.find((entry) => entry.row.every((node, k) => node === row[k]));
    if (known) return known.node;
    const node = same ? formal({ kind: 'shared', k: shared.push(first) - 1 }) : build(row, depth);
    if (node !== undefined) met.set(key, [...entries, { row, node }]);
    return node;
  };

  const build = (row: Int32Array, depth: number): Node | undefined => {
    const first = row[0]!;
    const op = graph.op[first]!;
    if (
      depth > DEEPEST_TERM ||
      row.some((node) => graph.op[node] !== op || graph.arity(node) !== graph.arity(first))
    ) {
      return undefined;
    }
    if (op === Op.CONST) {
      return formal({ kind: 'data', values: Float64Array.from(row, (node) => graph.value[node]!) });
    }
    if (op === Op.VAR) return formal({ kind: 'gather', variables: row.map((node) => graph.a[node]!) });
    if (op === Op.PARAM || op === Op.LOOP) return undefined;
    const isCall = op === Op.CALL || op === Op.CALL2 || op === Op.NARY;
    if (isCall && row.some((node) => graph.c[node] !== graph.c[first])) return undefined;
    const children: Node[] = [];
    for (let k = 0; k < graph.arity(first); k++) {
      const child = visit(
        row.map((node) => graph.child(node, k)),
        depth + 1,
      );
      if (child === undefined) return undefined;
      children.push(child);
    }
    return remake(body, graph, first, children);
  };

  let value: Node | undefined;
  for (const members of groups) {
    const term = visit(
      Int32Array.from(members, ({ node }) => node),
      0,
    );
    if (term === undefined) return undefined;
    const minus = members[0]!.minus;
    if (value === undefined) value = minus ? body.neg(term) : term;
    else value = minus ? body.sub(value, term) : body.add(value, term);
  }
  const offset = graph.list.length;
  graph.list.push(...shared);
  return { count, body, value: value!, formals, shared, offset };
}

/** The node of `source` with other children, in `target`. */
function remake(target: Graph, source: Graph, node: Node, children: readonly Node[]): Node {
  const op = source.op[node]!;
  if (op === Op.NARY) {
    const offset = target.list.length;
    target.list.push(...children);
    return target.intern(op, offset, children.length, source.c[node]!);
  }
  const [a, b, c] = children as [Node, Node | undefined, Node | undefined];
  return target.intern(op, a, b ?? 0, op === Op.SELECT ? c! : source.c[node]!);
}

/** The root with some of its nodes replaced. */
export function rebuild(
  graph: Graph,
  order: readonly Node[],
  root: Node,
  replaced: ReadonlyMap<Node, Node>,
): Node {
  const image = new Map<Node, Node>(replaced);
  for (const node of order) {
    if (image.has(node)) continue;
    const children: Node[] = [];
    let changed = false;
    for (let k = 0, count = graph.arity(node); k < count; k++) {
      const child = graph.child(node, k);
      const now = image.get(child) ?? child;
      changed ||= now !== child;
      children.push(now);
    }
    if (changed) image.set(node, remake(graph, graph, node, children));
  }
  return image.get(root)!;
}

type Sum = Routine['sums'][number];

/** The routine that returns the root. */
export function valueRoutine(name: RoutineName, graph: Graph, root: Node): Routine {
  const plan = roll(graph, root);
  const loops = plan.rolled.map((rolled): Loop => ({ ...rolled, accumulators: [rolled.value], scatter: [] }));
  const sums = loops.map((_, loop): Sum => ({ loop, accumulator: 0 }));
  return { name, graph, outputs: [], result: plan.root, loops, sums, cleared: 0 };
}

/**
 * The routine that returns the root and writes its gradient for the inputs below n into the output slots 0 … n−1,
 * in one pass.
 */
export function gradientRoutine(name: RoutineName, graph: Graph, root: Node, n: number): Routine {
  const plan = roll(graph, root);
  const sums: Sum[] = plan.rolled.map((_, loop) => ({ loop, accumulator: 0 }));
  const rules = new Map<Node, LoopRule>();
  const accumulators: Node[][] = [];
  const slopes: Int32Array[] = [];
  const values: Node[] = [];
  plan.rolled.forEach((rolled, loop) => {
    const { body, shared, formals, offset } = rolled;
    const slope = gradient(body, rolled.value, formals.length);
    slopes.push(slope);
    const own = [rolled.value];
    const partials: Node[] = shared.map(() => ZERO);
    formals.forEach((formal, index) => {
      if (formal.kind !== 'shared' || slope[index] === ZERO || !dependsOnVariable(graph, shared[formal.k]!))
        return;
      const number = sums.push({ loop, accumulator: own.push(slope[index]!) - 1 }) - 1;
      partials[formal.k] = graph.loop(offset, shared.length, number);
    });
    accumulators.push(own);
    const value = graph.loop(offset, shared.length, loop);
    values.push(value);
    rules.set(value, { partials });
  });
  const adjoints = new Map<Node, Node>();
  const slopesOfRoot = gradient(graph, plan.root, n, rules, adjoints);

  const loops: Loop[] = [];
  const later: Loop[] = [];
  plan.rolled.forEach((rolled, k) => {
    const { count, body, formals, shared } = rolled;
    const gathered = formals.flatMap((formal, index) =>
      formal.kind === 'gather' && formal.variables[0]! < n && slopes[k]![index] !== ZERO
        ? [{ slots: formal.variables, slope: slopes[k]![index]! }]
        : [],
    );
    const bar = adjoints.get(values[k]!);
    const scatterBy = (seed: Node) =>
      gathered.map(({ slots, slope }) => ({ slots, node: body.mul(seed, slope) }));
    const common = { count, body, formals, shared, accumulators: accumulators[k]! };
    if (bar === undefined || gathered.length === 0) loops.push({ ...common, scatter: [] });
    else if (graph.isConstant(bar)) {
      loops.push({ ...common, scatter: scatterBy(body.number(graph.value[bar]!)) });
    } else {
      // The sum's weight is known only when the sum is: a second pass writes the gradient.
      loops.push({ ...common, scatter: [] });
      const seed: Formal = { kind: 'shared', k: shared.length };
      later.push({
        count,
        body,
        formals: [...formals, seed],
        shared: [...shared, bar],
        accumulators: [],
        scatter: scatterBy(body.input(formals.length)),
      });
    }
  });
  const scattered = loops.concat(later).some(({ scatter }) => scatter.length > 0);
  const outputs: { node: Node; slot: number }[] = [];
  slopesOfRoot.forEach((node, slot) => {
    if (node !== ZERO) outputs.push({ node, slot });
    else if (!scattered) outputs.push({ node: graph.number(0), slot });
  });
  return {
    name,
    graph,
    outputs,
    result: plan.root,
    loops: [...loops, ...later],
    sums,
    cleared: scattered ? n : 0,
  };
}

function dependsOnVariable(graph: Graph, root: Node): boolean {
  return graph.cone([root]).some((node) => graph.op[node] === Op.VAR);
}

/**
 * The routine that returns the root and writes its whole Hessian (n × n), sums as loops. Undefined where that needs
 * more than this: no sum to roll, one that does not enter linearly, or one whose terms share more than variables.
 */
export function hessianRoutine(graph: Graph, root: Node, n: number): Routine | undefined {
  const plan = roll(graph, root);
  if (plan.rolled.length === 0) return undefined;
  const adjoints = new Map<Node, Node>();
  const slopes = gradient(graph, plan.root, n, new Map(), adjoints);
  const entries = new Map<number, Node>();
  const add = (slot: number, node: Node) => {
    const known = entries.get(slot);
    entries.set(slot, known === undefined ? node : graph.add(known, node));
  };
  const addBoth = (row: number, column: number, node: Node) => {
    add(row * n + column, node);
    if (row !== column) add(column * n + row, node);
  };
  const sums: Sum[] = plan.rolled.map((_, loop) => ({ loop, accumulator: 0 }));
  const loops: Loop[] = [];
  for (const [loop, rolled] of plan.rolled.entries()) {
    const { count, body, formals, shared, offset } = rolled;
    const bar = adjoints.get(graph.loop(offset, shared.length, loop));
    if (bar === undefined || !graph.isConstant(bar)) return undefined;
    if (shared.some((node) => graph.op[node] !== Op.VAR && dependsOnVariable(graph, node))) return undefined;
    /** The variable of a formal: the same for all terms, one each, or none. */
    const variable = (k: number): number | Int32Array | undefined => {
      const formal = formals[k]!;
      if (formal.kind === 'gather') return formal.variables;
      if (formal.kind === 'data') return undefined;
      const node = shared[formal.k]!;
      return graph.op[node] === Op.VAR ? graph.a[node]! : undefined;
    };
    const at = (of: number | Int32Array, term: number): number => (typeof of === 'number' ? of : of[term]!);
    const second = hessian(body, gradient(body, rolled.value, formals.length), Number.POSITIVE_INFINITY);
    const accumulators = [rolled.value];
    const scatter: { slots: Int32Array; node: Node }[] = [];
    const seed = body.number(graph.value[bar]!);
    for (const { row: p, column: q, node } of second ?? []) {
      const one = variable(p);
      const other = variable(q);
      if (one === undefined || other === undefined) continue;
      if (typeof one === 'number' && typeof other === 'number') {
        const number = sums.push({ loop, accumulator: accumulators.push(body.mul(seed, node)) - 1 }) - 1;
        addBoth(one, other, graph.loop(offset, shared.length, number));
        continue;
      }
      const scattered = body.mul(seed, node);
      const slots = (from: number | Int32Array, to: number | Int32Array) =>
        Int32Array.from({ length: count }, (_, term) => at(from, term) * n + at(to, term));
      scatter.push({ slots: slots(one, other), node: scattered });
      if (p !== q) scatter.push({ slots: slots(other, one), node: scattered });
    }
    loops.push({ count, body, formals, shared, accumulators, scatter });
  }
  const rest = hessian(graph, slopes, graph.length + 20_000);
  if (rest === undefined) return undefined;
  for (const { row, column, node } of rest) addBoth(row, column, node);
  return {
    name: 'hessian',
    graph,
    outputs: [...entries].map(([slot, node]) => ({ node, slot })),
    result: plan.root,
    loops,
    sums,
    cleared: n * n,
  };
}

/** The root with nothing rolled and several outputs. */
export function straightRoutine(
  name: RoutineName,
  graph: Graph,
  outputs: readonly { readonly node: Node; readonly slot: number }[],
  result?: Node,
): Routine {
  return {
    name,
    graph,
    outputs,
    ...(result === undefined ? {} : { result }),
    loops: [],
    sums: [],
    cleared: 0,
  };
}
