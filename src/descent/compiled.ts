import { LARGEST_SIDE } from '../math/grid.ts';
import type { Kernel } from '../math/wasm.ts';
import type { Core } from './core.ts';
import type { Batch, Formulas, Parameter, Problem } from './problem.ts';

/** A problem over a compiled core: moves points in and numbers out. */
export class CompiledProblem implements Problem {
  readonly outputs: number;
  readonly scalar: boolean;
  private readonly values: Float64Array;
  private readonly n: number;
  private made: Formulas | undefined;

  constructor(
    private readonly core: Core,
    readonly variables: readonly string[],
    readonly parameters: readonly Parameter[],
    private readonly makeFormulas: () => Formulas,
    /** Whether the text sums over data or an index. */
    private readonly overData = false,
  ) {
    this.outputs = core.outputs.length;
    this.scalar = core.scalar;
    this.n = variables.length;
    const given = new Map(parameters.map(({ name, value }) => [name, value]));
    this.values = Float64Array.from(core.graph.parameters, (name) => given.get(name) ?? Number.NaN);
  }

  private put(kernel: Kernel, x: Float64Array, at: number): void {
    const { memory } = kernel;
    if (memory.owner !== kernel || memory.parameters !== this.values) kernel.enter(this.values);
    const { doubles } = memory;
    for (let k = 0; k < this.n; k++) doubles[at + k] = x[k]!;
  }

  private run(kernel: Kernel, name: string, x: Float64Array): number {
    this.put(kernel, x, kernel.variables);
    return kernel.routines.get(name)!();
  }

  value(x: Float64Array): number {
    return this.makeValue(x);
  }

  valueAndGradient(x: Float64Array, gradient: Float64Array): number {
    return this.makeValueAndGradient(x, gradient);
  }

  /** Both are replaced on first use by a closure over the compiled routine, which a loop calls a million times. */
  private makeValue = (x: Float64Array): number => {
    const kernel = this.core.objective;
    const { memory, variables } = kernel;
    const { n, values } = this;
    const routine = kernel.routines.get('value')!;
    this.makeValue = (point) => {
      if (memory.owner !== kernel || memory.parameters !== values) kernel.enter(values);
      const { doubles } = memory;
      for (let k = 0; k < n; k++) doubles[variables + k] = point[k]!;
      return routine();
    };
    return this.makeValue(x);
  };

  private makeValueAndGradient = (x: Float64Array, gradient: Float64Array): number => {
    const kernel = this.core.objective;
    const { memory, variables, outputs } = kernel;
    const { n, values } = this;
    const routine = kernel.routines.get('valueAndGradient')!;
    this.makeValueAndGradient = (point, slope) => {
      if (memory.owner !== kernel || memory.parameters !== values) kernel.enter(values);
      const { doubles } = memory;
      for (let k = 0; k < n; k++) doubles[variables + k] = point[k]!;
      const f = routine();
      for (let k = 0; k < n; k++) slope[k] = doubles[outputs + k]!;
      // Where f has no value no gradient counts.
      if (Number.isNaN(f)) slope.fill(Number.NaN);
      return f;
    };
    return this.makeValueAndGradient(x, gradient);
  };

  gradient(x: Float64Array): Float64Array {
    const gradient = new Float64Array(this.n);
    this.valueAndGradient(x, gradient);
    return gradient;
  }

  residual(x: Float64Array): Float64Array {
    if (this.scalar) return Float64Array.of(this.value(x));
    const { kernel } = this.core.residuals;
    this.run(kernel, 'residual', x);
    return kernel.memory.doubles.slice(kernel.outputs, kernel.outputs + this.outputs);
  }

  jacobian(x: Float64Array): Float64Array {
    if (this.scalar) return this.gradient(x);
    const { kernel, rows, columns } = this.core.residuals;
    const { n, outputs: m } = this;
    this.run(kernel, 'jacobian', x);
    const { doubles } = kernel.memory;
    const jacobian = new Float64Array(m * n);
    rows.forEach((row, k) => {
      jacobian[row * n + columns[k]!] = doubles[kernel.outputs + m + k]!;
    });
    for (let row = 0; row < m; row++) {
      if (Number.isNaN(doubles[kernel.outputs + row])) jacobian.fill(Number.NaN, row * n, (row + 1) * n);
    }
    return jacobian;
  }

  hessian(x: Float64Array): Float64Array {
    const { n } = this;
    const hessian = new Float64Array(n * n);
    const sparse = this.core.hessian;
    if (sparse === null) return this.hessianByColumns(x, hessian);
    const { kernel, rows, columns } = sparse;
    const f = this.run(kernel, 'hessian', x);
    if (Number.isNaN(f)) return hessian.fill(Number.NaN);
    const { doubles } = kernel.memory;
    for (let k = 0; k < rows.length; k++) {
      const entry = doubles[kernel.outputs + k]!;
      hessian[rows[k]! * n + columns[k]!] = entry;
      hessian[columns[k]! * n + rows[k]!] = entry;
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
    const { n } = this;
    this.put(kernel, x, kernel.variables);
    const { doubles } = kernel.memory;
    for (let k = 0; k < n; k++) doubles[kernel.variables + n + k] = v[k]!;
    const f = kernel.routines.get('hessianVector')!();
    for (let k = 0; k < n; k++) product[k] = doubles[kernel.outputs + k]!;
    if (Number.isNaN(f)) product.fill(Number.NaN);
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
      const points = (range: readonly [number, number], count: number) =>
        Float64Array.from({ length: count }, (_, k) => between(range, k, count));
      return kernel.run(this.values, at, points(xRange, columns), points(yRange, rows));
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
    const { n } = this;
    const weights = kernel.variables + n;
    return {
      terms,
      valueAndGradient: (x, indices, gradient) => {
        this.put(kernel, x, kernel.variables);
        const { doubles } = kernel.memory;
        doubles.fill(0, weights, weights + terms);
        for (let k = 0; k < indices.length; k++) doubles[weights + indices[k]!]! += terms / indices.length;
        const f = kernel.routines.get('valueAndGradient')!();
        for (let k = 0; k < n; k++) gradient[k] = doubles[kernel.outputs + k]!;
        if (Number.isNaN(f)) gradient.fill(Number.NaN);
        return f;
      },
    };
  }

  get formulas(): Formulas {
    this.made ??= this.makeFormulas();
    return this.made;
  }

  /** Arithmetic operations of one evaluation, by routine. */
  get operations(): { value: number; valueAndGradient: number; hessian: number } {
    const { objective, hessian } = this.core;
    return {
      value: objective.operations.get('value')!,
      valueAndGradient: objective.operations.get('valueAndGradient')!,
      hessian: hessian?.kernel.operations.get('hessian') ?? Number.NaN,
    };
  }
}

/** The k-th of `count` points that divide the range evenly, both ends included. */
export function between([min, max]: readonly [min: number, max: number], k: number, count: number): number {
  return k === count - 1 ? max : min + (k * (max - min)) / (count - 1);
}
