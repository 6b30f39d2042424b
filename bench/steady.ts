/** One formula in a process of its own: ours, by hand and C take turns, round by round. Prints one line of JSON. */
import { buildTimes } from './build.ts';
import { fastest, median, prepare, type Work } from './clock.ts';
import { Compiled, type Kind } from './compiled.ts';
import { arrange, type Engine, folder, loadEngine, places, problemOf } from './engine.ts';
import { type BenchmarkFormula, formulaNamed, pointsNear, SIDE, STEPS, WINDOW } from './formulas.ts';
import { handwritten } from './hand.ts';
import { type Operations, operations } from './operations.ts';

type Loops = typeof import('./loops.ts');
/** An instance of the loops for one contender: its call sites see one function only. */
const loops = async (who: string): Promise<Loops> =>
  import(/* @vite-ignore */ `${folder}/loops/loops.mjs?${who}`);

export interface Rounds {
  /** Nanoseconds by round. */
  readonly ours: number[];
  readonly hand?: number[];
  readonly c?: number[];
  /** The Hessian written into an array that the caller keeps. */
  readonly into?: number[];
}

export interface Steady {
  readonly name: string;
  readonly n: number;
  /** Milliseconds from text to the first value and gradient, median of many texts. */
  readonly build: number;
  readonly operations: Operations;
  readonly rounds: Partial<Record<Kind, Rounds>>;
}

async function contenders(
  engine: Engine,
  formula: BenchmarkFormula,
  kind: Kind,
): Promise<Partial<Record<keyof Rounds, Work>>> {
  const { at, rate, text, name } = formula;
  const n = at.length;
  const hand = handwritten(name, text);
  const problem = problemOf(engine, text);
  const order = places(problem, formula);
  const points = pointsNear(at);
  const ourPoints = points.map((point) => arrange(point, order));
  const [byHand, byUs, other] = await Promise.all([
    loops(`${kind}-hand`),
    loops(`${kind}-ours`),
    loops(`${kind}-other`),
  ]);
  const g = new Float64Array(n);
  switch (kind) {
    case 'gradient':
      return {
        ours: (times) => byUs.callValueAndGradient(problem, ourPoints, g, times),
        hand: (times) => byHand.callValueAndGradient(hand, points, g, times),
      };
    case 'hessian': {
      const ours: Work = (times) => byUs.callHessian(problem, ourPoints, times);
      if (problem.hessian.length < 2) return { ours };
      const matrix = new Float64Array(n * n);
      return { ours, into: (times) => other.callHessianInto(problem, ourPoints, matrix, times) };
    }
    case 'grid': {
      const axes: [number, number] = [
        problem.variables.indexOf(formula.variables[0]!),
        problem.variables.indexOf(formula.variables[1]!),
      ];
      const { plane } = hand;
      return {
        ours: repeated(() => problem.grid(axes, ourPoints[0]!, WINDOW, WINDOW, SIDE, SIDE)),
        hand: repeated(() =>
          plane
            ? byHand.planeGrid(plane, WINDOW, SIDE)
            : byHand.sliceGrid(hand.value, points[0]!, WINDOW, SIDE),
        ),
      };
    }
    case 'descent': {
      const start = Float64Array.from(at);
      const options = { method: 'gd', start: arrange(at, order), params: { lr: rate }, steps: STEPS, tol: 0 };
      const ours = engine.descend(problem, options);
      const theirs = byHand.descent(hand.valueAndGradient, start, STEPS, rate);
      if (ours.length !== STEPS + 1)
        throw new Error(`${name}: ${ours.outcome} after ${ours.length - 1} steps.`);
      const last = arrange(theirs.x.subarray(STEPS * n), order);
      const off = Math.max(...last.map((value, i) => Math.abs(value - ours.x[STEPS * n + i]!)));
      if (!(off < 1e-6)) throw new Error(`${name}: the paths end ${off} apart.`);
      return {
        ours: repeated(() => engine.descend(problem, options).f),
        hand: repeated(() => byHand.descent(hand.valueAndGradient, start, STEPS, rate).f),
      };
    }
  }
}

const repeated =
  (make: () => Float64Array): Work =>
  (times) => {
    let sum = 0;
    for (let i = 0; i < times; i++) sum += make()[i % 7]!;
    return sum;
  };

export async function measureSteady(
  name: string,
  kinds: readonly (Kind | '-')[],
  rounds: number,
  program: string | undefined,
): Promise<Steady> {
  const engine = await loadEngine();
  const formula = formulaNamed(name);
  const compiled = program ? new Compiled(program) : undefined;
  const result: Steady = {
    name,
    n: formula.variables.length,
    build: median(buildTimes(engine, formula, 200, 1500)),
    operations: operations(problemOf(engine, formula.text)),
    rounds: {},
  };
  for (const kind of kinds.filter((one): one is Kind => one !== '-')) {
    const works = await contenders(engine, formula, kind);
    const ready = Object.entries(works).map(
      ([who, work]) => [who as keyof Rounds, prepare(work, 250)] as const,
    );
    const times: { -readonly [who in keyof Rounds]: number[] } = { ours: [] };
    for (let round = 0; round < rounds; round++) {
      for (const [who, contender] of ready) (times[who] ??= []).push(fastest(contender));
      if (compiled) (times.c ??= []).push(await compiled.time(kind, name, 2));
    }
    result.rounds[kind] = times;
  }
  compiled?.close();
  return result;
}

const [name, kinds, rounds, program] = process.argv.slice(2);
if (name && kinds) {
  const steady = await measureSteady(name, kinds.split(',') as Kind[], Number(rounds), program || undefined);
  console.log(JSON.stringify(steady));
}
