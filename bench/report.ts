/** Results as Markdown: what was to be reached first, then the tables it is read from. */
import { median, ratio } from './clock.ts';
import type { Kind } from './compiled.ts';
import type { FormulaResult, Results } from './results.ts';
import { targets } from './targets.ts';

export const costTitle = 'What a Hessian costs: a step on Rosenbrock';
export const pageTitle = 'The page with panels open and closed';

type Cell = string | number | undefined;

/** Three significant digits. */
export const digits = (value: number | undefined): string =>
  value === undefined || !Number.isFinite(value)
    ? '–'
    : value >= 1000
      ? Math.round(value).toLocaleString('en')
      : String(Number(value.toPrecision(3)));

function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly Cell[]) =>
    `| ${cells.map((cell) => (typeof cell === 'string' ? cell : digits(cell))).join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i ? '---:' : '---'))), ...rows.map(line)].join('\n');
}

const over = (a: number | undefined, b: number | undefined) =>
  a === undefined || b === undefined ? undefined : a / b;

/** Ours, in nanoseconds, and its ratio to another contender. */
export function timeOf({ steady }: FormulaResult, kind: Kind): number | undefined {
  const rounds = steady.rounds[kind];
  return rounds && median(rounds.ours);
}

export function against(
  { steady }: FormulaResult,
  kind: Kind,
  rival: 'hand' | 'c',
  own: 'ours' | 'into' = 'ours',
): number | undefined {
  const rounds = steady.rounds[kind];
  const [mine, theirs] = [rounds?.[own], rounds?.[rival]];
  return mine && theirs && ratio(mine, theirs);
}

const name = ({ steady }: FormulaResult) => steady.name;
const milliseconds = (nanoseconds: number | undefined) => over(nanoseconds, 1e6);

function rivalTime({ rival, steady }: FormulaResult, limit: number): Cell {
  if (!rival) return undefined;
  if (rival.build !== undefined) return rival.build / steady.build;
  return rival.trouble === 'stopped' ? `> ${digits((limit * 1000) / steady.build)} (stopped)` : 'fails';
}

function building({ formulas, limit }: Results): string {
  const rows = formulas.map((one) => [
    name(one),
    one.steady.build,
    one.rival?.build,
    rivalTime(one, limit),
    one.cold?.ours,
    over(one.cold?.mathjs, one.cold?.ours),
  ]);
  return table(['formula', 'ms', 'mathjs ms', 'mathjs / ours', 'cold ms', 'cold: mathjs / ours'], rows);
}

function counting({ formulas }: Results): string {
  const rows = formulas.map(({ steady: { name, n, operations: count } }) => [
    name,
    n,
    count?.value,
    count?.gradient,
    over(count?.gradient, count?.value),
    count?.hessian,
  ]);
  return table(['formula', 'n', 'f', 'f and ∇f', 'ratio', 'Hessian'], rows);
}

function calling({ formulas }: Results): string {
  const rows = formulas.map((one) => [
    name(one),
    timeOf(one, 'gradient'),
    against(one, 'gradient', 'hand'),
    against(one, 'gradient', 'c'),
    over(one.rival?.evaluate, timeOf(one, 'gradient')),
    over(one.start?.ours, timeOf(one, 'gradient')),
    over(one.start?.hand, over(timeOf(one, 'gradient'), against(one, 'gradient', 'hand'))),
  ]);
  const head = [
    'formula',
    'ns',
    'ours / hand',
    'ours / C',
    'mathjs / ours',
    'first 100 ms / steady',
    'the same by hand',
  ];
  return table(head, rows);
}

function curving({ formulas }: Results): string {
  const rows = formulas.map((one) => [
    name(one),
    timeOf(one, 'hessian'),
    against(one, 'hessian', 'c'),
    against(one, 'hessian', 'c', 'into'),
  ]);
  return table(['formula', 'ns', 'ours / C', 'ours / C, into a given array'], rows);
}

function gridding({ formulas }: Results): string {
  const rows = formulas.map((one) => [
    name(one),
    milliseconds(timeOf(one, 'grid')),
    against(one, 'grid', 'hand'),
    against(one, 'grid', 'c'),
    over(one.rival?.gridOf200, milliseconds(timeOf(one, 'grid'))),
  ]);
  return table(['formula', 'ms', 'ours / hand', 'ours / C', 'mathjs / ours'], rows);
}

function descending({ formulas }: Results): string {
  const rows = formulas.map((one) => [
    name(one),
    milliseconds(timeOf(one, 'descent')),
    against(one, 'descent', 'hand'),
    against(one, 'descent', 'c'),
    one.first?.ours,
    one.first?.ratio,
    over(one.first?.cold, one.first?.hand),
  ]);
  const head = [
    'formula',
    'ms',
    'ours / hand',
    'ours / C',
    'first run, ms',
    'first: ours / hand',
    'cold engine / hand',
  ];
  return table(head, rows);
}

function growing({ growth }: Results): string {
  const rows = growth.map(({ name, n, indexed, build, value, gradient, ours, hand }) => [
    `${name}${indexed ? ' as sum(…, i = 1..)' : ''}`,
    n,
    build,
    value,
    gradient,
    over(gradient, value),
    ours,
    ours / hand,
  ]);
  return table(['formula', 'n', 'build ms', 'f', 'f and ∇f', 'ratio', 'ns', 'ours / hand'], rows);
}

function methodTimes({ methods }: Results): string {
  const rows = methods.map(({ method, formula, steps, outcome, step, ratio: compared }) => [
    method,
    formula,
    step / 100,
    compared,
    steps,
    outcome,
  ]);
  return table(['method', 'formula', 'ms for 10,000', 'ours / hand', 'steps', 'outcome'], rows);
}

function costing({ cost }: Results): string {
  const [sizes = []] = cost.map(({ n }) => n);
  const at = ({ n, time }: Results['cost'][number], size: number) => time[n.indexOf(size)];
  const rows: Cell[][] = sizes.map((size) => [
    String(size),
    ...cost.map((one) => over(at(one, size), at(one, sizes[0]!))),
  ]);
  const from = cost[0]?.fittedFrom;
  return table(
    ['time of a step / n = 2', ...cost.map(({ method }) => method)],
    [
      ...rows,
      [`slope from n = ${from} on`, ...cost.map(({ slope }) => slope)],
      ['n = 2, µs', ...cost.map((one) => over(at(one, sizes[0]!), 1e-3))],
    ],
  );
}

function paging({ page }: Results): string {
  const rows = page.flatMap(({ formula, panels, samples, waits: { hidden, closed, open } }) =>
    (['picture', 'step'] as const).map((what) => [
      formula,
      what === 'picture' ? 'keystroke → picture' : 'Step forward → frame',
      open[what] / closed[what],
      closed[what] / hidden[what],
      closed[what],
      panels,
      samples,
    ]),
  );
  const head = ['formula', 'wait', 'open / closed', 'closed / no panels', 'closed, ms', 'panels', 'samples'];
  return table(head, rows);
}

export function report(results: Results): string {
  const compares = [results.formulas, results.growth, results.methods].some(({ length }) => length > 0);
  const sections: [string, boolean, (results: Results) => string][] = [
    ['What is to be reached', compares, (all) => table(['target', 'measured', 'met'], targets(all))],
    ['Text to value and gradient', results.formulas.length > 0, building],
    ['Operations', results.formulas.some(({ steady }) => steady.operations), counting],
    [
      'Value and gradient, a call',
      results.formulas.some((one) => timeOf(one, 'gradient') ?? one.start),
      calling,
    ],
    ['Hessian, a call', results.formulas.some((one) => timeOf(one, 'hessian')), curving],
    ['Grid of 200 × 200', results.formulas.some((one) => timeOf(one, 'grid')), gridding],
    [
      '10,000 recorded steps of gradient descent',
      results.formulas.some((one) => timeOf(one, 'descent') ?? one.first),
      descending,
    ],
    ['Growth', results.growth.length > 0, growing],
    ['Methods', results.methods.length > 0, methodTimes],
    [costTitle, results.cost.length > 0, costing],
    [pageTitle, results.page.length > 0, paging],
  ];
  const parts = sections
    .filter(([, has]) => has)
    .map(([title, , body]) => `## ${title}\n\n${body(results)}\n`);
  return `Node ${results.node}${results.compiler ? '' : ', no C compiler'}.\n\n${parts.join('\n')}`;
}
