/** The hand-written functions in C, compiled with -O2 and asked line by line, so that its rounds alternate with ours. */
import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { type BenchmarkFormula, formulaNamed, formulas, SIDE, STEPS, WINDOW } from './formulas.ts';
import { logisticData } from './hand.ts';

export type Kind = 'gradient' | 'hessian' | 'grid' | 'descent';

const codes: Readonly<Record<string, string>> = {
  rastrigin10: 'rastrigin',
  logistic50: 'logistic',
  mlp33: 'network',
  speel20: 'product',
};
const codeOf = (name: string) => (/^rosen\d\d/.test(name) ? 'rosenbrock' : (codes[name] ?? name));

function header(all: readonly BenchmarkFormula[]): string {
  const list = all.map((f) => `X(${f.name}, ${codeOf(f.name)}, ${f.variables.length}, ${f.rate})`);
  return [
    `#define SIDE ${SIDE}`,
    `#define STEPS ${STEPS}`,
    `#define WINDOW_MIN ${WINDOW[0]}`,
    `#define WINDOW_MAX ${WINDOW[1]}`,
    `#define MOST ${Math.max(...all.map((f) => f.variables.length))}`,
    `#define FORMULAS ${list.join(' ')}`,
    ...all.map((f) => `static const double at_${f.name}[] = {${f.at.join(', ')}};`),
    `static const double logistic_rows[] = {${logisticData(formulaNamed('logistic50').text).join(', ')}};`,
    '',
  ].join('\n');
}

/** The path of the program, or undefined where there is no C compiler. */
export function compile(source: string, folder: string): string | undefined {
  try {
    execFileSync('cc', ['--version'], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'points.h'),
    header([...formulas, formulaNamed('rosen236'), formulaNamed('rosen1000')]),
  );
  const program = join(folder, 'hand');
  execFileSync('cc', ['-O2', '-Wall', '-std=c11', `-I${folder}`, '-o', program, source, '-lm'], {
    stdio: 'inherit',
  });
  return program;
}

export class Compiled {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;

  constructor(program: string) {
    this.#process = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  async #ask(question: string): Promise<string> {
    this.#process.stdin.write(`${question}\n`);
    const { value } = await this.#lines.next();
    if (!value || value === 'unknown') throw new Error(`The C program has no answer to "${question}".`);
    return value;
  }

  /** Nanoseconds a call, the fastest of five batches of that many milliseconds. */
  async time(kind: Kind, name: string, milliseconds: number): Promise<number> {
    return Number(await this.#ask(`time ${kind} ${name} ${milliseconds}`));
  }

  async at(formula: BenchmarkFormula): Promise<{ f: number; gradient: number[]; hessian: number[] }> {
    const [f, ...rest] = (await this.#ask(`check ${formula.name}`)).split(' ').map(Number);
    const n = formula.variables.length;
    return { f: f!, gradient: rest.slice(0, n), hessian: rest.slice(n) };
  }

  close(): void {
    this.#process.stdin.end();
  }
}
