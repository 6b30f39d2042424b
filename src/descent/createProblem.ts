import { DisplayAlgebra } from '../math/algebra.ts';
import { formulas } from '../math/formulas.ts';
import { Graph, GraphTooLarge } from '../math/graph.ts';
import { type Meaning, meaning } from '../math/meaning.ts';
import { parse } from '../math/parse.ts';
import { TraceAlgebra } from '../math/trace.ts';
import type { Program } from '../math/tree.ts';
import { CompiledProblem } from './compiled.ts';
import { type Backend, Core } from './core.ts';
import type { Formulas, Mistake } from './problem.ts';

/** Nodes from which on compiling takes milliseconds. */
const LARGE = 500;

export interface EngineOptions {
  /** `wasm` compiles at once and `tape` never; `auto` interprets a small function's first calls. */
  readonly backend?: Backend;
}

/** The last function that was made ready, to be used again when only a slider has moved. */
let last: { core: Core; outputs: readonly number[]; length: number; backend: string } | undefined;

/**
 * Reads a formula (docs/language.md) and makes it ready; nothing is differentiated or compiled before it is asked
 * for. `parameters` are sliders' values by name and replace those of the text. A text that makes no sense gives a
 * sentence with its place.
 */
export function createProblem(
  formula: string,
  parameters: Readonly<Record<string, number>> = {},
  { backend = 'auto' }: EngineOptions = {},
): { problem: CompiledProblem } | { error: Mistake } {
  const read = parse(formula);
  if ('error' in read) return read;
  const { program } = read;
  const given = new Map(Object.entries(parameters));
  const graph = new Graph();
  try {
    const understood = meaning(program, graph, given);
    if ('error' in understood) return understood;
    const { variables, parameters: own, scalar, outputs } = understood.meaning;
    graph.arrange(variables);
    // Parameters are inputs of the code: after a slider's move the same graph comes out, and its code is there.
    const known =
      last?.backend === backend &&
      last.length === graph.length &&
      last.core.scalar === scalar &&
      last.core.n === variables.length &&
      outputs.length === last.outputs.length &&
      outputs.every((output, k) => output === last!.outputs[k]) &&
      last.core.graph.startsWith(graph);
    const core = known ? last!.core : new Core(graph, outputs, scalar, variables.length, backend);
    if (!known) {
      last = { core, outputs, length: graph.length, backend };
      // What takes a while is done while a text is read, not in the first step.
      if (last.length > LARGE) core.objective();
    }
    const make = () => displayed(program, given);
    const trace = (values: ReadonlyMap<string, number>) => {
      const algebra = new TraceAlgebra(new DisplayAlgebra(), values);
      meaning(program, algebra, given);
      return algebra.steps;
    };
    return { problem: new CompiledProblem(core, variables, own, make, trace, mentionsList(program)) };
  } catch (error) {
    if (!(error instanceof GraphTooLarge)) throw error;
    return {
      error: { message: `This function is too large: ${error.message}.`, from: 0, to: formula.length },
    };
  }
}

/** The formulas, from the text's second reading: in the algebra that is shown. */
function displayed(program: Program, values: ReadonlyMap<string, number>): Formulas {
  const algebra = new DisplayAlgebra();
  const understood = meaning(program, algebra, values) as {
    meaning: Meaning<ReturnType<DisplayAlgebra['add']>>;
  };
  return formulas(algebra, understood.meaning);
}

/** Whether a list or an index stands in the text: only then is a sum one over data. */
function mentionsList(part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return false;
  if ('kind' in part && part.kind === 'list') return true;
  if ('indices' in part && Array.isArray(part.indices) && part.indices.length > 0) return true;
  return Object.values(part).some(mentionsList);
}
