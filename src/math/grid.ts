import { assemble, Body } from './bytes.ts';
import { Calls } from './calls.ts';
import { type Inputs, isCondition, kept, ownBodies, Trees } from './emit.ts';
import { type Graph, type Node, numberOf } from './graph.ts';
import { lower } from './lower.ts';
import { Memory } from './memory.ts';
import * as Op from './op.ts';
import * as Code from './opcode.ts';
import * as Type from './valueType.ts';
import * as Vector from './vectorOpcode.ts';
import { instantiate } from './wasm.ts';

/** Longest side of a lattice, in points. */
export const LARGEST_SIDE = 2048;
/** A function with more operations is evaluated point by point: its code would not fit the caches twice. */
export const LARGEST_FUNCTION = 3000;
/** More values than this per column are not kept but computed again in each row. */
const MOST_TABLES = 32;

const EXP = numberOf('exp');

/** Which coordinates a node depends on. */
const NONE = 0;
const COLUMN = 1;
const ROW = 2;
const BOTH = 3;

export interface GridKernel {
  /** f on the lattice of the coordinates; rows × columns, the first row at ys[0]. `inputs` are all variables. */
  run(parameters: Float64Array, inputs: Float64Array, xs: Float64Array, ys: Float64Array): Float64Array;
}

/**
 * f on a lattice, two columns at a time in f64x2. What depends on the column alone is computed once for all rows
 * into tables, what depends on the row alone once per row. Undefined where the function is too large for that.
 */
