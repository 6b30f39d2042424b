import type { Graph, Node } from './graph.ts';
import { isSum, rebuild, type Term, termsOf, usesIn } from './loops.ts';
import * as Op from './op.ts';

/**
 * The root with a weight before each term of its sum over data: the inputs n, n + 1, … are the weights. With all
 * weights 1 it is the root; a mini-batch of B from N terms has N/B for the chosen ones and 0 for the others.
 * Undefined where no sum of two or more terms, each with all the variables that any has, enters the root linearly.
 */
export function weighted(graph: Graph, root: Node, n: number): { root: Node; terms: number } | undefined {
  const order = graph.cone([root]);
  const uses = usesIn(graph, order);
  let best: { head: Node; data: readonly Term[]; rest: readonly Term[] } | undefined;
  const walk = [root];
  for (const node of walk) {
    const a = graph.a[node]!;
    const op = graph.op[node];
    if (isSum(graph, node)) {
      const terms = termsOf(graph, node, (inner) => inner === node || uses[inner]! < 2);
      for (const term of terms) if (!isSum(graph, term.node)) walk.push(term.node);
      const sets = terms.map((term) => variableSet(graph, term.node, n));
      const all = new Set(sets.flatMap((set) => [...set]));
      const isData = (_: Term, k: number) => sets[k]!.size === all.size && all.size > 0;
      const data = terms.filter(isData);
      if (data.length >= 2 && data.length > (best?.data.length ?? 1)) {
        best = { head: node, data, rest: terms.filter((term, k) => !isData(term, k)) };
      }
    } else if (op === Op.NEG || (op === Op.DIV && graph.isConstant(graph.b[node]!))) walk.push(a);
    else if (op === Op.MUL && graph.isConstant(a)) walk.push(graph.b[node]!);
  }
  if (best === undefined) return undefined;
  let sum: Node | undefined;
  const add = (term: Node, minus: boolean) => {
    if (sum === undefined) sum = minus ? graph.neg(term) : term;
    else sum = minus ? graph.sub(sum, term) : graph.add(sum, term);
  };
  best.data.forEach(({ node, minus }, k) => {
    add(graph.mul(graph.input(n + k), node), minus);
  });
  for (const { node, minus } of best.rest) add(node, minus);
  return { root: rebuild(graph, order, root, new Map([[best.head, sum!]])), terms: best.data.length };
}

function variableSet(graph: Graph, root: Node, n: number): Set<number> {
  const found = new Set<number>();
  for (const node of graph.cone([root])) {
    if (graph.op[node] === Op.VAR && graph.a[node]! < n) found.add(graph.a[node]!);
  }
  return found;
}
