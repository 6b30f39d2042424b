import { functionTable, type Graph, type Node, numberOf } from './graph.ts';
import { LARGEST_PRODUCT } from './lower.ts';
import * as Op from './op.ts';

/** No derivative: the expression does not depend on that variable. Exact zeros are found, not computed. */
export const ZERO = -1;

const SQRT = numberOf('sqrt');
const CBRT = numberOf('cbrt');
const RELU = numberOf('relu');
const MIN = numberOf('min');
const MAX = numberOf('max');
const HYPOT = numberOf('hypot');
/** Functions whose slope becomes infinite like that of a square root where their argument ends its domain. */
const ROOT_LIKE = new Set(['sqrt', 'asin', 'acos', 'acosh'].map(numberOf));

/** What a rolled sum contributes: see loops.ts. `partials[k]` is the node for ∂sum/∂(its k-th shared node). */
export interface LoopRule {
  readonly partials: readonly Node[];
}

/**
 * ∂root/∂variable for the variables 0 … n−1 by one reverse sweep (Griewank & Walther, Evaluating Derivatives,
 * 2nd ed. 2008, ch. 3.2); ZERO where the root does not depend on it.
 *
 * Three cares keep 0·∞ from becoming NaN where the derivative exists: a branch that is not taken contributes
 * nothing (its `active` condition selects), below a root-like function a vanishing inner slope wins over the
 * infinite outer one (√u with u = O(x²)), and a factor that vanishes independently of the root's argument
 * wins over its infinite slope (x·√y in y at (0, 0)).
 *
 * `adjoints`, if given, receives ∂root/∂node for LOOP nodes.
 */
