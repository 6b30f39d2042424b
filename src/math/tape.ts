import { functionTable, Op } from './graph.ts';
import { lower } from './lower.ts';
import type { Routine } from './routine.ts';
import type { Kernel, Sizes } from './wasm.ts';

/**
 * The interpreter: the same routines as wasm.ts (without loops) over a Float64Array, one operation after the
 * other. For pages where WebAssembly is blocked, and as an independent second evaluation in tests.
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
    const { op, a, b, c } = graph;
    const values = graph.value.slice(0, graph.length);
    const { length } = graph;
    operations.set(
      routine.name,
      op.subarray(0, length).reduce((count, code) => (code > Op.LOOP ? count + 1 : count), 0),
    );
    const run = (): number => {
      const { doubles } = memory;
      for (let node = 0; node < length; node++) {
        const x = values[a[node]!]!;
        const y = values[b[node]!]!;
        switch (op[node]) {
          case Op.CONST:
            continue;
          case Op.VAR:
            values[node] = doubles[variables + a[node]!]!;
            continue;
          case Op.PARAM:
            values[node] = doubles[a[node]!]!;
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
            values[node] = functionTable[c[node]!]!.value(x);
            continue;
          case Op.CALL2:
            values[node] = functionTable[c[node]!]!.value(x, y);
            continue;
        }
      }
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
