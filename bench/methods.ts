/** 10,000 recorded steps of each method, in a process of its own for each function. Prints one line of JSON. */
import { fastest, prepare, ratio, sink, type Work } from './clock.ts';
import { arrange, type Engine, folder, loadEngine, places, problemOf } from './engine.ts';
import { formulaNamed, STEPS } from './formulas.ts';
import { handwritten } from './hand.ts';

type Loops = typeof import('./loops.ts');

export interface MethodTime {
  readonly method: string;
  readonly formula: string;
  /** Of 10,000, as many as the method took before it came to a standstill. */
  readonly steps: number;
  readonly outcome: string;
  /** Nanoseconds a step. */
  readonly step: number;
  /** To the hand-written loop, where there is one. */
  readonly ratio: number | undefined;
}

/** Milliseconds above which a run is timed once, after one that warmed it. */
const LONG = 500;
/** Paths are compared after so many steps: later Adam, near a minimum, makes much of the last digit. */
const COMPARED = 200;
const [name = '', rounds] = process.argv.slice(2);
const engine: Engine = await loadEngine();
const formula = formulaNamed(name);
const problem = problemOf(engine, formula.text);
const order = places(problem, formula);
const start = Float64Array.from(formula.at);
const ourStart = arrange(formula.at, order);
const hand = handwritten(name, formula.text);

const loopOf = async (method: string): Promise<((rate: number) => Float64Array) | undefined> => {
  const loops: Loops = await import(/* @vite-ignore */ `${folder}/loops/loops.mjs?${method}`);
  const loop = new Map([
    ['gd', loops.descent],
    ['momentum', loops.momentum],
    ['adam', loops.adam],
  ]).get(method);
  return loop && ((rate) => loop(hand.valueAndGradient, start, STEPS, rate).x);
};

const times: MethodTime[] = [];
for (const { id, needs, params } of engine.methods) {
  if (needs === 'jacobian') continue;
  const rate = 'lr' in params ? formula.rate : undefined;
  const options = { method: id, start: ourStart, params: rate ? { lr: rate } : {}, steps: STEPS, tol: 0 };
  const path = engine.descend(problem, options);
  const steps = Math.max(1, path.length - 1);
  const work: Work = (count) => {
    for (let i = 0; i < count; i++) sink(engine.descend(problem, options).f[0]!);
    return 0;
  };
  const loop = rate ? await loopOf(id) : undefined;
  const begun = performance.now();
  sink(work(1));
  const long = performance.now() - begun;
  if (long > LONG) {
    times.push({
      method: id,
      formula: name,
      steps,
      outcome: path.outcome,
      step: (long * 1e6) / steps,
      ratio: undefined,
    });
    continue;
  }
  const ours = prepare(work, 200);
  let step: number;
  let compared: number | undefined;
  if (loop && rate) {
    const theirs = loop(rate);
    const n = start.length;
    const last = arrange(theirs.subarray(COMPARED * n, COMPARED * n + n), order);
    const off = Math.max(...last.map((value, i) => Math.abs(value - path.x[COMPARED * n + i]!)));
    if (!(off < 1e-6) || steps !== STEPS)
      throw new Error(`${id} on ${name}: ${path.outcome}, ${off} apart after ${steps} steps.`);
    const byHand = prepare((count) => {
      for (let i = 0; i < count; i++) sink(loop(rate)[0]!);
      return 0;
    }, 200);
    const pairs = Array.from({ length: Number(rounds) }, () => [fastest(ours), fastest(byHand)] as const);
    step = Math.min(...pairs.map(([time]) => time)) / steps;
    compared = ratio(
      pairs.map(([time]) => time),
      pairs.map(([, time]) => time),
    );
  } else {
    step = fastest(ours) / steps;
  }
  times.push({ method: id, formula: name, steps, outcome: path.outcome, step, ratio: compared });
}
console.log(JSON.stringify(times));