export function gradient(
  graph: Graph,
  root: Node,
  n: number,
  loops: ReadonlyMap<Node, LoopRule> = new Map(),
  adjoints: Map<Node, Node> = new Map(),
): Int32Array {
  const result = new Int32Array(n).fill(ZERO);
  const order = graph.cone([root]);
  const size = graph.length;
  const varies = varying(graph, order, n);
  if (!varies[root]) return result;
  const adjoint = new Int32Array(size).fill(ZERO);
  // Conditions under which a node matters for the root; most graphs have none, then the array stays empty.
  const branches = order.some((node) => isBranch(graph, node));
  const active = branches ? new Int32Array(size).fill(ZERO) : undefined;
  const belowRoot = order.some((node) => isRootLike(graph, node)) ? new Uint8Array(size) : undefined;
  const outer = graph.deriving;
  graph.deriving = true;
  const always = graph.number(1);
  const zero = graph.number(0);
  adjoint[root] = always;
  if (active) active[root] = always;

  let node: Node = root;
  let bar: Node = always;
  const contribute = (child: Node, contribution: Node, edge: Node = always) => {
    if (!varies[child]) return;
    adjoint[child] = adjoint[child] === ZERO ? contribution : graph.add(adjoint[child]!, contribution);
    if (active) {
      const condition = graph.and(active[node]!, edge);
      active[child] = active[child] === ZERO ? condition : graph.or(active[child]!, condition);
    }
    if (belowRoot && (belowRoot[node] || isRootLike(graph, node))) belowRoot[child] = 1;
  };
  /** bar·partial, kept from being 0·∞; `partial` may be any node that vanishes where the partial does. */
  const guarded = (product: Node, partial?: Node): Node => {
    if (graph.isConstant(product)) return product;
    let contribution = product;
    if (belowRoot?.[node] && partial !== undefined) {
      const vanishes = graph.and(graph.compare('==', partial, zero), notFinite(graph, bar));
      contribution = graph.select(vanishes, zero, contribution);
    }
    if (active) contribution = graph.select(active[node]!, contribution, zero);
    return contribution;
  };
  const chain = (child: Node, partial: Node) => {
    if (varies[child] && !graph.isNumber(partial, 0)) {
      const product = graph.mul(bar, partial);
      contribute(child, graph.isConstant(partial) ? product : guarded(product, partial));
    }
  };

  for (let k = order.length - 1; k >= 0; k--) {
    node = order[k]!;
    bar = adjoint[node]!;
    if (bar === ZERO) continue;
    const a = graph.a[node]!;
    const b = graph.b[node]!;
    switch (graph.op[node]) {
      case Op.VAR:
        if (a < n) result[a] = bar;
        break;
      case Op.NEG:
        contribute(a, graph.neg(bar));
        break;
      case Op.ADD:
        contribute(a, bar);
        contribute(b, bar);
        break;
      case Op.SUB:
        contribute(a, bar);
        contribute(b, graph.neg(bar));
        break;
      case Op.MUL:
        chain(a, b);
        chain(b, a);
        break;
      case Op.DIV: {
        const quotient = graph.div(bar, b);
        contribute(a, graph.isConstant(b) ? quotient : guarded(quotient));
        if (varies[b]) contribute(b, guarded(graph.neg(graph.mul(quotient, node)), node));
        break;
      }
      case Op.POW:
        if (graph.isConstant(b)) {
          const power = graph.value[b]!;
          if (varies[a]) {
            const product =
              power > 0 && power < 1
                ? rootChain(graph, bar, node, a, power)
                : graph.mul(bar, powerSlope(graph, node, a, power));
            contribute(a, guarded(product, power > 1 ? a : undefined));
          }
        } else {
          if (varies[a]) chain(a, baseSlope(graph, node, a, b));
          if (varies[b]) chain(b, exponentSlope(graph, node, a));
        }
        break;
      case Op.SELECT: {
        const c = graph.c[node]!;
        contribute(b, graph.select(a, bar, zero), a);
        contribute(c, graph.select(a, zero, bar), graph.not(a));
        break;
      }
      case Op.LOOP: {
        adjoints.set(node, bar);
        const rule = loops.get(node);
        rule?.partials.forEach((partial, j) => {
          if (partial !== ZERO) chain(graph.child(node, j), partial);
        });
        break;
      }
      case Op.CALL: {
        const fn = graph.c[node]!;
        if (fn === RELU) {
          const positive = graph.compare('<', zero, a);
          contribute(a, graph.select(positive, bar, zero), positive);
        } else if (fn === SQRT) {
          contribute(a, guarded(rootChain(graph, bar, node, a, 0.5)));
        } else if (fn === CBRT) {
          contribute(a, guarded(rootChain(graph, bar, node, a, 1 / 3)));
        } else {
          const [partial] = functionTable[fn]!.partials(graph, [a], node) as [Node];
          chain(a, partial);
        }
        break;
      }
      case Op.CALL2: {
        const partials = functionTable[graph.c[node]!]!.partials(graph, [a, b], node);
        chain(a, partials[0]!);
        chain(b, partials[1]!);
        break;
      }
      case Op.NARY: {
        const fn = graph.c[node]!;
        const args = argumentsOf(graph, node);
        const partials = naryPartials(graph, node, args);
        args.forEach((arg, j) => {
          const partial = partials[j]!;
          if (fn !== MIN && fn !== MAX) chain(arg, partial);
          else if (varies[arg]) {
            const extreme = graph.compare('==', arg, node);
            const share = graph.op[partial] === Op.SELECT ? graph.b[partial]! : partial;
            contribute(arg, graph.select(extreme, graph.mul(bar, share), zero), extreme);
          }
        });
        break;
      }
    }
  }
  graph.deriving = outer;
  return result;
}

/** p·x^(p−1) for a constant p. */
function powerSlope(graph: Graph, self: Node, x: Node, p: number): Node {
  if (Math.abs(p) <= LARGEST_PRODUCT && Number.isInteger(2 * p)) {
    return graph.mul(graph.number(p), graph.pow(x, graph.number(p - 1)));
  }
  return baseSlope(graph, self, x, graph.number(p));
}

/** ∂(x^y)/∂x = y·x^y/x, which needs no second power; y·x^(y−1) where x is 0. */
function baseSlope(graph: Graph, self: Node, x: Node, y: Node): Node {
  const atZero = graph.mul(y, graph.pow(x, graph.sub(y, graph.number(1))));
  const elsewhere = graph.div(graph.mul(y, self), x);
  return graph.select(graph.compare('==', x, graph.number(0)), atZero, elsewhere);
}

/** ∂(x^y)/∂y = x^y·ln x; 0 where x^y is 0. */
function exponentSlope(graph: Graph, power: Node, base: Node): Node {
  const slope = graph.mul(power, graph.call('log', [base]));
  if (graph.isConstant(base) && graph.value[base]! > 0) return slope;
  const zero = graph.number(0);
  return graph.select(graph.compare('==', power, zero), zero, slope);
}

