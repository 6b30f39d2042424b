import { evaluateTex } from './arithmetic.ts';
import type { Method, Moment, Quantity, State, Trials } from './method.ts';
import { findMethod } from './methods/index.ts';
import type { Problem } from './problem.ts';
import { createRun } from './run.ts';
import type { Options } from './settings.ts';

/** A line of a rule, or one variable's part of it. */
export interface ExplainedForm {
  /** TeX with this problem's symbols. */
  readonly symbols: string;
  /**
   * TeX with this step's numbers, rounded so that who recomputes them finds what is shown: `result = arithmetic`, with
   * `≈` or `≠` where that does not hold; the result alone where the line is not arithmetic.
   */
  readonly numbers: string;
  /** What the line defines, where it is a number. */
  readonly value?: number;
}

/** One line of a rule: as the paper writes it, and for this problem and step. */
export interface ExplainedLine {
  /** TeX with the paper's symbols. */
  readonly paper: string;
  /** One per variable (of many the first) where the line is a vector's, otherwise one. */
  readonly forms: readonly ExplainedForm[];
}

export interface Explanation {
  readonly moment: Moment<State, string>;
  readonly trials: Trials | undefined;
  readonly lines: readonly ExplainedLine[];
}

const NAME = /@([A-Za-z][A-Za-z0-9]*)(_?)/g;

/** Significant digits of a number in a rule, where the arithmetic adds up with them, and the most that are tried. */
const DIGITS = 5;
const MOST_DIGITS = 12;
/** So many variables have their own lines; a matrix of more rows than the second is written with dots. */
const MOST_FORMS = 24;
const MOST_ROWS = 6;

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
  return {
    moment,
    trials,
    lines: explainedLines(method, moment, problem.variables.map(tex), problem.scalar ? 'f' : '\\varphi'),
  };
}

/** Every line of a method's rule for one step; `variables` are typeset names, as is `f`, what goes down. */
export function explainedLines(
  method: Method,
  moment: Moment<State, string>,
  variables: readonly string[],
  f = 'f',
): ExplainedLine[] {
  return method.rule.lines(moment.params, moment.trials).map((line) => {
    const paper = filled(line, (name, earlier) => symbol(method, name, earlier));
    const writers = writersOf(method, moment, line, variables, paper, f);
    let forms: Written[] = [];
    for (let digits = DIGITS; digits <= MOST_DIGITS; digits++) {
      forms = writers.map((write) => write(digits));
      if (forms.every(({ addsUp }) => addsUp !== false)) break;
      if (digits === MOST_DIGITS) forms = writers.map((write) => write(DIGITS));
    }
    return { paper, forms: forms.map(({ addsUp, ...form }) => form) };
  });
}

/** Undefined where there is nothing to recompute. */
type Written = ExplainedForm & { readonly addsUp: boolean | undefined };

/** What writes a line's forms with so many digits. */
function writersOf(
  method: Method,
  moment: Moment<State, string>,
  line: string,
  variables: readonly string[],
  paper: string,
  f: string,
): ((digits: number) => Written)[] {
  const names = [...line.matchAll(NAME)].map((match) => ({ name: match[1]!, earlier: match[2] === '_' }));
  // A quantity may be a product of matrices: once a line.
  const known = new Map(
    names.map(({ name, earlier }) => [name + earlier, quantity(method, moment, name, earlier)]),
  );
  const values = [...known.values()];
  const first = names[0] && known.get(names[0].name + names[0].earlier);
  const vectors = values.some((value) => typeof value === 'object');
  const matrices = values.some((value) => typeof value === 'object' && value.length !== variables.length);
  const whole = matrices || (vectors && typeof first !== 'object') || /\\top|\\\|/.test(line);
  /** Whether the left side is one name, which the right side computes. */
  const defines = /^@\w+ = /.test(line);

  const written = (part: number | undefined, symbols: string, digits: number): Written => {
    const at = (value: Quantity) => (typeof value === 'object' && part !== undefined ? value[part]! : value);
    const result = first === undefined ? undefined : at(first);
    const precise = names[0]?.name === 'next' ? stepDigits(moment, part) : DIGITS;
    let seen = 0;
    const numbers = filled(
      line,
      (name, earlier) => {
        const value = known.get(name + earlier);
        if (value === undefined) return symbol(method, name, earlier);
        return texQuantity(at(value), variables.length, seen++ === 0 && defines ? precise : digits);
      },
      true,
    );
    const form = { symbols, ...(defines && typeof result === 'number' && { value: result }) };
    const [left = '', right = ''] = split(numbers);
    const [shown, computed] = [evaluateTex(left), evaluateTex(right.replace(/,?\s*\\quad.*$/, ''))];
    if (!computed) return { ...form, numbers: defines ? left : numbers, addsUp: undefined };
    if (!shown || shown.entries.length !== computed.entries.length)
      return { ...form, numbers, addsUp: undefined };
    const off = distance(shown.entries, computed.entries);
    const rounds = (value: number, i: number) =>
      texNumber(value, precise) === texNumber(shown.entries[i]!, precise);
    const addsUp = defines ? computed.entries.every(rounds) : off < 0.5 * 10 ** (1 - DIGITS);
    const sign = addsUp ? '=' : off < 1e-3 ? '\\approx' : '\\neq';
    return { ...form, numbers: `${left} ${sign} ${right}`, addsUp };
  };

  if (whole || !vectors) return [(digits) => written(undefined, paper, digits)];
  return variables.slice(0, MOST_FORMS).map((variable, i) => {
    const symbols = filled(line, (name, earlier) => {
      if (name === 'x') return variable;
      if (name === 'next') return `${variable}^{+}`;
      if (name === 'g') return `\\frac{\\partial ${f}}{\\partial ${variable}}`;
      const letter = symbol(method, name, earlier);
      return typeof known.get(name + earlier) === 'object'
        ? `\\left[${letter}\\right]_{${variable}}`
        : letter;
    });
    return (digits) => written(i, symbols, digits);
  });
}

