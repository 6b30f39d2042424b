import { weighted } from '../math/batch.ts';
import { gradient, hessian, jacobian, tangents, ZERO } from '../math/derive.ts';
import type { Graph, Node } from '../math/graph.ts';
import { compileGrid, type GridKernel } from '../math/grid.ts';
import { gradientRoutine, hessianRoutine, straightRoutine, valueRoutine } from '../math/loops.ts';
import type { Routine } from '../math/routine.ts';
import { interpret } from '../math/tape.ts';
import { compile, type Kernel, type Sizes } from '../math/wasm.ts';

/** Symbolic Hessians beyond so many nodes are not built: their columns come from Hessian–vector products. */
const LARGEST_HESSIAN = 300_000;

/** A matrix whose entries that are not identically zero are computed. */
export interface SparseKernel {
  readonly kernel: Kernel;
  readonly rows: Int32Array;
  readonly columns: Int32Array;
}

/** A Hessian that fills so much of its matrix is written as a whole, by the code that computes it. */
const DENSE = 0.25;
/** Of so many variables a sum's whole Hessian is written in each call; beyond it only its entries. */
const MOST_ROLLED = 64;
/** A function of so few nodes is interpreted in its first calls. */
const SMALL = 150;
const WARM_UP = 16;

export type Backend = 'auto' | 'wasm' | 'tape';

/**
 * A function ready to be evaluated: its graph and, each compiled when first needed, its routines. Parameters'
 * values come with each call, so that a slider's move compiles nothing.
 */
export class Core {
  /** f, or ½‖F‖² for a vector function. */
  readonly root: Node;
  private readonly kernels = new Map<string, unknown>();
  private calls = 0;

  constructor(
    readonly graph: Graph,
    readonly outputs: readonly Node[],
    readonly scalar: boolean,
    /** Number of variables. */
    readonly n: number,
    private readonly backend: Backend,
  ) {
    this.root = scalar ? outputs[0]! : halfSquare(graph, outputs);
  }

  private once<T>(name: string, make: () => T): T {
    let made = this.kernels.get(name) as T | undefined;
    if (made === undefined) {
      made = make();
      this.kernels.set(name, made);
    }
    return made;
  }

  private get compiles(): boolean {
    return this.backend !== 'tape' && hasWebAssembly();
  }

  /** `loops` may hold rolled sums, `straight` makes the same routines without them, for the interpreter. */
  private build(inputs: number, outputs: number, loops: () => readonly Routine[], straight = loops): Kernel {
    const sizes = this.sizes(inputs, outputs);
    return this.compiles ? compile(loops(), sizes) : interpret(straight(), sizes);
  }

  private sizes(inputs: number, outputs: number): Sizes {
    return { parameters: this.graph.parameters.length, inputs, outputs };
  }

  /**
   * Routines `value` and `valueAndGradient`; outputs: the gradient. Asked for before each call until the answer is
   * compiled: the first calls of a small function are interpreted, which is quicker than compiling it.
   */
  objective(): Kernel {
    const { graph, n } = this;
    const small = this.backend === 'auto' && this.compiles && graph.length <= SMALL && this.calls++ < WARM_UP;
    return small && this.rolled.every(({ loops }) => loops.length === 0)
      ? this.once('interpreted', () => interpret(this.rolled, this.sizes(n, n)))
      : this.once('objective', () =>
          this.build(
            n,
            n,
            () => this.rolled,
            () => this.straight,
          ),
        );
  }

  private get rolled(): readonly Routine[] {
    return this.once('rolled', () => [
      valueRoutine('value', this.graph, this.root),
      gradientRoutine('valueAndGradient', this.graph, this.root, this.n),
    ]);
  }

  private get straight(): readonly Routine[] {
    const { graph, root, slopes } = this;
    return [
      straightRoutine('value', graph, [], root),
      straightRoutine('valueAndGradient', graph, dense(graph, slopes), root),
    ];
  }

  /** ∂root/∂variables as nodes. */
  private get slopes(): Int32Array {
    return this.once('slopes', () => gradient(this.graph, this.root, this.n));
  }

  /** Routine `jacobian`; outputs: the m residuals, then the entries that are not identically zero. */
  get residuals(): SparseKernel {
    return this.once('residuals', () => {
      const { graph, outputs, n } = this;
      const entries = jacobian(graph, outputs, n);
      const m = outputs.length;
      const kernel = this.build(n, m + entries.length, () => [
        straightRoutine(
          'residual',
          graph,
          outputs.map((node, slot) => ({ node, slot })),
        ),
        straightRoutine('jacobian', graph, [
          ...outputs.map((node, slot) => ({ node, slot })),
          ...entries.map(({ node }, k) => ({ node, slot: m + k })),
        ]),
      ]);
      return { kernel, ...places(entries) };
    });
  }