/**
 * bar·∂(x^p)/∂x for 0 < p < 1 (√, ∛ and fractional powers), where the slope is infinite at x = 0.
 * Factors x or x^p of bar cancel into it, so that x·√x has slope 0 at 0 and (√x)² slope 1; a factor that
 * does not depend on what x depends on wins when it vanishes.
 */
function rootChain(graph: Graph, bar: Node, self: Node, x: Node, p: number): Node {
  const withoutArgument = withoutFactor(graph, bar, x);
  if (withoutArgument !== undefined) return graph.mul(withoutArgument, graph.mul(graph.number(p), self));
  const withoutRoot = withoutFactor(graph, bar, self);
  const isSqrt = p === 0.5;
  if (withoutRoot !== undefined) {
    if (isSqrt) return graph.mul(graph.number(0.5), withoutRoot);
    const isCbrt = graph.op[self] === Op.CALL;
    const again = isCbrt ? withoutFactor(graph, withoutRoot, self) : undefined;
    if (again !== undefined) return graph.mul(graph.number(p), again);
    if (isCbrt) return graph.div(graph.mul(graph.number(p), withoutRoot), self);
    return graph.mul(withoutRoot, graph.mul(graph.number(p), graph.pow(x, graph.number(2 * p - 1))));
  }
  const product = isSqrt
    ? graph.div(graph.mul(graph.number(0.5), bar), self)
    : graph.op[self] === Op.CALL
      ? graph.div(bar, graph.mul(graph.number(3), graph.pow(self, graph.number(2))))
      : graph.mul(bar, powerSlope(graph, self, x, p));
  if (graph.isConstant(bar) || !independent(graph, bar, x)) return product;
  const zero = graph.number(0);
  const vanishes = graph.and(graph.compare('==', bar, zero), graph.compare('==', x, zero));
  return graph.select(vanishes, zero, product);
}

/** Where a guard must hold, and nowhere else: a select that also held elsewhere would take the second derivative. */
function notFinite(graph: Graph, node: Node): Node {
  return graph.not(graph.compare('<=', graph.call('abs', [node]), graph.number(Number.MAX_VALUE)));
}

/** node/factor, if the factor stands in the node's product; undefined otherwise. */
function withoutFactor(graph: Graph, node: Node, factor: Node): Node | undefined {
  if (node === factor) return graph.number(1);
  const a = graph.a[node]!;
  const b = graph.b[node]!;
  switch (graph.op[node]) {
    case Op.NEG: {
      const inner = withoutFactor(graph, a, factor);
      return inner === undefined ? undefined : graph.neg(inner);
    }
    case Op.MUL: {
      const left = withoutFactor(graph, a, factor);
      if (left !== undefined) return graph.mul(left, b);
      const right = withoutFactor(graph, b, factor);
      return right === undefined ? undefined : graph.mul(a, right);
    }
    case Op.DIV: {
      const inner = withoutFactor(graph, a, factor);
      return inner === undefined ? undefined : graph.div(inner, b);
    }
    case Op.POW:
      return a === factor && graph.isConstant(b) && graph.value[b]! >= 1
        ? graph.pow(a, graph.number(graph.value[b]! - 1))
        : undefined;
  }
  return undefined;
}

/** Enough for the factors that people write; larger cones count as dependent, which never hides a NaN. */
const INDEPENDENCE_LIMIT = 64;

/** Whether two expressions share no variable, as far as a bounded look tells. */
function independent(graph: Graph, one: Node, other: Node): boolean {
  const variables = variablesOf(graph, one);
  const others = variablesOf(graph, other);
  if (variables === undefined || others === undefined) return false;
  for (const variable of variables) if (others.has(variable)) return false;
  return true;
}

function variablesOf(graph: Graph, root: Node): Set<Node> | undefined {
  const seen = new Set([root]);
  const found = new Set<Node>();
  for (const node of seen) {
    if (seen.size > INDEPENDENCE_LIMIT || graph.op[node] === Op.LOOP) return undefined;
    if (graph.op[node] === Op.VAR) found.add(node);
    for (let k = 0, count = graph.arity(node); k < count; k++) seen.add(graph.child(node, k));
  }
  return found;
}

