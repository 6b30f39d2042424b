import type { Parameter } from './descent/method.ts';
import { findMethod } from './descent/methods/index.ts';

export type Range = readonly [min: number, max: number];
export type View = 'contour' | 'surface';
/** What a race of several runs is counted by; see race.ts. */
export type Clock = 'evaluations' | 'steps';

/** One run of a method; several are compared. */
export interface Run {
  readonly method: string;
  /** By parameter id; absent means the method's default. */
  readonly params: Readonly<Record<string, number | string>>;
  /** This run's own start; absent: the common one. */
  readonly start?: readonly number[];
}

/** Everything that a person has set: what a link carries. */
export interface Setup {
  readonly formula: string;
  /** In the order of the variables; absent: chosen from the function. */
  readonly start?: readonly number[];
  /** At least one. */
  readonly runs: readonly Run[];
  readonly steps: number;
  readonly tol: number;
  /** Window of the plot; absent: fits start, path and minima. */
  readonly x?: Range;
  readonly y?: Range;
  /** The two variables on the axes, or the plane in which the path spreads most; absent: the first two variables. */
  readonly axes?: readonly [string, string] | 'principal';
  readonly view: View;
  readonly clock: Clock;
  /** Sliders' values by parameter name. */
  readonly sliders: Readonly<Record<string, number>>;
  readonly embed: boolean;
  readonly hide: readonly string[];
}

/** A change of settings; a key that is present and undefined goes back to 'chosen by the page'. */
export type Patch = { readonly [K in keyof Setup]?: Setup[K] | undefined };

/** What a link says: the settings, the step that is looked at, and a sentence for each value that made no sense. */
export interface Opened {
  readonly setup: Setup;
  readonly step: number;
  readonly notes: readonly string[];
}

/** What an empty link shows: the lesson's function. Its start, (5, 3), is the example's (presets.ts). */
export const defaultSetup: Setup = {
  formula: 'w1^2 + w2^2',
  runs: [{ method: 'gd', params: {} }],
  steps: 50,
  tol: 1e-6,
  view: 'contour',
  clock: 'evaluations',
  sliders: {},
  embed: false,
  hide: [],
};

/** Bounds of what a link may ask for; a link is written by anyone. */
export const bounds = {
  /** Characters of a fragment; a data set of a few thousand numbers fits. */
  link: 100_000,
  runs: 6,
  /** Steps of a run; their points stay in memory. */
  steps: 100_000,
  /** Numbers in a start. */
  coordinates: 10_000,
  sliders: 100,
  /** Of a coordinate, where 'diverged' begins. */
  magnitude: 1e100,
} as const;

const views: readonly View[] = ['contour', 'surface'];
const clocks: readonly Clock[] = ['evaluations', 'steps'];

/** The parameters of a method in the order of its description; none for an unknown id. */
export function parametersOf(method: string): ReadonlyMap<string, Parameter> {
  return new Map(Object.entries(findMethod(method)?.params ?? {}));
}

/** The same settings with each method's defaults written out. */
export function complete(setup: Setup): Setup {
  const runs = setup.runs.map((run) => {
    const params = [...parametersOf(run.method)].map(
      ([id, param]) => [id, run.params[id] ?? param.default] as const,
    );
    return { ...run, params: Object.fromEntries(params) };
  });
  return { ...setup, runs };
}

/**
 * The fragment of a link without its `#`.
 * 'full' writes every setting, so that a default may change without changing old links: for Share;
 * 'short' leaves out what is at its default: for the address bar. Both read back to the same settings.
 */
export function toLink(setup: Setup, step: number, form: 'full' | 'short' = 'full'): string {
  const full = form === 'full';
  const { formula, start, runs, steps, tol, x, y, axes, view, clock, sliders, embed, hide } = full
    ? complete(setup)
    : setup;
  const pairs: [key: string, value: string][] = [];
  const write = (key: string, value: string, isDefault = false) => {
    if (full || !isDefault) pairs.push([key, value]);
  };

  write('f', formula, formula === defaultSetup.formula);
  if (start) write('start', start.join(','));
  for (const run of runs) {
    write(
      'method',
      run.method,
      runs.length === 1 && run.method === defaultSetup.runs[0]?.method && !run.start,
    );
    for (const [id, value] of Object.entries(run.params)) write(id, String(value));
    if (run.start) write('start', run.start.join(','));
  }
  write('steps', String(steps), steps === defaultSetup.steps);
  write('tol', String(tol), tol === defaultSetup.tol);
  write('view', view, view === defaultSetup.view);
  // One run needs no clock.
  if (runs.length > 1 || clock !== defaultSetup.clock) write('clock', clock, clock === defaultSetup.clock);
  if (axes) write('axes', axes === 'principal' ? axes : axes.join(','));
  if (x) write('x', x.join(','));
  if (y) write('y', y.join(','));
  for (const [name, value] of Object.entries(sliders)) write(`set.${name}`, String(value));
  if (embed) write('embed', '1');
  if (hide.length > 0) write('hide', hide.join(','));
  write('k', String(step), step === 0);
  write('v', '1', true);
  return pairs.map(([key, value]) => `${encode(key)}=${encode(value)}`).join('&');
}

