import { quantity, symbol } from './explain.ts';
import type { Drawing, Method, Moment, Quantity, State } from './method.ts';

/** A quantity of a step that is drawn in the plane, from the point where the step begins. */
export interface Drawn {
  readonly kind: Drawing;
  /** TeX of the quantity, with its sign. */
  readonly tex: string;
  /** What the step was taken with. */
  readonly value: Quantity;
  /** What it has become; only of a simplex. */
  readonly after?: Quantity;
  /** Of an arrow: whether it has the length of a step in the plane. One that the rule multiplies by a rate has not. */
  readonly toScale?: boolean;
}

/** Beyond so many variables a matrix is not built and inverted for the sake of a picture. */
const MOST_INVERTED = 60;

/**
 * What a method's rule says is drawn of a step. Of a quantity that the rule carries over, such as a velocity, that is
 * the value it came with; an arrow that the rule subtracts is turned round, so that every arrow shows where it pulls.
 */
export function drawnOf(method: Method, moment: Moment<State, string>): Drawn[] {
  const lines = method.rule.lines(moment.params, moment.trials);
  const against = lines.some((line) => /^@next = .*@x -/.test(line));
  return Object.entries(method.rule.drawn ?? {}).flatMap(([key, name]): Drawn[] => {
    const kind = key as Drawing;
    if (kind === 'inverse ellipse' && moment.at.x.length > MOST_INVERTED) return [];
    const begins = kind === 'circle' || kind === 'simplex';
    const carried = lines.some((line) => new RegExp(`@${name}_(?![A-Za-z0-9])`).test(line));
    const before = begins || carried ? quantity(method, moment, name, true) : undefined;
    const after = quantity(method, moment, name);
    const earlier = before !== undefined && before !== 0;
    const value = earlier ? before : after;
    if (value === undefined || after === undefined || !known(value)) return [];
    const tex = symbol(method, name, earlier);
    if (kind === 'simplex') return [{ kind, tex, value, after }];
    if (kind !== 'arrow') return [{ kind, tex, value }];
    const turned = against && typeof value === 'object' ? value.map((entry) => -entry) : value;
    return [{ kind, tex: against ? `-${tex}` : tex, value: turned, toScale: !against }];
  });
}

const known = (value: Quantity): boolean =>
  typeof value === 'number' ? Number.isFinite(value) : value.length > 0 && value.every(Number.isFinite);