function isBranch(graph: Graph, node: Node): boolean {
  const op = graph.op[node];
  const fn = graph.c[node];
  return (
    op === Op.SELECT || (op === Op.CALL && fn === RELU) || (op === Op.NARY && (fn === MIN || fn === MAX))
  );
}

function isRootLike(graph: Graph, node: Node): boolean {
  if (graph.op[node] === Op.CALL) return ROOT_LIKE.has(graph.c[node]!);
  if (graph.op[node] !== Op.POW || !graph.isConstant(graph.b[node]!)) return false;
  const power = graph.value[graph.b[node]!]!;
  return power >= 0.5 && power < 1;
}

function argumentsOf(graph: Graph, node: Node): Node[] {
  return Array.from({ length: graph.arity(node) }, (_, k) => graph.child(node, k));
}

function naryPartials(graph: Graph, node: Node, args: readonly Node[]): readonly Node[] {
  const fn = graph.c[node]!;
  const partials = functionTable[fn]!.partials(graph, args, node);
  if (fn !== HYPOT) return partials;
  // The kink of a length at 0 takes the slope 0, as |x| does.
  const zero = graph.number(0);
  const kink = graph.compare('==', node, zero);
  return partials.map((partial) => graph.select(kink, zero, partial));
}

/** 1 for the nodes that depend on a variable below n. */
function varying(graph: Graph, order: readonly Node[], n: number): Uint8Array {
  const varies = new Uint8Array(graph.length);
  for (const node of order) {
    if (graph.op[node] === Op.VAR) varies[node] = graph.a[node]! < n ? 1 : 0;
    else if (graph.op[node] === Op.LOOP) varies[node] = 1;
    else {
      for (let k = 0, count = graph.arity(node); k < count; k++) {
        if (varies[graph.child(node, k)]) {
          varies[node] = 1;
          break;
        }
      }
    }
  }
  return varies;
}

/** The derivative of each node of `order` along `seeds` (variable → its rate of change), by a forward sweep. */
export function tangents(graph: Graph, order: readonly Node[], tangent: Int32Array): void {
  const outer = graph.deriving;
  graph.deriving = true;
  const zero = graph.number(0);
  const of = (node: Node): Node => tangent[node] ?? ZERO;
  const times = (partial: Node, rate: Node): Node =>
    rate === ZERO || graph.isNumber(partial, 0) ? ZERO : graph.mul(partial, rate);
  const sum = (one: Node, other: Node): Node =>
    one === ZERO ? other : other === ZERO ? one : graph.add(one, other);
  for (const node of order) {
    const op = graph.op[node]!;
    if (op === Op.VAR || op === Op.CONST || op === Op.PARAM) continue;
    const a = graph.a[node]!;
    const b = graph.b[node]!;
    switch (op) {
      case Op.NEG:
        if (of(a) !== ZERO) tangent[node] = graph.neg(of(a));
        break;
      case Op.ADD:
        tangent[node] = sum(of(a), of(b));
        break;
      case Op.SUB:
        tangent[node] = of(b) === ZERO ? of(a) : of(a) === ZERO ? graph.neg(of(b)) : graph.sub(of(a), of(b));
        break;
      case Op.MUL:
        tangent[node] = sum(times(b, of(a)), times(a, of(b)));
        break;
      case Op.DIV: {
        const fall = times(node, of(b));
        const rate = fall === ZERO ? of(a) : of(a) === ZERO ? graph.neg(fall) : graph.sub(of(a), fall);
        if (rate !== ZERO) tangent[node] = graph.div(rate, b);
        break;
      }
      case Op.POW:
        if (graph.isConstant(b)) {
          if (of(a) !== ZERO) tangent[node] = graph.mul(of(a), powerSlope(graph, node, a, graph.value[b]!));
        } else {
          const byBase = of(a) === ZERO ? ZERO : times(baseSlope(graph, node, a, b), of(a));
          const byExponent = of(b) === ZERO ? ZERO : times(exponentSlope(graph, node, a), of(b));
          tangent[node] = sum(byBase, byExponent);
        }
        break;
      case Op.SELECT: {
        const then = of(b);
        const otherwise = of(graph.c[node]!);
        if (then !== ZERO || otherwise !== ZERO) {
          tangent[node] = graph.select(a, then === ZERO ? zero : then, otherwise === ZERO ? zero : otherwise);
        }
        break;
      }
      case Op.CALL:
        if (of(a) !== ZERO) {
          const [partial] = functionTable[graph.c[node]!]!.partials(graph, [a], node) as [Node];
          tangent[node] =
            graph.c[node] === RELU
              ? graph.select(graph.compare('<', zero, a), of(a), zero)
              : times(partial, of(a));
        }
        break;
      case Op.CALL2: {
        if (of(a) === ZERO && of(b) === ZERO) break;
        const partials = functionTable[graph.c[node]!]!.partials(graph, [a, b], node);
        tangent[node] = sum(times(partials[0]!, of(a)), times(partials[1]!, of(b)));
        break;
      }
      case Op.NARY: {
        const args = argumentsOf(graph, node);
        if (args.every((arg) => of(arg) === ZERO)) break;
        const fn = graph.c[node]!;
        const partials = naryPartials(graph, node, args);
        let total: Node = ZERO;
        args.forEach((arg, k) => {
          const partial = partials[k]!;
          if (fn !== MIN && fn !== MAX) total = sum(total, times(partial, of(arg)));
          else if (of(arg) !== ZERO) {
            const share = graph.op[partial] === Op.SELECT ? graph.b[partial]! : partial;
            const extreme = graph.compare('==', arg, node);
            total = sum(total, graph.select(extreme, graph.mul(share, of(arg)), zero));
          }
        });
        tangent[node] = total;
        break;
      }
    }
  }
  graph.deriving = outer;
}