/** How the value of a key of its own is read: what was expected, and the settings that it says, if it makes sense. */
const keys = new Map<string, [expected: string, read: (value: string) => Partial<Setup> | undefined]>([
  ['f', ['a text', (formula) => ({ formula })]],
  [
    'steps',
    [
      `a whole number up to ${bounds.steps}`,
      (value) => {
        const steps = whole(value);
        return steps !== undefined && steps <= bounds.steps ? { steps } : undefined;
      },
    ],
  ],
  [
    'tol',
    [
      'a number, 0 or greater',
      (value) => {
        const tol = readNumber(value);
        return tol !== undefined && tol >= 0 ? { tol } : undefined;
      },
    ],
  ],
  [
    'x',
    [
      'two numbers, the smaller first',
      (value) => {
        const x = range(value);
        return x && { x };
      },
    ],
  ],
  [
    'y',
    [
      'two numbers, the smaller first',
      (value) => {
        const y = range(value);
        return y && { y };
      },
    ],
  ],
  [
    'axes',
    [
      'two variables',
      (value) => {
        if (value === 'principal') return { axes: value };
        const [horizontal, vertical, ...rest] = value.split(',').map((name) => name.trim());
        if (!horizontal || !vertical || rest.length > 0 || horizontal === vertical) return undefined;
        return isName(horizontal) && isName(vertical) ? { axes: [horizontal, vertical] } : undefined;
      },
    ],
  ],
  [
    'view',
    [
      views.join(' or '),
      (value) => {
        const view = views.find((known) => known === value);
        return view && { view };
      },
    ],
  ],
  [
    'clock',
    [
      clocks.join(' or '),
      (value) => {
        const clock = clocks.find((known) => known === value);
        return clock && { clock };
      },
    ],
  ],
  ['embed', ['0 or 1', (value) => (value === '0' || value === '1' ? { embed: value === '1' } : undefined)]],
  [
    'hide',
    [
      'names of controls',
      (value) => {
        const hide = value.split(',').filter((word) => word !== '');
        return hide.length <= 20 && hide.every((word) => /^[a-z-]{1,20}$/.test(word)) ? { hide } : undefined;
      },
    ],
  ],
]);

