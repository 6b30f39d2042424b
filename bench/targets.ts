/** The ratios that the engine has to reach, with what this run measured; a target whose part did not run is left out. */
import { geometricMean, median } from './clock.ts';
import type { Kind } from './compiled.ts';
import { against, digits, timeOf } from './report.ts';
import type { FormulaResult, Results } from './results.ts';

type Named = readonly [name: string, value: number];
type Row = [target: string, measured: string, met: string];

const PLANE = new Set([
  'sphere',
  'rosen2',
  'himmelblau',
  'beale',
  'ackley2',
  'nested12',
  'quotq',
  'powxy',
  'nonsmooth',
]);

const verdict = (met: boolean): string => (met ? 'yes' : '**no**');
const spell = ([name, value]: Named): string => `${digits(value)} (${name})`;

function pick(formulas: readonly FormulaResult[], of: (one: FormulaResult) => number | undefined): Named[] {
  return formulas.flatMap((one): Named[] => {
    const value = of(one);
    return value === undefined || Number.isNaN(value) ? [] : [[one.steady.name, value]];
  });
}

function atMost(target: string, limit: number, found: readonly Named[]): Row[] {
  if (!found.length) return [];
  const worst = found.reduce((a, b) => (b[1] > a[1] ? b : a));
  const above = found.filter(([, value]) => !(value <= limit));
  const list =
    above.length > 1
      ? `${above.length} of ${found.length} above: ${above.map(spell).join(', ')}`
      : `worst ${spell(worst)}`;
  return [[target, list, verdict(!above.length)]];
}

function atLeast(target: string, limit: number, found: readonly Named[]): Row[] {
  if (!found.length) return [];
  const worst = found.reduce((a, b) => (b[1] < a[1] ? b : a));
  const below = found.filter(([, value]) => !(value >= limit));
  const list =
    below.length > 1
      ? `${below.length} of ${found.length} below: ${below.map(spell).join(', ')}`
      : `least ${spell(worst)}`;
  return [[target, list, verdict(!below.length)]];
}

function mean(target: string, met: (mean: number) => boolean, found: readonly Named[]): Row[] {
  if (!found.length) return [];
  const value = geometricMean(found.map(([, one]) => one));
  return [[target, digits(value), verdict(met(value))]];
}

function building({ formulas, growth, limit }: Results): Row[] {
  const speedUp = pick(formulas, ({ rival, steady }) => rival?.build && rival.build / steady.build);
  const stopped = pick(formulas, ({ rival, steady }) =>
    rival?.trouble === 'stopped' && rival.build === undefined ? (limit * 1000) / steady.build : undefined,
  );
  const cold = pick(formulas, ({ cold }) => cold?.mathjs && cold.mathjs / cold.ours);
  const sizes = growth.filter(({ name, indexed, n }) => name.startsWith('rosen') && !indexed && n >= 50);
  return [
    ...atLeast('text → value and gradient: mathjs / ours ≥ 30', 30, speedUp),
    ...mean('… geometric mean ≥ 300, where mathjs ends', (value) => value >= 300, speedUp),
    ...(stopped.length
      ? ([
          [`… where mathjs was stopped after ${limit} s, at least`, stopped.map(spell).join(', '), ''],
        ] as Row[])
      : []),
    ...atLeast('cold, with loading: mathjs / ours ≥ 50', 50, cold),
    ...(sizes.length > 2
      ? atMost('build time linear in the operations: exponent ≤ 1.15 for Rosenbrock n = 50 … 1000', 1.15, [
          ['exponent', exponent(sizes)],
        ])
      : []),
  ];
}

/** Slope of log time over log operations (n stands for them where they are not counted), least squares. */
function exponent(sizes: Results['growth']): number {
  const points = sizes.map(({ n, gradient, build }) => [Math.log(gradient ?? n), Math.log(build)] as const);
  const [mx, my] = [0, 1].map((i) => points.reduce((sum, point) => sum + point[i]!, 0) / points.length) as [
    number,
    number,
  ];
  const covariance = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
  return covariance / points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
}

function counting({ formulas, growth }: Results): Row[] {
  const counts: Named[] = [
    ...pick(
      formulas,
      ({ steady: { operations: count } }) =>
        count && (count.value < 10 ? Number.NaN : count.gradient / count.value),
    ),
    ...growth.flatMap(({ name, value, gradient }): Named[] =>
      value && gradient && value >= 10 ? [[name, gradient / value]] : [],
    ),
  ];
  return atMost('operations(f and ∇f) / operations(f) ≤ 3.5 from ten operations on, n ≤ 1000', 3.5, counts);
}

