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

  reserve(bytes: number): void {
    const missing = bytes - this.memory.buffer.byteLength;
    if (missing <= 0) return;
    this.memory.grow(Math.ceil(missing / 65536));
    this.doubles = new Float64Array(this.memory.buffer);
    this.integers = new Int32Array(this.memory.buffer);
  }
}
