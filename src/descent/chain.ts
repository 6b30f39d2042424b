import { Graph, GraphTooLarge } from '../math/graph.ts';
import { List, sizeOf, type Value } from '../math/lists.ts';
import { type Meaning, meaning } from '../math/meaning.ts';
import { parse } from '../math/parse.ts';
import type { Line, Node, Program } from '../math/tree.ts';
import { CompiledProblem } from './compiled.ts';
import { Core } from './core.ts';

/** A named line of a text that depends on the variables, or, as the last one, the function itself. */
export interface ChainPart {
  /** Of the function where it has none: "F", or "f" for one number. */
  readonly name: string;
  /** [] for a number, [m] for a list, [rows, columns] for a matrix, whose entries count by rows. */
  readonly shape: readonly number[];
  readonly size: number;
  /** What it is written in terms of: indices of earlier parts, ascending; −1 are the variables. */
  readonly uses: readonly number[];
}

/** A part's numbers at a point. */
export interface ChainValue {
  /** size. */
  readonly value: Float64Array;
  /** In the order of `uses`: size × (size of the used part, or n), by rows. */
  readonly jacobians: readonly Float64Array[];
}

/** A function as the parts that its text names, each a function of the variables and the parts before it. */
export interface Chain {
  readonly variables: readonly string[];
  /** At least two; every one is needed for the last. */
  readonly parts: readonly ChainPart[];
  evaluate(x: Float64Array): readonly ChainValue[];
}

/** Entries of all parts together, with the variables; local Jacobians are that wide. */
const MOST_ENTRIES = 2000;
const MOST_PARTS = 60;

/**
 * The parts of a text that makes sense; a sentence where it names none or too much. In each part the earlier ones stand
 * as variables of their own, so that its Jacobian is that of what the line says.
 */
export function createChain(
  formula: string,
  parameters: Readonly<Record<string, number>> = {},
): Chain | { readonly none: string } {
  const read = parse(formula);
  if ('error' in read) return { none: read.error.message };
  const { program } = read;
  const given = new Map(Object.entries(parameters));
  try {
    const understood = meaning(program, new Graph(), given);
    if ('error' in understood) return { none: understood.error.message };
    return chainOf(program, understood.meaning, given);
  } catch (error) {
    if (!(error instanceof GraphTooLarge)) throw error;
    return { none: 'This function is too large to be taken apart.' };
  }
}

/** A part with the function of all variables and all earlier parts' entries that its line is. */
interface Link extends ChainPart {
  readonly own: CompiledProblem;
  /** Where its entries stand among the inputs of later parts. */
  readonly offset: number;
}

function chainOf(
  program: Program,
  whole: Meaning<number>,
  given: ReadonlyMap<string, number>,
): Chain | { readonly none: string } {
  const { variables, parts } = whole;
  if (parts.length === 0) {
    return { none: 'The text names no part of the function, such as h = tanh(W @ x) in a line of its own.' };
  }
  const sizes = parts.map(({ value }) => sizeOf(shapeOf(value)));
  const inputs = sizes.reduce((sum, size) => sum + size, variables.length);
  if (parts.length > MOST_PARTS || inputs + whole.outputs.length > MOST_ENTRIES) {
    return { none: `The parts have ${inputs} numbers; up to ${MOST_ENTRIES} are taken apart.` };
  }
  const names = [...variables, ...parts.flatMap(({ name }, k) => namesOf(name, sizes[k]!))];
  const lines = new Map(program.definitions.map((line) => [line.name, line]));
  const isPart = new Set(parts.map(({ name }) => name));
  const fixed = program.definitions.filter(({ name }) => !isPart.has(name!));
  const replaced: Line[] = [];
  const links: Link[] = [];
  let offset = variables.length;
  for (const [k, { name, value }] of [
    ...parts,
    { name: program.result.name ?? (whole.scalar ? 'f' : 'F'), value: undefined },
  ].entries()) {
    const line = value === undefined ? program.result : lines.get(name)!;
    const definitions = [...fixed, ...replaced];
    const graph = new Graph();
    const entries =
      value === undefined
        ? meant({ definitions, result: { ...line, variables: names } }, graph, given).outputs
        : entriesOf(
            meant({ definitions: [...definitions, line], result: nothing(line, names) }, graph, given),
            name,
          );
    graph.arrange(names);
    const shape = value === undefined ? (whole.scalar ? [] : [whole.outputs.length]) : shapeOf(value);
    const core = new Core(graph, entries, false, names.length, 'auto');
    const own = new CompiledProblem(core, names, whole.parameters, unasked, unasked);
    const uses = usesOf(graph, entries, variables.length, links);
    links.push({ name, shape, size: entries.length, uses, own, offset });
    if (value === undefined) break;
    replaced.push({ ...line, body: listOf(namesOf(name, sizes[k]!), shape) });
    offset += sizes[k]!;
  }
  return needed(links, variables);
}

