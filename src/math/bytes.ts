/** Opcodes of WebAssembly (core specification 2.0, ch. 5.4) that the emitter uses. */
export const Code = {
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  brIf: 0x0d,
  call: 0x10,
  select: 0x1b,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  i32Load: 0x28,
  f64Load: 0x2b,
  f64Store: 0x39,
  i32Const: 0x41,
  f64Const: 0x44,
  i32Eqz: 0x45,
  i32LtU: 0x49,
  f64Eq: 0x61,
  f64Ne: 0x62,
  f64Lt: 0x63,
  f64Gt: 0x64,
  f64Le: 0x65,
  i32Add: 0x6a,
  i32Mul: 0x6c,
  i32And: 0x71,
  i32Or: 0x72,
  f64Abs: 0x99,
  f64Neg: 0x9a,
  f64Ceil: 0x9b,
  f64Floor: 0x9c,
  f64Nearest: 0x9e,
  f64Sqrt: 0x9f,
  f64Add: 0xa0,
  f64Sub: 0xa1,
  f64Mul: 0xa2,
  f64Div: 0xa3,
  f64Min: 0xa4,
  f64Max: 0xa5,
  f64CopySign: 0xa6,
  f64FromI32: 0xb7,
} as const;

/** Vector opcodes, behind the prefix 0xfd. */
export const Vector = {
  load: 0x00,
  store: 0x0b,
  constant: 0x0c,
  splat: 0x14,
  extractLane: 0x21,
  replaceLane: 0x22,
  eq: 0x47,
  ne: 0x48,
  lt: 0x49,
  gt: 0x4a,
  le: 0x4b,
  not: 0x4d,
  and: 0x4e,
  or: 0x50,
  bitselect: 0x52,
  ceil: 0x74,
  floor: 0x75,
  nearest: 0x94,
  i64Shl: 0xcb,
  i64Add: 0xce,
  abs: 0xec,
  neg: 0xed,
  sqrt: 0xef,
  add: 0xf0,
  sub: 0xf1,
  mul: 0xf2,
  div: 0xf3,
  min: 0xf4,
  max: 0xf5,
} as const;

export const Type = { i32: 0x7f, f64: 0x7c, v128: 0x7b } as const;
export type ValueType = (typeof Type)[keyof typeof Type];

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
  const f64s = (count: number) => Array.from({ length: count }, () => Type.f64);
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
