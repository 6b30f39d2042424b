import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { checkEngine, checkYardsticks } from './check.ts';
import { ask, runChild } from './children.ts';

import { Compiled, compile } from './compiled.ts';
import type { StepCost } from './cost.ts';
import { folder, loadEngine, readBundle } from './engine.ts';
import { formulaNamed, formulas } from './formulas.ts';
import type { Growth } from './growth.ts';
import type { MethodTime } from './methods.ts';
import type { PageTimes } from './page.ts';
import { costTitle, pageTitle, report } from './report.ts';
import type { FormulaResult, Held, Results, Rival } from './results.ts';
import { kept, replaced } from './sections.ts';
import type { Steady } from './steady.ts';

const PARTS = [
  'steady',
  'cold',
  'mathjs',
  'start',
  'first',
  'growth',
  'memory',
  'size',
  'methods',
  'cost',
  'page',
] as const;
type Part = (typeof PARTS)[number];
/** Taken of each formula. */
const OF_EACH = PARTS.slice(0, 5);
/** What is compared with other contenders, who have to agree first. */
const OF_FORMULAS = PARTS.filter((part) => part !== 'cost' && part !== 'page');

interface Plan {
  readonly parts: ReadonlySet<Part>;
  readonly names: readonly string[];
  readonly kinds: string;
  readonly rounds: number;
  /** Processes started for each number that a new process gives. */
  readonly starts: number;
  readonly limit: number;
  readonly write: boolean;
}

function plan(args: readonly string[]): Plan {
  const list = (flag: string) => {
    const place = args.indexOf(flag);
    return place < 0 ? undefined : (args[place + 1] ?? '').split(',');
  };
  const quick = args.includes('--quick');
  const only = list('--only');
  const wanted = list('--part') ?? (quick ? ['steady', 'size'] : only ? OF_EACH : PARTS);
  const without = args.includes('--no-mathjs') ? 'mathjs' : '';
  return {
    parts: new Set(PARTS.filter((part) => wanted.includes(part) && part !== without)),
    names: only ?? formulas.map(({ name }) => name),
    kinds: (list('--kind') ?? ['gradient', 'hessian', 'grid', 'descent']).join(','),
    rounds: quick ? 3 : 7,
    starts: quick ? 1 : 5,
    limit: quick ? 5 : 60,
    write: args.includes('--write'),
  };
}

const least = (numbers: readonly number[]): number => Math.min(...numbers);

/** Every number of each contender, turn by turn; the least counts, since anything else on the machine only adds. */
async function several(
  count: number,
  script: string,
  ...contenders: (string | number)[][]
): Promise<number[][]> {
  const times: number[][] = contenders.map(() => []);
  for (let k = 0; k < count; k++) {
    for (const [i, args] of contenders.entries()) times[i]!.push(await ask<number>(script, args));
  }
  return times;
}

async function rivalOf(name: string, limit: number): Promise<Rival> {
  try {
    const { lines, stopped } = await runChild('rival', [name], { limit });
    const found = Object.assign({}, ...lines.map((line) => JSON.parse(line) as Rival)) as Rival;
    return stopped ? { ...found, trouble: 'stopped' } : found;
  } catch (error) {
    const [, reason] = /Error: (.*)/.exec(String(error).split('\n').slice(1).join('\n')) ?? [];
    return { trouble: reason ?? 'fails' };
  }
}

async function measure(
  name: string,
  { parts, kinds, rounds, starts, limit }: Plan,
  program: string,
): Promise<FormulaResult> {
  const steady = await ask<Steady>('steady', [name, parts.has('steady') ? kinds : '-', rounds, program]);
  const rival = parts.has('mathjs') ? await rivalOf(name, limit) : undefined;
  let cold: FormulaResult['cold'];
  if (parts.has('cold')) {
    const able = rival?.build !== undefined && rival.build < 10_000;
    const [ours] = await several(starts, 'fresh', ['cold', 'ours', name]);
    const [mathjs] = able
      ? await several(rival.build! < 1000 ? 3 : 1, 'fresh', ['cold', 'mathjs', name])
      : [];
    cold = { ours: least(ours!), mathjs: mathjs && least(mathjs) };
  }
  let start: FormulaResult['start'];
  if (parts.has('start')) {
    const [ours, hand] = await several(
      Math.min(starts, 3),
      'fresh',
      ['start', 'ours', name],
      ['start', 'hand', name],
    );
    start = { ours: least(ours!), hand: least(hand!) };
  }
  let first: FormulaResult['first'];
  if (parts.has('first')) {
    const who = ['ours', 'cold', 'hand'].map((one) => ['descent', one, name]);
    const [ours, coldly, hand] = await several(starts, 'fresh', ...who);
    first = {
      ours: least(ours!),
      cold: least(coldly!),
      hand: least(hand!),
      ratio: least(ours!) / least(hand!),
    };
  }
  return { steady, rival, cold, start, first };
}

