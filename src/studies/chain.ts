import { type Chain, type ChainPart, createChain } from '../descent/chain.ts';
import type { Problem } from '../descent/problem.ts';
import { rank, singularValues } from '../math/linear.ts';
import type { Study, StudyContext } from './study.ts';

/** A matrix with how much it stretches. */
export interface ChainMatrix {
  readonly rows: number;
  readonly columns: number;
  /** rows × columns, by rows. */
  readonly entries: Float64Array;
  /** Descending. */
  readonly singularValues: Float64Array;
  readonly rank: number;
}

export interface ChainLink extends ChainPart {
  /** size. */
  readonly value: Float64Array;
  /** By each part that it uses, in the order of `uses` (−1: the variables): its own Jacobian, the others held fixed. */
  readonly local: readonly ChainMatrix[];
  /** By the variables, from the local ones: Σ local·total of the used part. */
  readonly total: ChainMatrix;
}

export interface ChainAnswer {
  readonly variables: readonly string[];
  /** n. */
  readonly at: Float64Array;
  /** In the order of the text; the last is the function. */
  readonly links: readonly ChainLink[];
  /** Each part uses just the one before it: the whole Jacobian is the plain product of the local ones. */
  readonly plain: boolean;
  /** The Jacobian of the whole (m × n), as the engine has it without looking at parts. */
  readonly whole: ChainMatrix;
  /** Largest difference between the whole and the last total, and the largest entry of the whole. */
  readonly difference: number;
  readonly largest: number;
}

/** Side of a matrix; singular values cannot be left halfway, and of so many they take a tenth of a second. */
const MOST_SIDE = 160;

const chains = new WeakMap<Problem, Chain | { readonly none: string }>();

function chainOf({ problem, setup }: StudyContext): Chain | { readonly none: string } {
  const known = chains.get(problem) ?? createChain(setup.formula, setup.sliders);
  chains.set(problem, known);
  return known;
}

/** The chain rule in numbers: the Jacobian of each part that the text names, and their product. */
export const chain: Study<'chain', Record<never, never>, ChainAnswer> = {
  id: 'chain',
  dependsOn: 'step',
  unfit(context) {
    const found = chainOf(context);
    if ('none' in found) return found.none;
    const sides = [found.variables.length, ...found.parts.map(({ size }) => size)];
    return Math.max(...sides) > MOST_SIDE
      ? `A part has ${Math.max(...sides)} numbers; chains of up to ${MOST_SIDE} are taken apart.`
      : undefined;
  },
  *run(context) {
    const found = chainOf(context);
    if ('none' in found) throw new Error(found.none);
    const { problem, at, pause } = context;
    const n = at.length;
    const values = found.evaluate(at);
    const links: ChainLink[] = [];
    for (const [k, part] of found.parts.entries()) {
      const { value, jacobians } = values[k]!;
      const local = part.uses.map((used, i) => {
        const columns = used < 0 ? n : found.parts[used]!.size;
        return matrix(jacobians[i]!, part.size, columns);
      });
      const sum = new Float64Array(part.size * n);
      for (const [i, used] of part.uses.entries()) {
        const inner = used < 0 ? undefined : links[used]!.total;
        addProduct(sum, local[i]!, inner, n);
      }
      links.push({ ...part, value, local, total: matrix(sum, part.size, n) });
      if (pause()) yield;
    }
    const whole = matrix(problem.jacobian(at).slice(), problem.outputs, n);
    const product = links.at(-1)!.total.entries;
    const largestOf = (entries: Float64Array) =>
      entries.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
    return {
      variables: found.variables,
      at: at.slice(),
      links,
      plain: found.parts.every(({ uses }, k) => uses.length === 1 && uses[0] === k - 1),
      whole,
      difference: largestOf(whole.entries.map((entry, i) => entry - product[i]!)),
      largest: largestOf(whole.entries),
    };
  },
};

function matrix(entries: Float64Array, rows: number, columns: number): ChainMatrix {
  const values = singularValues(entries, rows, columns);
  return { rows, columns, entries, singularValues: values, rank: rank(values, rows, columns) };
}

/** sum += outer·inner, inner being the identity where it is absent. */
function addProduct(sum: Float64Array, outer: ChainMatrix, inner: ChainMatrix | undefined, n: number): void {
  const { rows, columns, entries } = outer;
  if (!inner) {
    for (let k = 0; k < entries.length; k++) sum[k] = sum[k]! + entries[k]!;
    return;
  }
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < columns; k++) {
      const factor = entries[row * columns + k]!;
      if (factor === 0) continue;
      for (let j = 0; j < n; j++) sum[row * n + j] = sum[row * n + j]! + factor * inner.entries[k * n + j]!;
    }
  }
}
