/**
 * Memory, in MB. Prints one line of JSON:
 *   peak NAME      most that the process held while it made the problem, its gradient and its Hessian
 *   many COUNT     what is held after a quarter of so many different formulas, and after all; needs --expose-gc
 */
import { existsSync, readFileSync } from 'node:fs';
import { sink } from './clock.ts';
import { loadEngine, problemOf } from './engine.ts';
import { formulaNamed } from './formulas.ts';

const MB = 2 ** 20;
const engine = await loadEngine();
const [what, which] = process.argv.slice(2);

/** Of this process alone where the system tells it (Linux); getrusage may count the parent's. */
function mostResident(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  const [, kilobytes] = /VmHWM:\s*(\d+)/.exec(status) ?? [];
  return Number(kilobytes ?? process.resourceUsage().maxRSS) / 1024;
}

function peak(name: string) {
  const before = mostResident();
  const { text, at, variables } = formulaNamed(name);
  const problem = problemOf(engine, text);
  const x = Float64Array.from(problem.variables, (variable) => at[variables.indexOf(variable)]!);
  sink(problem.valueAndGradient(x, new Float64Array(x.length)));
  for (let k = 0; k < 5; k++) sink(problem.hessian(x)[0]!);
  return { before, peak: mostResident() };
}

/** A formula of two variables that no other k has, of a shape that changes too. */
function formulaNumber(k: number): string {
  const a = ((k * 7919) % 10007) / 1000 + 0.1;
  const shapes = [
    `(${a} - x)^2 + ${k + 2}*(y - x^2)^2`,
    `exp(-${a}*(x^2 + y^2)) + sin(${a}*x)*cos(y*${k + 1})`,
    `log(1 + exp(${a}*x - y)) + (x*y - ${k})^2`,
    `tanh(${a}*x + y)*(x - ${k + 1})^2 + abs(y - ${a})`,
    `sum((x^i + y/i - ${a})^2, i = 1..${(k % 9) + 2}) + ${k}*x`,
  ];
  return shapes[k % shapes.length]!;
}

async function many(count: number) {
  const x = Float64Array.of(0.3, 0.7);
  const g = new Float64Array(2);
  const held = async () => {
    for (let i = 0; i < 4; i++) {
      globalThis.gc?.();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage();
    return { rss: rss / MB, heap: heapUsed / MB, external: (external + arrayBuffers) / MB };
  };
  const findings: Awaited<ReturnType<typeof held>>[] = [];
  const start = performance.now();
  for (let k = 1; k <= count; k++) {
    const problem = problemOf(engine, formulaNumber(k));
    sink(problem.valueAndGradient(x, g) + problem.hessian(x)[0]!);
    sink(problem.grid([0, 1], x, [0, 1], [0, 1], 8, 8)[0]!);
    sink(engine.descend(problem, { method: 'gd', start: x, params: { lr: 1e-6 }, steps: 10, tol: 0 }).f[0]!);
    if (k % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
    if (k % (count / 4) === 0) findings.push(await held());
  }
  return { findings, each: (performance.now() - start) / count };
}

console.log(JSON.stringify(what === 'peak' ? peak(which ?? '') : await many(Number(which))));