/** Names that no text can hold. */
const namesOf = (name: string, size: number): string[] =>
  Array.from({ length: size }, (_, k) => `${name}\u0000${k}`);

const shapeOf = <T>(value: Value<T>): readonly number[] => (value instanceof List ? value.shape : []);

const nowhere = { from: 0, to: 0 };

/** The entries as a number, a list or a matrix. */
function listOf(names: readonly string[], shape: readonly number[]): Node {
  const numbers: Node[] = names.map((name) => ({ kind: 'name', name, ...nowhere }));
  if (shape.length === 0) return numbers[0]!;
  const width = shape[1];
  if (width === undefined) return { kind: 'list', entries: numbers, ...nowhere };
  const rows = Array.from(
    { length: shape[0]! },
    (_, row): Node => ({ kind: 'list', entries: numbers.slice(row * width, (row + 1) * width), ...nowhere }),
  );
  return { kind: 'list', entries: rows, ...nowhere };
}

/** Nobody asks a part for its formulas. */
function unasked(): never {
  throw new Error('a part is only evaluated');
}

/** A result that is not looked at. */
const nothing = (line: Line, variables: readonly string[]): Line => ({
  ...line,
  name: undefined,
  variables,
  beginsWithSign: false,
  body: { kind: 'number', text: '0', ...nowhere },
});

function meant(program: Program, graph: Graph, given: ReadonlyMap<string, number>): Meaning<number> {
  const understood = meaning(program, graph, given);
  if ('error' in understood) throw new Error(`a part alone has no meaning: ${understood.error.message}`);
  return understood.meaning;
}

function entriesOf({ parts }: Meaning<number>, name: string): readonly number[] {
  const { value } = parts.find((part) => part.name === name)!;
  return value instanceof List ? value.entries : [value];
}

/** Which blocks of the inputs a part's entries need. */
function usesOf(graph: Graph, entries: readonly number[], n: number, links: readonly Link[]): number[] {
  const found = new Set<number>();
  const isInput = new Map(Array.from({ length: graph.variables.length }, (_, k) => [graph.input(k), k]));
  for (const node of graph.cone(entries)) {
    const input = isInput.get(node);
    if (input === undefined) continue;
    found.add(
      input < n ? -1 : links.findIndex(({ offset, size }) => input >= offset && input < offset + size),
    );
  }
  return [...found].sort((a, b) => a - b);
}

/** Leaves out what the function does not need. */
function needed(links: readonly Link[], variables: readonly string[]): Chain | { readonly none: string } {
  const wanted = new Set([links.length - 1]);
  for (let k = links.length - 1; k >= 0; k--) {
    if (wanted.has(k)) for (const used of links[k]!.uses) wanted.add(used);
  }
  const kept = links.filter((_, k) => wanted.has(k));
  if (kept.length < 2) return { none: 'The function uses none of the parts that the text names.' };
  const place = new Map(kept.map((link, k) => [links.indexOf(link), k]));
  const n = variables.length;
  const last = kept.at(-1)!;
  const parts = kept.map(({ name, shape, size, uses }) => ({
    name,
    shape,
    size,
    uses: uses.map((used) => place.get(used) ?? -1),
  }));
  return {
    variables,
    parts,
    evaluate(x) {
      const inputs = new Float64Array(last.offset);
      inputs.set(x);
      return kept.map(({ own, offset, size, uses }) => {
        const value = own.residual(inputs).slice();
        const jacobian = own.jacobian(inputs);
        if (offset < last.offset) inputs.set(value, offset);
        const jacobians = uses.map((used) => {
          const [from, width] = used < 0 ? [0, n] : [links[used]!.offset, links[used]!.size];
          return block(jacobian, size, last.offset, from, width);
        });
        return { value, jacobians };
      });
    },
  };
}

/** Columns from … from + width of a matrix of `rows` × `columns`. */
function block(
  matrix: Float64Array,
  rows: number,
  columns: number,
  from: number,
  width: number,
): Float64Array {
  const part = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    part.set(matrix.subarray(row * columns + from, row * columns + from + width), row * width);
  }
  return part;
}