function calling({ formulas, growth, warming }: Results): Row[] {
  const long = formulas.filter(({ steady }) => median(steady.rounds.gradient?.hand ?? [0]) > 10);
  const versus = (rival: 'hand' | 'c') => pick(long, (one) => against(one, 'gradient', rival));
  const cliff = (n: number, limit: number): Row[] => {
    const steady = growth.find((one) => one.name === `rosen${n}` && !one.indexed);
    const start = warming.find((one) => one.n === n);
    if (!steady || !start) return [];
    return atMost(`first 100 ms / steady ≤ ${limit}, Rosenbrock n = ${n}`, limit, [
      [`n = ${n}`, start.ours / steady.ours],
    ]);
  };
  return [
    ...mean(
      'value and gradient: ours / hand ≤ 1.3, geometric mean where a call by hand takes over 10 ns',
      (value) => value <= 1.3,
      versus('hand'),
    ),
    ...mean('… ours / C ≤ 1.3, geometric mean', (value) => value <= 1.3, versus('c')),
    ...atMost('… none above 2.5 × hand', 2.5, versus('hand')),
    ...atMost('… none above 2.5 × C', 2.5, versus('c')),
    ...cliff(236, 1.5),
    ...cliff(1000, 6),
  ];
}

function rest(results: Results): Row[] {
  const { formulas } = results;
  const inPlane = formulas.filter(({ steady }) => PLANE.has(steady.name));
  const some = (...names: string[]) => formulas.filter(({ steady }) => names.includes(steady.name));
  const hand = (of: readonly FormulaResult[], kind: Kind) => pick(of, (one) => against(one, kind, 'hand'));
  const into = formulas.some(({ steady }) => steady.rounds.hessian?.into) ? 'into' : 'ours';
  const hessians = (of: readonly FormulaResult[], own: 'ours' | 'into') =>
    pick(of, (one) => against(one, 'hessian', 'c', own));
  const network = some('mlp33');
  const others = formulas.filter(({ steady }) => steady.name !== 'mlp33');
  return [
    ...atMost('10,000 steps of descend: ours / hand ≤ 5, two variables', 5, hand(inPlane, 'descent')),
    ...atMost(
      '… ≤ 1.3, logistic loss and 33-weight network',
      1.3,
      hand(some('logistic50', 'mlp33'), 'descent'),
    ),
    ...atMost(
      '… first run of a new formula, compilation included: ours / hand ≤ 1',
      1,
      pick(formulas, ({ first }) => first?.ratio),
    ),
    ...atMost('grid: ours / hand ≤ 0.5, Rosenbrock and Ackley', 0.5, hand(some('rosen2', 'ackley2'), 'grid')),
    ...atMost('… ≤ 1.1, all', 1.1, hand(formulas, 'grid')),
    ...atLeast(
      '… mathjs / ours ≥ 100',
      100,
      pick(formulas, (one) => one.rival?.gridOf200 && (one.rival.gridOf200 * 1e6) / timeOf(one, 'grid')!),
    ),
    ...atMost(
      `Hessian${into === 'into' ? ' into a given array' : ''}: ours / C ≤ 1.5`,
      1.5,
      hessians(others, into),
    ),
    ...atMost('… ≤ 2.5, 33-weight network', 2.5, hessians(network, into)),
    ...mean('… geometric mean ≤ 1.5', (value) => value <= 1.5, hessians(formulas, into)),
    ...(into === 'into'
      ? atMost('… with a new array for each call ≤ 1.5', 1.5, hessians(others, 'ours'))
      : []),
  ];
}

function space({ memory, size }: Results): Row[] {
  const rows: Row[] = [];
  if (size)
    rows.push([
      'engine alone ≤ 30 kB, minified and gzipped',
      `${digits(size.alone / 1000)} kB (text to problem ${digits(size.core / 1000)} kB; all with the linear algebra ${digits(size.whole / 1000)} kB)`,
      verdict(size.alone <= 30_000),
    ]);
  if (memory) {
    const { peak, before, many, count } = memory;
    rows.push([
      'peak memory for Rosenbrock n = 1000 with its Hessian ≤ 200 MB',
      `${digits(peak)} MB (${digits(before)} MB before)`,
      verdict(peak <= 200),
    ]);
    const [early, late] = [many[0]!, many.at(-1)!];
    const grown = late.heap + late.external - early.heap - early.external;
    rows.push([
      `no growth over ${count.toLocaleString('en')} different formulas: heap and buffers + ≤ 1 MB from a quarter to the end`,
      `${grown.toFixed(2)} MB (resident ${early.rss.toFixed(0)} → ${late.rss.toFixed(0)} MB)`,
      verdict(grown <= 1 && late.rss - early.rss <= 20),
    ]);
  }
  return rows;
}

function methodTimes({ methods }: Results): Row[] {
  const compared = (names: readonly string[]) =>
    methods.flatMap(({ method, formula, ratio }): Named[] =>
      ratio !== undefined && names.includes(formula) ? [[`${method}, ${formula}`, ratio]] : [],
    );
  return [
    ...atMost(
      'gd, momentum, adam: 10,000 steps, ours / hand ≤ 5 in two variables',
      5,
      compared(['sphere', 'rosen2']),
    ),
    ...atMost('… ≤ 1.3, 33-weight network', 1.3, compared(['mlp33'])),
  ];
}

export const targets = (results: Results): Row[] =>
  [building, counting, calling, rest, space, methodTimes].flatMap((part) => part(results));