export function compileGrid(
  graph: Graph,
  root: Node,
  inputs: number,
  horizontal: number,
  vertical: number,
): GridKernel | undefined {
  const low = lower(graph, [root], true);
  const code = low.graph;
  const result = low.roots[0]!;
  if (code.length > LARGEST_FUNCTION) return undefined;
  const side = 8 * LARGEST_SIDE;
  const variables = 8 * graph.parameters.length;
  const columnsAt = Math.ceil((variables + 8 * inputs) / 16) * 16;
  const rowsAt = columnsAt + side;
  const tablesAt = rowsAt + side;

  const dependence = new Uint8Array(code.length);
  for (let node = 0; node < code.length; node++) {
    if (code.op[node] === Op.VAR) {
      dependence[node] = code.a[node] === horizontal ? COLUMN : code.a[node] === vertical ? ROW : NONE;
    }
    for (let k = 0; k < code.arity(node); k++) dependence[node]! |= dependence[code.child(node, k)]!;
  }
  // The result is written in the innermost loop whatever it depends on.
  const frontier = (kind: number): Node[] => {
    const found = new Set<Node>();
    const take = (node: Node) => {
      if (dependence[node] === kind && code.op[node] !== Op.CONST) found.add(node);
    };
    for (let node = 0; node < code.length; node++) {
      if (dependence[node]! === kind || (dependence[node]! | kind) !== dependence[node]) continue;
      for (let k = 0; k < code.arity(node); k++) take(code.child(node, k));
    }
    take(result);
    return [...found].sort((one, other) => one - other);
  };
  let tables = frontier(COLUMN).filter((node) => code.op[node] !== Op.VAR);
  if (tables.length > MOST_TABLES) {
    for (let node = 0; node < code.length; node++) if (dependence[node] === COLUMN) dependence[node] = BOTH;
    tables = [];
  }
  const keep = kept(code, [result]);

  const calls = new Calls();
  calls.need(code);
  const usesExp = Array.from({ length: code.length }, (_, node) => node).some(
    (node) => code.op[node] === Op.CALL && code.c[node] === EXP,
  );
  // After the functions that are called: the vector exponential, then the two loops.
  const bodies = ownBodies(calls);
  const expIndex = calls.imports.length + bodies.length;
  if (usesExp) bodies.push(vectorExp());

  /** Address in bytes of the column at hand. */
  let offset = 0;
  const inputsOf = (): Inputs => ({
    variable(body, index) {
      body.integer(0);
      body.memory(Code.f64Load, variables + 8 * index);
    },
    parameter(body, index) {
      body.integer(0);
      body.memory(Code.f64Load, 8 * index);
    },
  });
  const loadVector = (body: Body, address: number) => {
    body.get(offset);
    body.vectorMemory(Vector.load, address);
  };
  /** Loads of the columns' coordinate, and of tables, into locals. */
  const setVector = (body: Body, trees: Trees, node: Node) => {
    const local = body.local(Type.v128);
    body.set(local);
    trees.vectors[node] = local;
  };
  const columnVariable = Array.from({ length: code.length }, (_, node) => node).find(
    (node) => code.op[node] === Op.VAR && code.a[node] === horizontal,
  );
  const loop = (body: Body, end: number, step: number, counter: number, inside: () => void) => {
    body.byte(Code.loop);
    body.byte(0x40);
    inside();
    body.get(counter);
    body.integer(step);
    body.byte(Code.i32Add);
    body.byte(Code.localTee);
    body.unsigned(counter);
    body.get(end);
    body.byte(Code.i32LtU);
    body.byte(Code.brIf);
    body.unsigned(0);
    body.byte(Code.end);
  };

  /** Nodes of one kind that are worth a local, in order; `wanted` always. */
  const kindInOrder = (kind: number, wanted: readonly Node[]): Node[] => {
    const always = new Set(wanted);
    const list: Node[] = [];
    for (let node = 0; node < code.length; node++) {
      if (dependence[node] === kind && (keep[node] || always.has(node))) list.push(node);
    }
    return list;
  };
  /** What is the same everywhere, and what is the same in a row, as scalars and, where needed, as vectors. */
  const scalars = (body: Body, trees: Trees, kind: number, done?: Node) => {
    const wanted = frontier(kind);
    for (const node of kindInOrder(kind, wanted)) {
      if (node === done) continue;
      trees.keep(node);
      if (!wanted.includes(node)) continue;
      if (isCondition(code, node)) trees.conditionMask(node);
      else {
        body.get(trees.scalars[node]!);
        body.vector(Vector.splat);
      }
      setVector(body, trees, node);
    }
  };

  // columns(end): fills the tables; end = 8·columns.
  const fill = new Body([Type.i32], []);
  {
    const trees = new Trees(code, fill, calls, inputsOf(), expIndex);
    offset = fill.local(Type.i32);
    scalars(fill, trees, NONE);
    if (tables.length > 0) {
      loop(fill, 0, 16, offset, () => {
        if (columnVariable !== undefined) {
          loadVector(fill, columnsAt);
          setVector(fill, trees, columnVariable);
        }
        for (const node of kindInOrder(COLUMN, tables)) {
          if (node !== columnVariable) trees.keepVector(node);
        }
        tables.forEach((node, k) => {
          fill.get(offset);
          trees.vectorTree(node);
          fill.vectorMemory(Vector.store, tablesAt + k * side);
        });
      });
    }
  }

  // rows(8·columns, 8·rows, address of the values)
  const rows = new Body([Type.i32, Type.i32, Type.i32], []);
  {
    const trees = new Trees(code, rows, calls, inputsOf(), expIndex);
    offset = rows.local(Type.i32);
    const row = rows.local(Type.i32);
    const target = rows.local(Type.i32);
    const rowVariable = Array.from({ length: code.length }, (_, node) => node).find(
      (node) => code.op[node] === Op.VAR && code.a[node] === vertical && dependence[node] === ROW,
    );
    rows.get(2);
    rows.set(target);
    scalars(rows, trees, NONE);
    loop(rows, 1, 8, row, () => {
      if (rowVariable !== undefined) {
        rows.get(row);
        rows.memory(Code.f64Load, rowsAt);
        const local = rows.local(Type.f64);
        rows.set(local);
        trees.scalars[rowVariable] = local;
        rows.get(local);
        rows.vector(Vector.splat);
        setVector(rows, trees, rowVariable);
      }
      scalars(rows, trees, ROW, rowVariable);
      rows.integer(0);
      rows.set(offset);
      loop(rows, 0, 16, offset, () => {
        if (columnVariable !== undefined) {
          loadVector(rows, columnsAt);
          setVector(rows, trees, columnVariable);
        }
        tables.forEach((node, k) => {
          loadVector(rows, tablesAt + k * side);
          setVector(rows, trees, node);
        });
        for (const node of kindInOrder(BOTH, [])) if (node !== columnVariable) trees.keepVector(node);
        rows.get(target);
        trees.vectorTree(result);
        rows.vectorMemory(Vector.store, 0);
        rows.get(target);
        rows.integer(16);
        rows.byte(Code.i32Add);
        rows.set(target);
      });
    });
  }
  bodies.push(fill, rows);
  const exports = new Map([
    ['columns', bodies.length - 2],
    ['rows', bodies.length - 1],
  ]);
  const instance = instantiate(assemble(calls.imports, bodies, exports), calls);
  const fillColumns = instance.exports.columns as (end: number) => void;
  const fillRows = instance.exports.rows as (columns: number, rows: number, address: number) => void;
  const valuesAt = tablesAt + tables.length * side;
  const memory = Memory.shared;
  return {
    run(parameters, values, xs, ys) {
      const columns = xs.length;
      // Two columns at a time: one more where their number is odd.
      const padded = columns + (columns % 2);
      memory.reserve(valuesAt + 8 * padded * ys.length);
      memory.owner = undefined;
      const { doubles } = memory;
      doubles.set(parameters, 0);
      doubles.set(values, variables / 8);
      doubles.set(xs, columnsAt / 8);
      doubles[columnsAt / 8 + padded - 1] = xs[columns - 1]!;
      doubles.set(ys, rowsAt / 8);
      fillColumns(8 * padded);
      fillRows(8 * padded, 8 * ys.length, valuesAt);
      const start = valuesAt / 8;
      if (padded === columns) return new Float64Array(doubles.subarray(start, start + columns * ys.length));
      const lattice = new Float64Array(columns * ys.length);
      for (let row = 0; row < ys.length; row++) {
        const from = start + row * padded;
        lattice.set(doubles.subarray(from, from + columns), row * columns);
      }
      return lattice;
    },
  };
}

