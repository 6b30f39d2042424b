import { type Drawn, drawnOf } from '../descent/drawn.ts';
import { type ExplainedLine, explainedLines, quantity, symbol } from '../descent/explain.ts';
import type { Method, Moment, Point, Quantity, State, Trials } from '../descent/method.ts';
import { findMethod } from '../descent/methods/index.ts';
import { texName } from '../math/tex.ts';
import { momentOf } from './moments.ts';
import type { Study } from './study.ts';

/** A named number, vector (n) or matrix (n × n by rows) of a step. */
export interface NamedQuantity {
  readonly name: string;
  readonly tex: string;
  /** NaN or absent where this step has none. */
  readonly value: Quantity | undefined;
  /** A state's value before the step. */
  readonly before?: Quantity;
}

export interface StepOptions {
  /** The step that led to the point in place of the one that begins there. */
  readonly back?: boolean;
}

export interface StepAnswer {
  /** The step goes from point `from` to point from + 1. */
  readonly from: number;
  readonly method: string;
  readonly at: Point;
  /** Absent at the end of the run: no further step was taken. */
  readonly next?: Point;
  /** n: next − at. */
  readonly moved?: Float64Array;
  readonly before: State;
  readonly after?: State;
  /** With the rate that a schedule gave this step. */
  readonly params: Readonly<Record<string, number>>;
  /** Also of a step that failed and so ended the run. */
  readonly trials?: Trials;
  /** The rule as the paper writes it and with this step's symbols and numbers; empty without a step. */
  readonly lines: readonly ExplainedLine[];
  /** The state's and the rule's quantities; empty without a step. */
  readonly quantities: readonly NamedQuantity[];
  readonly drawn: readonly Drawn[];
  /** Whether the method saw another gradient than f's own: noise or a batch. */
  readonly disturbed: boolean;
  /** Whether the points are bit by bit those of the recorded path. */
  readonly consistent: boolean;
}

/** One step of a run with everything that it knew. */
export const step: Study<'step', StepOptions, StepAnswer> = {
  id: 'step',
  dependsOn: 'step',
  unfit: ({ problem }) => (problem.variables.length === 0 ? 'A constant leaves nothing to step.' : undefined),
  *run(context, { back = false }) {
    const { problem, setup, run, path } = context;
    const from = back ? Math.max(0, context.step - 1) : context.step;
    const { method: id } = setup.runs[run]!;
    const method = findMethod(id)!;
    const n = problem.variables.length;
    const { moment, at, state, trials } = yield* momentOf(context, from);
    const recorded = (k: number) => path.x.subarray(k * n, (k + 1) * n);
    const exact = path.gradient.subarray(from * n, (from + 1) * n);
    const common = {
      from,
      method: id,
      at: structuredClone(at),
      before: structuredClone(state),
      ...(trials && { trials: structuredClone(trials) }),
      disturbed: !same(at.gradient, exact),
    };
    if (!moment) {
      const nothing = { params: {}, lines: [], quantities: [], drawn: [] };
      return { ...common, ...nothing, consistent: same(at.x, recorded(from)) };
    }
    const { next, after, params } = moment;
    return structuredClone({
      ...common,
      next,
      moved: next.x.map((value, i) => value - at.x[i]!),
      after,
      params,
      lines: explainedLines(
        method,
        moment,
        problem.variables.map(texName),
        problem.scalar ? 'f' : '\\varphi',
      ),
      quantities: quantitiesOf(method, moment),
      drawn: drawnOf(method, moment),
      consistent: same(at.x, recorded(from)) && same(next.x, recorded(from + 1)),
    });
  },
};

function quantitiesOf(method: Method, moment: Moment<State, string>): NamedQuantity[] {
  const { state = {}, also = {} } = method.rule;
  const stored = Object.keys(state).map((name) => {
    const before = quantity(method, moment, name, true);
    const value = quantity(method, moment, name);
    return { name, tex: symbol(method, name, false), value, ...(before !== undefined && { before }) };
  });
  const derived = Object.keys(also).map((name) => ({
    name,
    tex: symbol(method, name, false),
    value: quantity(method, moment, name),
  }));
  return [...stored, ...derived];
}

function same(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]) || value === b[i]);
}
