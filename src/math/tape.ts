import { definitionOf } from './calls.ts';
import { functionTable, type Graph } from './graph.ts';
import { lower } from './lower.ts';
import * as Op from './op.ts';
import type { Routine } from './routine.ts';
import type { Kernel, Sizes } from './wasm.ts';

/**
 * The interpreter: the same routines as wasm.ts (without loops) over a Float64Array, one operation after the
 * other, with the same bits as result. For the first calls of a new formula, before compiling pays, and for pages
 * where WebAssembly is blocked.
 */
export function interpret(routines: readonly Routine[], sizes: Sizes): Kernel {
  const variables = sizes.parameters;
  const outputs = variables + sizes.inputs;
  const memory: Kernel['memory'] = {
    doubles: new Float64Array(outputs + sizes.outputs),
    owner: undefined,
    parameters: undefined,
  };
  const operations = new Map<string, number>();
  const compiled = routines.map((routine): [string, () => number] => {
    const roots = routine.outputs.map(({ node }) => node);
    if (routine.result !== undefined) roots.push(routine.result);
    const { graph, roots: low } = lower(routine.graph, roots);
    const values = graph.value.slice(0, graph.length);
    operations.set(
      routine.name,
      graph.op.subarray(0, graph.length).reduce((count, code) => (code > Op.LOOP ? count + 1 : count), 0),
    );
    const run = (): number => {
      const { doubles } = memory;
      evaluate(graph, values, doubles, variables);
      routine.outputs.forEach(({ slot }, k) => {
        doubles[outputs + slot] = values[low[k]!]!;
      });
      return routine.result === undefined ? 0 : values[low[routine.outputs.length]!]!;
    };
    return [routine.name, run];
  });
  return {
    memory,
    interpreted: new Map(compiled),
    results: memory.doubles.subarray(outputs),
    variables,
    outputs,
    operations,
    enter(parameters) {
      memory.doubles.set(parameters, 0);
      memory.owner = this;
      memory.parameters = parameters;
    },
  };
}

/** Computes every node of a lowered graph; parameters stand at 0 of `inputs`, variables at `variables`. */
function evaluate(graph: Graph, values: Float64Array, inputs: ArrayLike<number>, variables: number): void {
  const { op, a, b, c, length } = graph;
  for (let node = 0; node < length; node++) {
    const x = values[a[node]!]!;
    const y = values[b[node]!]!;
    switch (op[node]) {
      case Op.CONST:
        continue;
      case Op.VAR:
        values[node] = inputs[variables + a[node]!]!;
        continue;
      case Op.PARAM:
        values[node] = inputs[a[node]!]!;
        continue;
      case Op.NEG:
        values[node] = -x;
        continue;
      case Op.ADD:
        values[node] = x + y;
        continue;
      case Op.SUB:
        values[node] = x - y;
        continue;
      case Op.MUL:
        values[node] = x * y;
        continue;
      case Op.DIV:
        values[node] = x / y;
        continue;
      case Op.POW:
        values[node] = x ** y;
        continue;
      case Op.LT:
        values[node] = x < y ? 1 : 0;
        continue;
      case Op.LE:
        values[node] = x <= y ? 1 : 0;
        continue;
      case Op.EQ:
        values[node] = x === y ? 1 : 0;
        continue;
      case Op.NE:
        values[node] = x !== y ? 1 : 0;
        continue;
      case Op.AND:
        values[node] = x * y;
        continue;
      case Op.OR:
        values[node] = x + y > 0 ? 1 : 0;
        continue;
      case Op.NOT:
        values[node] = 1 - x;
        continue;
      case Op.SELECT:
        values[node] = x === 0 ? values[c[node]!]! : y;
        continue;
      case Op.CALL:
        values[node] = functionOf(c[node]!)(x);
        continue;
      case Op.CALL2:
        values[node] = functionOf(c[node]!)(x, y);
        continue;
    }
  }
}

const own = new Map<number, (...args: number[]) => number>();

/** A function of the table by its number, as compiled code computes it: to the last bit the same. */
function functionOf(fn: number): (...args: number[]) => number {
  let found = own.get(fn);
  if (found === undefined) {
    const { name, value } = functionTable[fn]!;
    const definition = definitionOf(name);
    if (definition === undefined) found = value;
    else {
      const { graph, root } = definition;
      const values = graph.value.slice(0, graph.length);
      found = (x) => {
        evaluate(graph, values, [x!], 0);
        return values[root]!;
      };
    }
    own.set(fn, found);
  }
  return found;
}