async function growing(rounds: number): Promise<Growth[]> {
  const found: Growth[] = [];
  for (const n of [2, 5, 10, 20, 50, 100, 200, 236, 500, 1000]) {
    found.push(await ask<Growth>('growth', ['rosen', n, 'written', rounds]));
    found.push(await ask<Growth>('growth', ['rosen', n, 'indexed', rounds]));
  }
  for (const n of [20, 100, 1000]) found.push(await ask<Growth>('growth', ['speel', n, 'written', rounds]));
  return found;
}

async function warmingUp(starts: number): Promise<Results['warming']> {
  const found: { n: number; ours: number; hand: number }[] = [];
  for (const n of [236, 1000]) {
    const [ours, hand] = await several(
      starts,
      'fresh',
      ['start', 'ours', `rosen${n}`],
      ['start', 'hand', `rosen${n}`],
    );
    found.push({ n, ours: least(ours!), hand: least(hand!) });
  }
  return found;
}

/** None where there is no browser. */
async function inBrowser(): Promise<PageTimes[]> {
  console.error('The page in a browser');
  const found = await ask<PageTimes[] | null>('page', []);
  if (!found) console.error('Part page is skipped: no Chromium was found; NABLA_CHROMIUM may name one.');
  return found ?? [];
}

async function memory(count: number): Promise<Results['memory']> {
  const { before, peak } = await ask<{ before: number; peak: number }>('memory', ['peak', 'rosen1000']);
  const { findings } = await ask<{ findings: Held[] }>('memory', ['many', count], ['--expose-gc']);
  return { before, peak, many: findings, count };
}

export async function main(args: readonly string[], numbers: string): Promise<void> {
  const todo = plan(args);
  const comparesFormulas = OF_FORMULAS.some((part) => todo.parts.has(part));
  const program = compile(`${process.env.NABLA_ROOT}/bench/hand.c`, `${folder}/c`) ?? '';
  const compiled = program ? new Compiled(program) : undefined;
  const engine = await loadEngine();
  for (const name of comparesFormulas ? new Set([...todo.names, 'rosen236']) : []) {
    await checkYardsticks(formulaNamed(name), compiled);
    await checkEngine(engine, formulaNamed(name), compiled);
  }
  compiled?.close();
  if (comparesFormulas) console.error('All contenders agree. Timing …');
  const measured: FormulaResult[] = [];
  if (OF_EACH.some((part) => todo.parts.has(part))) {
    for (const name of todo.names) {
      console.error(name);
      measured.push(await measure(name, todo, program));
    }
  }
  const methods: MethodTime[] = [];
  if (todo.parts.has('methods')) {
    for (const name of ['sphere', 'rosen2', 'mlp33']) {
      console.error(`methods on ${name}`);
      methods.push(...(await ask<MethodTime[]>('methods', [name, todo.rounds])));
    }
  }
  const gzipped = (name: string) => gzipSync(readBundle(name), { level: 9 }).length;
  const results: Results = {
    node: process.version,
    compiler: program !== '',
    limit: todo.limit,
    formulas: measured,
    growth: todo.parts.has('growth') ? await growing(todo.rounds) : [],
    warming: todo.parts.has('growth') ? await warmingUp(todo.starts) : [],
    memory: todo.parts.has('memory') ? await memory(10_000) : undefined,
    size: todo.parts.has('size')
      ? {
          core: gzipped('core/core.mjs'),
          alone: gzipped('alone/engine.mjs'),
          whole: gzipped('engine/engine.mjs'),
        }
      : undefined,
    methods,
    cost: todo.parts.has('cost') ? await ask<StepCost[]>('cost', [todo.rounds]) : [],
    page: todo.parts.has('page') ? await inBrowser() : [],
  };
  writeFileSync(numbers, JSON.stringify(results, null, 1));
  const text = report(results);
  console.log(text);
  console.log(`All numbers: ${numbers}`);
  if (todo.write) {
    const page = `${process.env.NABLA_ROOT}/docs/benchmarks.md`;
    const head = readFileSync(`${process.env.NABLA_ROOT}/bench/about.md`, 'utf8');
    const old = existsSync(page) ? readFileSync(page, 'utf8') : '';
    const numbersOf = old.indexOf('\nNode ') + 1;
    const body = comparesFormulas
      ? kept(text, old, [costTitle, pageTitle])
      : numbersOf > 0
        ? replaced(old.slice(numbersOf), text)
        : text;
    writeFileSync(page, `${head}\n${body}`);
  }
}
