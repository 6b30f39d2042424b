import type { Method, Moment, Quantity, State, Trials } from './method.ts';
import { findMethod } from './methods/index.ts';
import type { Problem } from './problem.ts';
import { createRun } from './run.ts';
import type { Options } from './settings.ts';

/** One line of a rule: as the paper writes it, and for this problem and step. */
export interface ExplainedLine {
  /** TeX with the paper's symbols. */
  readonly paper: string;
  /** One per variable where the line is a vector's, otherwise one: TeX with symbols, with numbers, and the result. */
  readonly forms: readonly { readonly symbols: string; readonly numbers: string; readonly value?: number }[];
}

export interface Explanation {
  readonly moment: Moment<State, string>;
  readonly trials: Trials | undefined;
  readonly lines: readonly ExplainedLine[];
}

const NAME = /@([A-Za-z][A-Za-z0-9]*)(_?)/g;

/** Digits of a number in a rule. */
const DIGITS = 5;

/**
 * Step k (from 1) of the run that `options` describe, explained by its method's rule; `tex` typesets a variable's name.
 * Undefined where the run has no such step. Throws as `descend`.
 */
export function explain(
  problem: Problem,
  options: Options,
  k: number,
  tex: (variable: string) => string,
): Explanation | undefined {
  const run = createRun(problem, options);
  run.advance(k - 1);
  if (k < 1 || run.taken !== k - 1 || run.outcome) return undefined;
  const before = structuredClone(run.state) as State;
  const at = structuredClone(run.at);
  run.advance(1);
  if (run.taken !== k) return undefined;
  const method = findMethod(options.method)!;
  const { trials } = run;
  const moment: Moment<State, string> = {
    t: k,
    at,
    next: structuredClone(run.at),
    before,
    after: structuredClone(run.state) as State,
    params: { ...run.params },
    trials,
  };
  return { moment, trials, lines: explainedLines(method, moment, problem.variables.map(tex)) };
}

/** Every line of a method's rule for one step; `variables` are typeset names. */
export function explainedLines(
  method: Method,
  moment: Moment<State, string>,
  variables: readonly string[],
): ExplainedLine[] {
  return method.rule.lines(moment.params, moment.trials).map((line) => {
    const names = [...line.matchAll(NAME)].map((match) => ({ name: match[1]!, earlier: match[2] === '_' }));
    const values = names.map(({ name, earlier }) => quantity(method, moment, name, earlier));
    const paper = filled(line, (name, earlier) => symbol(method, name, earlier));
    const [defined] = values;
    const vectors = values.some((value) => typeof value === 'object');
    const matrices = values.some((value) => typeof value === 'object' && value.length !== variables.length);
    const whole = matrices || (vectors && typeof defined !== 'object') || /\\top|\\\|/.test(line);
    if (whole || !vectors) {
      const write = (name: string, earlier: boolean) => {
        const value = quantity(method, moment, name, earlier);
        return value === undefined ? symbol(method, name, earlier) : texQuantity(value, variables.length);
      };
      const numbers = filled(line, write, true);
      return {
        paper,
        forms: [{ symbols: paper, numbers, ...(typeof defined === 'number' && { value: defined }) }],
      };
    }
    const forms = variables.map((variable, i) => {
      const symbols = filled(line, (name, earlier) => {
        if (name === 'x') return variable;
        if (name === 'next') return `${variable}^{+}`;
        if (name === 'g') return `\\frac{\\partial f}{\\partial ${variable}}`;
        const value = quantity(method, moment, name, earlier);
        const letter = symbol(method, name, earlier);
        return typeof value === 'object' ? `\\left[${letter}\\right]_{${variable}}` : letter;
      });
      const numbers = filled(
        line,
        (name, earlier) => {
          const value = quantity(method, moment, name, earlier);
          if (value === undefined) return symbol(method, name, earlier);
          return texNumber(typeof value === 'object' ? value[i]! : value);
        },
        true,
      );
      return { symbols, numbers, ...(typeof defined === 'object' && { value: defined[i]! }) };
    });
    return { paper, forms };
  });
}

/** The TeX of a name in a rule. */
export function symbol(method: Method, name: string, earlier: boolean): string {
  switch (name) {
    case 'x':
      return 'x_{t-1}';
    case 'next':
      return 'x_t';
    case 'g':
      return 'g_t';
    case 't':
      return 't';
  }
  const letter = own(method.rule.state, name);
  if (letter !== undefined) return `${letter}_${earlier ? '{t-1}' : 't'}`;
  return own(method.params, name)?.symbol ?? own(method.rule.also, name)?.tex ?? name;
}

/** The value of a name in a rule; undefined for what the state does not hold at this setting. */
export function quantity(
  method: Method,
  moment: Moment<State, string>,
  name: string,
  earlier = false,
): Quantity | undefined {
  switch (name) {
    case 'x':
      return moment.at.x;
    case 'next':
      return moment.next.x;
    case 'g':
      return moment.at.gradient;
    case 't':
      return moment.t;
  }
  if (own(method.rule.state, name) !== undefined) return own(earlier ? moment.before : moment.after, name);
  return own(method.params, name) ? own(moment.params, name) : own(method.rule.also, name)?.of(moment);
}

function own<T>(table: Readonly<Partial<Record<string, T>>> | undefined, name: string): T | undefined {
  return table && Object.hasOwn(table, name) ? table[name] : undefined;
}

/** The line with every name replaced; products are a thin space between symbols and a dot between numbers. */
function filled(line: string, write: (name: string, earlier: boolean) => string, numeric = false): string {
  const text = line.replace(NAME, (match, name: string, mark: string, offset: number) => {
    const written = write(name, mark === '_');
    const power = line[offset + match.length] === '^';
    const braced = line[offset - 1] === '{' && line[offset + match.length] === '}';
    const sum = !braced && /\s[+-]\s/.test(written);
    const signed = written.startsWith('-') && /[-+*]\s?$/.test(line.slice(0, offset));
    const single = numeric ? /^(\d|\\begin)[^ ]*( .*pmatrix\})?$/ : /^(?!\\frac)[^^]*$/;
    const group = sum || signed || (power && !single.test(written));
    return group ? `\\left(${written}\\right)` : written;
  });
  return text.replaceAll(' * ', numeric ? ' \\cdot ' : '\\,');
}

/** A number with five significant digits in TeX. */
export function texNumber(value: number): string {
  if (!Number.isFinite(value))
    return Number.isNaN(value) ? '\\text{none}' : value > 0 ? '\\infty' : '-\\infty';
  const rounded = Number(value.toPrecision(DIGITS));
  const size = Math.abs(rounded);
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) {
    const [mantissa, exponent] = rounded.toExponential().split('e');
    return `${mantissa} \\cdot 10^{${Number(exponent)}}`;
  }
  return String(rounded);
}

/** A number, a column of n, or rows of n. */
function texQuantity(value: Quantity, n: number): string {
  if (typeof value === 'number') return texNumber(value);
  const columns = value.length > n && value.length % n === 0 ? n : 1;
  const rows = Array.from({ length: value.length / columns }, (_, i) =>
    Array.from(value.slice(i * columns, (i + 1) * columns), texNumber).join(' & '),
  );
  return `\\begin{pmatrix} ${rows.join(' \\\\ ')} \\end{pmatrix}`;
}