/**
 * e^x in both lanes: Cody–Waite reduction and the rational form of fdlibm's e_exp.c (Sun Microsystems 1993), within
 * an ulp; the power of two is applied in two halves, so that results below the normal range round correctly.
 */
function vectorExp(): Body {
  const body = new Body([Type.v128], [Type.v128]);
  const x = 0;
  const constant = (value: number) => {
    body.vector(Vector.constant);
    body.double(value);
    body.double(value);
  };
  const local = () => body.local(Type.v128);
  const [k, high, low, r, t, c] = [local(), local(), local(), local(), local(), local()] as const;
  // Beyond these e^x is ∞ or 0.
  body.get(x);
  constant(710);
  body.vector(Vector.min);
  constant(-746);
  body.vector(Vector.max);
  body.set(x);
  body.get(x);
  constant(Math.LOG2E);
  body.vector(Vector.mul);
  body.vector(Vector.nearest);
  body.set(k);
  body.get(x);
  body.get(k);
  constant(0.6931471803691238);
  body.vector(Vector.mul);
  body.vector(Vector.sub);
  body.set(high);
  body.get(k);
  constant(1.9082149292705877e-10);
  body.vector(Vector.mul);
  body.set(low);
  body.get(high);
  body.get(low);
  body.vector(Vector.sub);
  body.set(r);
  body.get(r);
  body.get(r);
  body.vector(Vector.mul);
  body.set(t);
  // c = r − t·(P1 + t·(P2 + t·(P3 + t·(P4 + t·P5))))
  body.get(r);
  constant(4.1381367970572385e-8);
  for (const p of [
    -0.0000016533902205465252, 0.00006613756321437934, -0.0027777777777015593, 0.16666666666666602,
  ]) {
    body.get(t);
    body.vector(Vector.mul);
    constant(p);
    body.vector(Vector.add);
  }
  body.get(t);
  body.vector(Vector.mul);
  body.vector(Vector.sub);
  body.set(c);
  // 1 − ((low − r·c/(2 − c)) − high)
  constant(1);
  body.get(low);
  body.get(r);
  body.get(c);
  body.vector(Vector.mul);
  constant(2);
  body.get(c);
  body.vector(Vector.sub);
  body.vector(Vector.div);
  body.vector(Vector.sub);
  body.get(high);
  body.vector(Vector.sub);
  body.vector(Vector.sub);
  // · 2^⌊k/2⌋ · 2^(k − ⌊k/2⌋): the low bits of k + 1.5·2⁵² are k, moved to the exponent's place.
  const scale = (halfOfK: number) => {
    body.get(halfOfK);
    constant(6755399441055744 + 1023);
    body.vector(Vector.add);
    body.integer(52);
    body.vector(Vector.i64Shl);
    body.vector(Vector.mul);
  };
  body.get(k);
  constant(0.5);
  body.vector(Vector.mul);
  body.vector(Vector.floor);
  body.set(t);
  body.get(k);
  body.get(t);
  body.vector(Vector.sub);
  body.set(c);
  scale(t);
  scale(c);
  return body;
}