/** Reads the fragment of a link, with or without its `#`; never fails. */
export function fromLink(fragment: string): Opened {
  const notes: string[] = [];
  const note = (sentence: string | undefined) => {
    if (sentence !== undefined && notes.length < 10) notes.push(sentence);
  };
  const text = fragment.replace(/^#/, '');
  if (text.length > bounds.link) {
    note(`f: the link is longer than ${bounds.link} characters and was not read.`);
    return { setup: defaultSetup, step: 0, notes };
  }

  let setup = defaultSetup;
  let step = 0;
  const runs: Draft[] = [];
  const early: Draft = { method: 'gd', params: new Map() };
  const sliders = new Map<string, number>();

  /** Takes one setting; a sentence if it makes no sense. */
  const read = (key: string, value: string): string | undefined => {
    const known = keys.get(key);
    if (known) {
      const patch = known[1](value);
      if (!patch) return nonsense(key, value, known[0]);
      setup = { ...setup, ...patch };
    } else if (key === 'start') {
      const start = coordinates(value);
      const run = runs.at(-1);
      if (!start) return nonsense(key, value, 'numbers separated by commas');
      if (run) run.start = start;
      else setup = { ...setup, start };
    } else if (key === 'method') {
      if (runs.length === bounds.runs) return `${key}: at most ${bounds.runs} methods are compared.`;
      const exists = findMethod(value) !== undefined;
      runs.push({ method: exists ? value : 'gd', params: new Map() });
      if (!exists) return nonsense(key, value, 'the id of a method');
    } else if (key === 'k') {
      const k = whole(value);
      if (k === undefined) return nonsense(key, value, 'a whole number');
      step = k;
    } else if (key === 'v') {
      if (value !== '1')
        return `${key}: this link was written for another version of this page (${brief(value)}).`;
    } else if (key.startsWith('set.')) {
      const name = key.slice(4);
      const number = readNumber(value);
      if (!isName(name) || sliders.size === bounds.sliders)
        return `${brief(key)}: this is not the name of a parameter.`;
      if (number === undefined) return nonsense(key, value, 'a number');
      sliders.set(name, number);
    } else (runs.at(-1) ?? early).params.set(key, value);
    return undefined;
  };
  for (const part of text.split('&')) {
    const equals = part.indexOf('=');
    if (equals >= 0) note(read(decode(part.slice(0, equals)), decode(part.slice(equals + 1))));
  }

  // A parameter before the first method belongs to that method.
  const first = runs[0] ?? early;
  first.params = new Map([...early.params, ...first.params]);
  const done = (runs.length > 0 ? runs : [first]).map((draft) => finished(draft, note));
  return { setup: { ...setup, runs: done, sliders: Object.fromEntries(sliders) }, step, notes };
}

interface Draft {
  readonly method: string;
  params: Map<string, string>;
  start?: readonly number[];
}

function finished({ method, params, start }: Draft, note: (sentence: string) => void): Run {
  const values: [string, number | string][] = [];
  for (const [id, param] of parametersOf(method)) {
    const text = params.get(id);
    if (text === undefined) continue;
    const value = readParameter(param, text);
    if (typeof value === 'object') note(nonsense(id, text, value.expected));
    else values.push([id, value]);
  }
  return { method, params: Object.fromEntries(values), ...(start && { start }) };
}

/** A parameter's value from its text, or what was expected. */
export function readParameter(
  param: Parameter,
  text: string,
): number | string | { readonly expected: string } {
  const { choices, limits, scale } = param;
  if (choices) return choices.find((word) => word === text) ?? { expected: choices.join(', ') };
  const [lowest, highest] = limits;
  const entire = scale === 'integer' || scale === 'switch';
  const value = readNumber(text);
  if (value !== undefined && value >= lowest && value <= highest && (!entire || Number.isInteger(value)))
    return value;
  const kind = entire ? 'a whole number' : 'a number';
  return {
    expected:
      highest >= 2 ** 31 - 1 ? `${kind} from ${lowest} upwards` : `${kind} from ${lowest} to ${highest}`,
  };
}

/** A decimal number, finite and within the bounds; `−` is a minus. Undefined for anything else. */
export function readNumber(text: string): number | undefined {
  const trimmed = text.trim().replace(/^\u2212/, '-');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed)) return undefined;
  const value = Number(trimmed);
  return Math.abs(value) <= bounds.magnitude ? value + 0 : undefined;
}

/** Numbers separated by commas, semicolons or blanks, in brackets or not: `5, 3`, `(5, 3)`, `[5 3]`. */
export function coordinates(text: string): readonly number[] | undefined {
  const inner = text
    .trim()
    .replace(/^[[(](.*)[\])]$/s, '$1')
    .trim();
  const parts = inner.split(/\s*[,;]\s*|\s+/);
  if (parts.length > bounds.coordinates) return undefined;
  const numbers = parts.map(readNumber);
  return numbers.every((number) => number !== undefined) ? numbers : undefined;
}

function range(text: string): Range | undefined {
  const numbers = coordinates(text);
  const [min, max] = numbers ?? [];
  if (min === undefined || max === undefined || numbers?.length !== 2) return undefined;
  // Below this width neighbouring pixels are the same double.
  return max - min > 1e-12 * Math.max(Math.abs(min), Math.abs(max)) ? [min, max] : undefined;
}

function whole(text: string): number | undefined {
  return /^\d{1,15}$/.test(text.trim()) ? Number(text) : undefined;
}

const isName = (text: string): boolean => /^\p{L}[\p{L}\p{N}_]{0,40}$/u.test(text);
const brief = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
const nonsense = (key: string, value: string, expected: string): string =>
  `${key}: "${brief(value)}" is not ${expected}; the default is used.`;

/** Percent-encodes what a fragment, its separators or a chat program's link detection would not keep. */
function encode(text: string): string {
  return text
    .replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD')
    .replace(/[^A-Za-z0-9\-._~!$'()*+,;=:@/?^[\]|{}]/gu, (character) => encodeURIComponent(character));
}

/** Undoes `encode`; text whose percent signs are no encoding is taken as it stands. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
