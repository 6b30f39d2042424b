import { assemble, type Body } from './bytes.ts';
import { Calls } from './calls.ts';
import { ownBodies } from './emit.ts';
import { Memory } from './memory.ts';
import { type Layout, type Routine, RoutineCode } from './routine.ts';

/** Routines that share their inputs and tables, ready to be called. */
export interface Kernel {
  /** Holds inputs and outputs; `doubles` may be replaced by a longer array on `enter`. */
  readonly memory: {
    readonly doubles: Float64Array;
    owner: object | undefined;
    parameters: Float64Array | undefined;
  };
  /**
   * Interpreted routines, each a function on the inputs in memory that returns its result. Absent: the routines are
   * compiled, and the calls of memory.ts reach them.
   */
  readonly interpreted?: ReadonlyMap<string, () => number>;
  /** Puts tables and parameters into memory; needed whenever the memory's owner or parameters are others. */
  enter(parameters: Float64Array): void;
  /** Offsets in doubles. */
  readonly variables: number;
  readonly outputs: number;
  /** All outputs, after `enter`. */
  results: Float64Array;
  /** Operations of one call, by routine. */
  readonly operations: ReadonlyMap<string, number>;
}

export interface Sizes {
  readonly parameters: number;
  /** Inputs: the variables, and whatever else is numbered after them. */
  readonly inputs: number;
  readonly outputs: number;
}

/** The areas of memory of one module; tables are written when the kernel enters. */
export class Plan implements Layout {
  readonly parameters = 0;
  readonly variables: number;
  readonly outputs: number;
  readonly tables = new Map<Float64Array | Int32Array, number>();
  private end: number;

  constructor(sizes: Sizes) {
    this.variables = 8 * sizes.parameters;
    this.outputs = this.variables + 8 * sizes.inputs;
    this.end = this.outputs + 8 * sizes.outputs;
  }
  get bytes(): number {
    return this.end;
  }
  reserve(bytes: number): number {
    const offset = this.end;
    this.end = offset + Math.ceil(bytes / 8) * 8;
    return offset;
  }
  table(values: Float64Array | Int32Array): number {
    const known = this.tables.get(values);
    if (known !== undefined) return known;
    const offset = this.reserve(values.byteLength);
    this.tables.set(values, offset);
    return offset;
  }
}

/** Compiles routines into one module; throws where WebAssembly is blocked. */
export function compile(routines: readonly Routine[], sizes: Sizes): Kernel {
  const plan = new Plan(sizes);
  const calls = new Calls();
  const codes = routines.map((routine) => new RoutineCode(routine, calls, plan));
  const bodies: Body[] = ownBodies(calls);
  const exports = new Map<string, number>();
  codes.forEach((code, k) => {
    bodies.push(...code.emit(calls.imports.length + bodies.length));
    exports.set(routines[k]!.name, bodies.length - 1);
  });
  const instance = instantiate(assemble(calls.imports, bodies, exports), calls);
  const memory = Memory.shared;
  const functions = routines.map(({ name }) => [name, instance.exports[name]] as const);
  const at = plan.outputs / 8;
  const kernel: Kernel = {
    memory,
    variables: plan.variables / 8,
    outputs: at,
    results: memory.doubles,
    operations: new Map(codes.map((code, k) => [routines[k]!.name, code.operations])),
    enter(parameters) {
      memory.reserve(plan.bytes);
      memory.doubles.set(parameters, 0);
      if (memory.owner !== kernel) {
        for (const [values, offset] of plan.tables) {
          if (values instanceof Float64Array) memory.doubles.set(values, offset / 8);
          else memory.integers.set(values, offset / 4);
        }
        kernel.results = memory.doubles.subarray(at, at + sizes.outputs);
        // Entries that no routine writes are zero.
        kernel.results.fill(0);
        for (const [name, routine] of functions) memory.place(name, routine);
      }
      memory.owner = kernel;
      memory.parameters = parameters;
    },
  };
  return kernel;
}

export function instantiate(bytes: Uint8Array<ArrayBuffer>, calls: Calls): WebAssembly.Instance {
  const m: Record<string, WebAssembly.ImportValue> = { memory: Memory.shared.memory };
  calls.imports.forEach(({ name }, k) => {
    m[name] = calls.functions[k]!;
  });
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), { m });
}