export interface Entry {
  readonly row: number;
  readonly column: number;
  readonly node: Node;
}

/** The non-zero entries of ∂outputs/∂variables, by rows. */
export function jacobian(graph: Graph, outputs: readonly Node[], n: number): Entry[] {
  const entries: Entry[] = [];
  outputs.forEach((output, row) => {
    gradient(graph, output, n).forEach((node, column) => {
      if (node !== ZERO) entries.push({ row, column, node });
    });
  });
  return entries;
}

/**
 * The non-zero entries on and below the diagonal of the Hessian: forward sweeps over the gradient's graph, one a
 * variable, each restricted to what depends on that variable. `limit` bounds the graph's size; undefined beyond.
 */
export function hessian(graph: Graph, slopes: Int32Array, limit: number): Entry[] | undefined {
  const entries: Entry[] = [];
  const order = graph.cone(Array.from(slopes).filter((node) => node !== ZERO));
  const size = graph.length;
  const parents = parentLists(graph, order, size);
  const tangent = new Int32Array(size).fill(ZERO);
  const seen = new Int32Array(size).fill(-1);
  for (let column = 0; column < slopes.length; column++) {
    const variable = graph.input(column);
    if (variable >= size) continue;
    const dependents = [variable];
    seen[variable] = column;
    for (const node of dependents) {
      for (let k = parents.start[node]!; k < parents.start[node + 1]!; k++) {
        const parent = parents.list[k]!;
        if (seen[parent] !== column) {
          seen[parent] = column;
          dependents.push(parent);
        }
      }
    }
    const sorted = Int32Array.from(dependents).sort();
    tangent[variable] = graph.number(1);
    tangents(graph, sorted as unknown as readonly Node[], tangent);
    for (let row = column; row < slopes.length; row++) {
      const slope = slopes[row]!;
      const node = slope === ZERO ? ZERO : tangent[slope]!;
      if (node !== ZERO) entries.push({ row, column, node });
    }
    for (const node of sorted) tangent[node] = ZERO;
    if (graph.length > limit) return undefined;
  }
  return entries;
}

function parentLists(
  graph: Graph,
  order: readonly Node[],
  size: number,
): { start: Int32Array; list: Int32Array } {
  const start = new Int32Array(size + 2);
  for (const node of order) {
    for (let k = 0, count = graph.arity(node); k < count; k++) start[graph.child(node, k) + 2]!++;
  }
  for (let k = 2; k < start.length; k++) start[k]! += start[k - 1]!;
  const list = new Int32Array(start[size + 1]!);
  for (const node of order) {
    for (let k = 0, count = graph.arity(node); k < count; k++)
      list[start[graph.child(node, k) + 1]!++] = node;
  }
  return { start, list };
}
