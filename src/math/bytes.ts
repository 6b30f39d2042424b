import * as Code from './opcode.ts';
import type { ValueType } from './valueType.ts';
import * as Type from './valueType.ts';

const float = new Float64Array(1);
const floatBytes = new Uint8Array(float.buffer);

/** A growing row of bytes. */
export class Bytes {
  array = new Uint8Array(256);
  length = 0;

  byte(value: number): void {
    if (this.length === this.array.length) this.reserve(1);
    this.array[this.length++] = value;
  }

  private reserve(count: number): void {
    const longer = new Uint8Array(Math.max(this.array.length * 2, this.length + count));
    longer.set(this.array);
    this.array = longer;
  }

  /** Unsigned LEB128. */
  unsigned(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      this.byte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    this.byte(rest);
  }

  /** Signed LEB128, 32 bits. */
  signed(value: number): void {
    let rest = value | 0;
    while (rest < -64 || rest > 63) {
      this.byte((rest & 0x7f) | 0x80);
      rest >>= 7;
    }
    this.byte(rest & 0x7f);
  }

  double(value: number): void {
    float[0] = value;
    this.append(floatBytes, 8);
  }

  append(bytes: Uint8Array, count = bytes.length): void {
    if (this.length + count > this.array.length) this.reserve(count);
    this.array.set(count === bytes.length ? bytes : bytes.subarray(0, count), this.length);
    this.length += count;
  }

  text(value: string): void {
    const bytes = new TextEncoder().encode(value);
    this.unsigned(bytes.length);
    this.append(bytes);
  }

  /** Its own length before it, as sections and function bodies have it. */
  sized(inner: Bytes): void {
    this.unsigned(inner.length);
    this.append(inner.array, inner.length);
  }

  toArray(): Uint8Array<ArrayBuffer> {
    return this.array.slice(0, this.length);
  }
}

/** The body of one function while it is written. */
export class Body extends Bytes {
  private readonly locals: ValueType[] = [];

  constructor(
    readonly params: readonly ValueType[],
    public results: readonly ValueType[],
  ) {
    super();
  }

  local(type: ValueType): number {
    return this.params.length + this.locals.push(type) - 1;
  }
  get(local: number): void {
    this.byte(Code.localGet);
    this.unsigned(local);
  }
  set(local: number): void {
    this.byte(Code.localSet);
    this.unsigned(local);
  }
  integer(value: number): void {
    this.byte(Code.i32Const);
    this.signed(value);
  }
  number(value: number): void {
    this.byte(Code.f64Const);
    this.double(value);
  }
  vector(opcode: number): void {
    this.byte(0xfd);
    this.unsigned(opcode);
  }
  /** Load or store at the address on the stack plus a fixed offset. */
  memory(opcode: number, offset: number): void {
    this.byte(opcode);
    this.unsigned(opcode === Code.i32Load ? 2 : 3);
    this.unsigned(offset);
  }
  vectorMemory(opcode: number, offset: number): void {
    this.vector(opcode);
    this.unsigned(3);
    this.unsigned(offset);
  }
  call(index: number): void {
    this.byte(Code.call);
    this.unsigned(index);
  }

  /** The function as the code section holds it. */
  finish(): Bytes {
    const whole = new Bytes();
    // Runs of equal types.
    const runs: [count: number, type: ValueType][] = [];
    for (const type of this.locals) {
      const last = runs.at(-1);
      if (last?.[1] === type) last[0]++;
      else runs.push([1, type]);
    }
    whole.unsigned(runs.length);
    for (const [count, type] of runs) {
      whole.unsigned(count);
      whole.byte(type);
    }
    whole.append(this.array, this.length);
    whole.byte(Code.end);
    return whole;
  }
}

export interface Import {
  readonly name: string;
  readonly params: number;
}

/**
 * A module of functions: `imports` are f64 functions of 1 or 2 arguments from "m" and come first in the index
 * space; the memory is imported from "m" as "memory".
 */
export function assemble(
  imports: readonly Import[],
  bodies: readonly Body[],
  exports: ReadonlyMap<string, number>,
): Uint8Array<ArrayBuffer> {
  const module = new Bytes();
  module.append(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
  const section = (id: number, fill: (bytes: Bytes) => void) => {
    const bytes = new Bytes();
    fill(bytes);
    module.byte(id);
    module.sized(bytes);
  };
  const types: string[] = [];
  const typeOf = (params: readonly ValueType[], results: readonly ValueType[]): number => {
    const key = `${params.join()}>${results.join()}`;
    const known = types.indexOf(key);
    return known >= 0 ? known : types.push(key) - 1;
  };
  const f64s = (count: number): ValueType[] => Array.from({ length: count }, () => Type.f64);
  const importTypes = imports.map(({ params }) => typeOf(f64s(params), [Type.f64]));
  const bodyTypes = bodies.map(({ params, results }) => typeOf(params, results));
  section(1, (bytes) => {
    bytes.unsigned(types.length);
    for (const key of types) {
      bytes.byte(0x60);
      for (const side of key.split('>')) {
        const list = side === '' ? [] : side.split(',').map(Number);
        bytes.unsigned(list.length);
        for (const type of list) bytes.byte(type);
      }
    }
  });
  section(2, (bytes) => {
    bytes.unsigned(imports.length + 1);
    imports.forEach(({ name }, k) => {
      bytes.text('m');
      bytes.text(name);
      bytes.byte(0);
      bytes.unsigned(importTypes[k]!);
    });
    bytes.text('m');
    bytes.text('memory');
    bytes.append(Uint8Array.of(2, 0, 1));
  });
  section(3, (bytes) => {
    bytes.unsigned(bodies.length);
    for (const type of bodyTypes) bytes.unsigned(type);
  });
  section(7, (bytes) => {
    bytes.unsigned(exports.size);
    for (const [name, index] of exports) {
      bytes.text(name);
      bytes.byte(0);
      bytes.unsigned(imports.length + index);
    }
  });
  section(10, (bytes) => {
    bytes.unsigned(bodies.length);
    for (const body of bodies) bytes.sized(body.finish());
  });
  return module.toArray();
}
