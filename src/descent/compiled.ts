import { LARGEST_SIDE } from '../math/grid.ts';
import {
  callHessian,
  callHessianVector,
  callJacobian,
  callResidual,
  callValue,
  callValueAndGradient,
} from '../math/memory.ts';
import type { TraceStep } from '../math/trace.ts';
import type { Kernel } from '../math/wasm.ts';
import type { Core } from './core.ts';
import type { Batch, Formulas, Parameter, Problem } from './problem.ts';

/** Up to so many numbers are moved one by one, which is faster than a call for all. */
const SHORT = 20;

function move(source: Float64Array, from: number, target: Float64Array, to: number, count: number): void {
  let k = 0;
  for (; k + 3 < count; k += 4) {
    target[to + k] = source[from + k]!;
    target[to + k + 1] = source[from + k + 1]!;
    target[to + k + 2] = source[from + k + 2]!;
    target[to + k + 3] = source[from + k + 3]!;
  }
  for (; k < count; k++) target[to + k] = source[from + k]!;
}

/** A problem over a compiled core: moves points in and numbers out. */
export class CompiledProblem implements Problem {
  readonly outputs: number;
  readonly scalar: boolean;
  private readonly values: Float64Array;
  private readonly n: number;
  private made: Formulas | undefined;
  private objective: Kernel | undefined;
  private second: Core['hessian'] | undefined;

  constructor(
    private readonly core: Core,
    readonly variables: readonly string[],
    readonly parameters: readonly Parameter[],
    private readonly makeFormulas: () => Formulas,
    /** Evaluates the text once more, by the values of variables and parameters. */
    private readonly makeTrace: (values: ReadonlyMap<string, number>) => readonly TraceStep[],
    /** Whether the text sums over data or an index. */
    private readonly overData = false,
  ) {
    this.outputs = core.outputs.length;
    this.scalar = core.scalar;
    this.n = variables.length;
    const given = new Map(parameters.map(({ name, value }) => [name, value]));
    this.values = Float64Array.from(core.graph.parameters, (name) => given.get(name) ?? Number.NaN);
  }

  /** Makes the kernel's turn and puts the point into memory. */
  private put(kernel: Kernel, x: Float64Array): void {
    const { memory, variables } = kernel;
    const { values, n } = this;
    if (memory.owner !== kernel || memory.parameters !== values) kernel.enter(values);
    if (n > SHORT) memory.doubles.set(x, variables);
    else move(x, 0, memory.doubles, variables, n);
  }

  private ready(): Kernel {
    const kernel = this.objective;
    if (kernel !== undefined && kernel.interpreted === undefined) return kernel;
    this.objective = this.core.objective();
    return this.objective;
  }

  value(x: Float64Array): number {
    const kernel = this.ready();
    this.put(kernel, x);
    return kernel.interpreted ? kernel.interpreted.get('value')!() : callValue();
  }

  valueAndGradient(x: Float64Array, gradient: Float64Array): number {
    const kernel = this.ready();
    this.put(kernel, x);
    const f = kernel.interpreted ? kernel.interpreted.get('valueAndGradient')!() : callValueAndGradient();
    this.take(kernel, f, gradient);
    return f;
  }

  /** The first n outputs; where f has no value no gradient counts. */
  private take(kernel: Kernel, f: number, gradient: Float64Array): void {
    const { n } = this;
    if (Number.isNaN(f)) gradient.fill(Number.NaN);
    else if (n <= SHORT) move(kernel.memory.doubles, kernel.outputs, gradient, 0, n);
    else gradient.set(kernel.results.length === n ? kernel.results : kernel.results.subarray(0, n));
  }

  gradient(x: Float64Array): Float64Array {
    const gradient = new Float64Array(this.n);
    this.valueAndGradient(x, gradient);
    return gradient;
  }

  residual(x: Float64Array): Float64Array {
    if (this.scalar) return Float64Array.of(this.value(x));
    const { kernel } = this.core.residuals;
    this.put(kernel, x);
    if (kernel.interpreted) kernel.interpreted.get('residual')!();
    else callResidual();
    return kernel.results.slice(0, this.outputs);
  }

  jacobian(x: Float64Array): Float64Array {
    if (this.scalar) return this.gradient(x);
    const { kernel, rows, columns } = this.core.residuals;
    const { n, outputs: m } = this;
    this.put(kernel, x);
    if (kernel.interpreted) kernel.interpreted.get('jacobian')!();
    else callJacobian();
    const { results } = kernel;
    const jacobian = new Float64Array(m * n);
    rows.forEach((row, k) => {
      jacobian[row * n + columns[k]!] = results[m + k]!;
    });
    for (let row = 0; row < m; row++) {
      if (Number.isNaN(results[row])) jacobian.fill(Number.NaN, row * n, (row + 1) * n);
    }
    return jacobian;
  }