  /**
   * Routine `hessian`, which returns the value; outputs: the n × n matrix if it is `dense`, otherwise the entries on
   * and below the diagonal that are not identically zero. Null where it would be too large.
   */
  get hessian(): (SparseKernel & { readonly dense: boolean }) | null {
    return this.once<(SparseKernel & { dense: boolean }) | null>('hessian', () => {
      const { graph, root, n } = this;
      const rolled = n <= MOST_ROLLED && this.compiles ? hessianRoutine(graph, root, n) : undefined;
      if (rolled) {
        const none = new Int32Array(0);
        return { kernel: this.build(n, n * n, () => [rolled]), dense: true, rows: none, columns: none };
      }
      const entries = hessian(graph, this.slopes, graph.length + LARGEST_HESSIAN);
      if (entries === undefined) return null;
      const dense = n <= 8 || entries.length > (DENSE * n * n) / 2;
      const outputs = entries.flatMap(({ node, row, column }, k) =>
        dense
          ? [{ node, slot: row * n + column }, ...(row === column ? [] : [{ node, slot: column * n + row }])]
          : [{ node, slot: k }],
      );
      const size = dense ? n * n : entries.length;
      const kernel = this.build(n, size, () => [straightRoutine('hessian', graph, outputs, root)]);
      return { kernel, dense, ...places(entries) };
    });
  }

  /** The lattice of two axes; undefined where the function is too large for it or WebAssembly is blocked. */
  grid(horizontal: number, vertical: number): GridKernel | undefined {
    return this.once(`grid ${horizontal} ${vertical}`, () =>
      this.compiles ? compileGrid(this.graph, this.root, this.n, horizontal, vertical) : undefined,
    );
  }

  /**
   * Routine `valueAndGradient` of the weighted sum over data (batch.ts): inputs are the point and a weight a term.
   * Null where the function is no such sum.
   */
  get batch(): { readonly kernel: Kernel; readonly terms: number } | null {
    return this.once('batch', () => {
      const { graph, n } = this;
      const found = weighted(graph, this.root, n);
      if (found === undefined) return null;
      const { root, terms } = found;
      const name = 'valueAndGradient' as const;
      const kernel = this.build(
        n + terms,
        n,
        () => [gradientRoutine(name, graph, root, n)],
        () => [straightRoutine(name, graph, dense(graph, gradient(graph, root, n)), root)],
      );
      return { kernel, terms };
    });
  }

  /** Routine `hessianVector`: inputs are the point and the direction, outputs the product; returns the value. */
  get product(): Kernel {
    return this.once('product', () => {
      const { graph, root, n, slopes } = this;
      const order = graph.cone(Array.from(slopes).filter((node) => node !== ZERO));
      const tangent = new Int32Array(graph.length).fill(ZERO);
      const { length } = graph;
      for (let k = 0; k < n; k++) {
        const variable = graph.input(k);
        if (variable < length) tangent[variable] = graph.input(n + k);
      }
      tangents(graph, order, tangent);
      const products = slopes.map((slope) => (slope === ZERO ? ZERO : tangent[slope]!));
      return this.build(2 * n, n, () => [
        straightRoutine('hessianVector', graph, dense(graph, products), root),
      ]);
    });
  }
}

let webAssembly: boolean | undefined;
/** Whether modules may be compiled here: a content security policy can forbid it. */
function hasWebAssembly(): boolean {
  if (webAssembly === undefined) {
    try {
      // The smallest module there is.
      new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
      webAssembly = true;
    } catch {
      webAssembly = false;
    }
  }
  return webAssembly;
}

function halfSquare(graph: Graph, outputs: readonly Node[]): Node {
  const two = graph.number(2);
  const squares = outputs.map((output) => graph.pow(output, two));
  if (squares.length === 0) return graph.number(0);
  return graph.mul(
    graph.number(0.5),
    squares.reduce((sum, square) => graph.add(sum, square)),
  );
}

function dense(graph: Graph, nodes: Int32Array): { node: Node; slot: number }[] {
  const zero = graph.number(0);
  return Array.from(nodes, (node, slot) => ({ node: node === ZERO ? zero : node, slot }));
}

function places(entries: readonly { row: number; column: number }[]): {
  rows: Int32Array;
  columns: Int32Array;
} {
  return {
    rows: Int32Array.from(entries, ({ row }) => row),
    columns: Int32Array.from(entries, ({ column }) => column),
  };
}