/** The sides of a line's first equals sign. */
function split(line: string): [left: string, right: string] {
  const at = line.indexOf(' = ');
  return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 3)];
}

/** Of all entries, as a part of the largest. */
function distance(a: readonly number[], b: readonly number[]): number {
  const largest = a.reduce((most, value) => Math.max(most, Math.abs(value)), Number.MIN_VALUE);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0) / largest;
}

/** Digits of the next point such that the step there shows in two of them. */
function stepDigits({ at, next }: Moment<State, string>, part: number | undefined): number {
  const parts = part === undefined ? Array.from(at.x.keys()) : [part];
  const needed = parts.map((i) => {
    const ratio = Math.abs(next.x[i]! / (next.x[i]! - at.x[i]!));
    return Number.isFinite(ratio) && ratio > 0 ? Math.ceil(Math.log10(ratio)) + 2 : DIGITS;
  });
  return Math.min(MOST_DIGITS, Math.max(DIGITS, ...needed));
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
    const single = numeric ? /^(\d|\\begin)[^ ^]*( .*pmatrix\})?$/ : /^(?!\\frac)[^^]*$/;
    const group = sum || signed || (power && !single.test(written));
    return group ? `\\left(${written}\\right)` : written;
  });
  return text.replaceAll(' * ', numeric ? ' \\cdot ' : '\\,');
}

/** A number with so many significant digits in TeX. */
export function texNumber(value: number, digits = DIGITS): string {
  if (!Number.isFinite(value))
    return Number.isNaN(value) ? '\\text{none}' : value > 0 ? '\\infty' : '-\\infty';
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) {
    const [mantissa, exponent] = rounded.toExponential().split('e');
    const power = `10^{${Number(exponent)}}`;
    return mantissa === '1' ? power : mantissa === '-1' ? `-${power}` : `${mantissa} \\cdot ${power}`;
  }
  return String(rounded);
}

/** A number, a column of n, or rows of n; long ones with dots. */
function texQuantity(value: Quantity, n: number, digits: number): string {
  if (typeof value === 'number') return texNumber(value, digits);
  if (value.length === 1) return texNumber(value[0]!, digits);
  const columns = value.length > n && value.length % n === 0 ? n : 1;
  const height = value.length / columns;
  const row = (i: number) =>
    shortened(columns, '\\cdots', (k) => texNumber(value[i * columns + k]!, digits)).join(' & ');
  const dots = shortened(columns, '\\ddots', () => '\\vdots').join(' & ');
  return `\\begin{pmatrix} ${shortened(height, dots, row).join(' \\\\ ')} \\end{pmatrix}`;
}

/** All entries, or of many the first three and the last. */
function shortened(count: number, dots: string, entry: (i: number) => string): string[] {
  if (count <= MOST_ROWS) return Array.from({ length: count }, (_, i) => entry(i));
  return [entry(0), entry(1), entry(2), dots, entry(count - 1)];
}