  hessian(x: Float64Array, into?: Float64Array): Float64Array {
    const sparse = (this.second ??= this.core.hessian);
    const { n } = this;
    if (sparse === null) return this.hessianByColumns(x, into ?? new Float64Array(n * n));
    const { kernel, dense, rows, columns } = sparse;
    this.put(kernel, x);
    const f = kernel.interpreted ? kernel.interpreted.get('hessian')!() : callHessian();
    const { results } = kernel;
    if (dense && !Number.isNaN(f)) {
      if (into === undefined) return results.slice();
      into.set(results);
      return into;
    }
    const hessian = into?.fill(0) ?? new Float64Array(n * n);
    if (Number.isNaN(f)) return hessian.fill(Number.NaN);
    for (let k = 0; k < rows.length; k++) {
      const entry = results[k]!;
      const row = rows[k]!;
      const column = columns[k]!;
      hessian[row * n + column] = entry;
      hessian[column * n + row] = entry;
    }
    return hessian;
  }

  private hessianByColumns(x: Float64Array, hessian: Float64Array): Float64Array {
    const { n } = this;
    const unit = new Float64Array(n);
    const column = new Float64Array(n);
    for (let j = 0; j < n; j++) {
      unit[j] = 1;
      this.hessianVector(x, unit, column);
      unit[j] = 0;
      for (let i = j; i < n; i++) {
        hessian[i * n + j] = column[i]!;
        hessian[j * n + i] = column[i]!;
      }
    }
    return hessian;
  }

  hessianVector(x: Float64Array, v: Float64Array, product: Float64Array): void {
    const kernel = this.core.product;
    this.put(kernel, x);
    kernel.memory.doubles.set(v, kernel.variables + this.n);
    const f = kernel.interpreted ? kernel.interpreted.get('hessianVector')!() : callHessianVector();
    this.take(kernel, f, product);
  }

  grid(
    axes: readonly [horizontal: number, vertical: number],
    at: Float64Array,
    xRange: readonly [min: number, max: number],
    yRange: readonly [min: number, max: number],
    columns: number,
    rows: number,
  ): Float64Array {
    const [horizontal, vertical] = axes;
    const kernel =
      rows <= LARGEST_SIDE && columns <= LARGEST_SIDE ? this.core.grid(horizontal, vertical) : undefined;
    if (kernel) {
      return kernel.run(this.values, at, evenly(xRange, columns), evenly(yRange, rows));
    }
    const values = new Float64Array(rows * columns);
    const point = Float64Array.from(at);
    for (let row = 0; row < rows; row++) {
      point[vertical] = between(yRange, row, rows);
      for (let column = 0; column < columns; column++) {
        point[horizontal] = between(xRange, column, columns);
        values[row * columns + column] = this.value(point);
      }
    }
    return values;
  }

  /** Compiled when a run asks for it. */
  get batch(): Batch | undefined {
    const batch = this.overData ? this.core.batch : null;
    if (batch === null) return undefined;
    const { kernel, terms } = batch;
    const weights = kernel.variables + this.n;
    return {
      terms,
      valueAndGradient: (x, indices, gradient) => {
        this.put(kernel, x);
        const { doubles } = kernel.memory;
        doubles.fill(0, weights, weights + terms);
        for (let k = 0; k < indices.length; k++) doubles[weights + indices[k]!]! += terms / indices.length;
        const f = kernel.interpreted ? kernel.interpreted.get('valueAndGradient')!() : callValueAndGradient();
        this.take(kernel, f, gradient);
        return f;
      },
    };
  }

  /** Every operation of an evaluation at x (n), in order, as it is written and with its value: to be read. */
  trace(x: Float64Array): readonly TraceStep[] {
    const values = new Map(this.parameters.map(({ name, value }) => [name, value]));
    this.variables.forEach((name, k) => {
      values.set(name, x[k]!);
    });
    return this.makeTrace(values);
  }

  get formulas(): Formulas {
    this.made ??= this.makeFormulas();
    return this.made;
  }

  /** Arithmetic operations of one evaluation, by routine. */
  get operations(): { value: number; valueAndGradient: number; hessian: number } {
    const { hessian } = this.core;
    const objective = this.core.objective();
    return {
      value: objective.operations.get('value')!,
      valueAndGradient: objective.operations.get('valueAndGradient')!,
      hessian: hessian?.kernel.operations.get('hessian') ?? Number.NaN,
    };
  }
}

function evenly(range: readonly [number, number], count: number): Float64Array {
  const points = new Float64Array(count);
  for (let k = 0; k < count; k++) points[k] = between(range, k, count);
  return points;
}

/** The k-th of `count` points that divide the range evenly, both ends included. */
export function between([min, max]: readonly [min: number, max: number], k: number, count: number): number {
  return k === count - 1 ? max : min + (k * (max - min)) / (count - 1);
}
