/** Routines that have a place in the table of calls. */
export const routineNames = [
  'value',
  'valueAndGradient',
  'hessian',
  'residual',
  'jacobian',
  'hessianVector',
] as const;
export type RoutineName = (typeof routineNames)[number];

/**
 * The one WebAssembly memory of the engine. A memory reserves gigabytes of address space until it is collected,
 * so that one for each formula would exhaust it; instead every module uses this one from address 0 on, and what
 * must lie in it is written when another module's turn comes. All calls are synchronous, so that is enough.
 */
export class Memory {
  private static only: Memory | undefined;
  /** Throws where WebAssembly is blocked. */
  static get shared(): Memory {
    Memory.only ??= new Memory();
    return Memory.only;
  }

  readonly memory = new WebAssembly.Memory({ initial: 1 });
  doubles = new Float64Array(this.memory.buffer);
  integers = new Int32Array(this.memory.buffer);
  /** Whose tables are in memory, and which parameters. */
  owner: object | undefined;
  parameters: Float64Array | undefined;
  private readonly placed: (unknown | undefined)[] = [];

  reserve(bytes: number): void {
    const missing = bytes - this.memory.buffer.byteLength;
    if (missing <= 0) return;
    this.memory.grow(Math.ceil(missing / 65536));
    this.doubles = new Float64Array(this.memory.buffer);
    this.integers = new Int32Array(this.memory.buffer);
  }

  /** Makes a routine the one that its name's call goes to. */
  place(name: RoutineName, routine: unknown): void {
    const slot = routineNames.indexOf(name);
    if (this.placed[slot] === routine) return;
    this.placed[slot] = routine;
    table?.set(slot, routine as () => number);
  }
}

let table: WebAssembly.Table | undefined;

/**
 * Calls through one function each, whatever formula is compiled behind it: an engine optimises a call of one
 * known function, and gives up on a place that has called many.
 *
 * The module: a function () → f64 for each routine that calls the table's entry of its number.
 */
function trampolines(): readonly (() => number)[] {
  const count = routineNames.length;
  const numbers = Array.from({ length: count }, (_, k) => k);
  const section = (id: number, ...payload: number[]) => [id, payload.length, ...payload];
  try {
    table = new WebAssembly.Table({ initial: count, element: 'anyfunc' });
    const bytes = Uint8Array.from([
      ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...section(1, 1, 0x60, 0, 1, 0x7c),
      // import table of funcrefs "m" "t"
      ...section(2, 1, 1, 0x6d, 1, 0x74, 1, 0x70, 0, count),
      ...section(3, count, ...numbers.map(() => 0)),
      ...section(7, count, ...numbers.flatMap((k) => [1, 0x30 + k, 0, k])),
      // i32.const k, call_indirect of type 0 in table 0
      ...section(10, count, ...numbers.flatMap((k) => [7, 0, 0x41, k, 0x11, 0, 0, 0x0b])),
    ]);
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { m: { t: table } });
    return numbers.map((k) => exports[`${k}`] as () => number);
  } catch {
    // WebAssembly is blocked: nothing is ever placed, and the interpreter is used.
    return numbers.map(() => () => Number.NaN);
  }
}

export const [callValue, callValueAndGradient, callHessian, callResidual, callJacobian, callHessianVector] =
  trampolines() as [() => number, () => number, () => number, () => number, () => number, () => number];
