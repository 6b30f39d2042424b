/** How a problem grows with n. Prints one line of JSON per size. */
import { buildTimes } from './build.ts';
import { fastest, median, prepare } from './clock.ts';
import { arrange, folder, loadEngine, places, problemOf } from './engine.ts';
import { grown, pointsNear } from './formulas.ts';
import { handwritten } from './hand.ts';
import { operations } from './operations.ts';

type Loops = typeof import('./loops.ts');
const loops = async (who: string): Promise<Loops> =>
  import(/* @vite-ignore */ `${folder}/loops/loops.mjs?${who}`);

export interface Growth {
  readonly name: string;
  readonly n: number;
  readonly indexed: boolean;
  readonly build: number;
  readonly value: number;
  readonly gradient: number;
  readonly ours: number;
  readonly hand: number;
}

const [family, size, indexed, rounds] = process.argv.slice(2);
const n = Number(size);
const engine = await loadEngine();
const written = grown(`${family}${n}`);
if (!written) throw new Error(`No family is called ${family}.`);
const short = {
  rosen: `sum(100*(x[i+1] - x[i]^2)^2 + (1 - x[i])^2, i = 1..${n - 1})`,
  speel: `prod(x[i], i = 1..${n})`,
}[family ?? ''];
const formula = indexed === 'indexed' && short ? { ...written, text: short } : written;
const build = median(buildTimes(engine, formula, 100, 1000));
const problem = problemOf(engine, formula.text);
const order = places(problem, formula);
const points = pointsNear(formula.at);
const ourPoints = points.map((point) => arrange(point, order));
const g = new Float64Array(n);
const [byHand, byUs] = await Promise.all([loops('hand'), loops('ours')]);
const hand = handwritten(formula.name, formula.text);
const ours = prepare((times) => byUs.callValueAndGradient(problem, ourPoints, g, times), 300);
const theirs = prepare((times) => byHand.callValueAndGradient(hand, points, g, times), 300);
const times = Array.from({ length: Number(rounds) }, () => [fastest(ours), fastest(theirs)] as const);
const counts = operations(problem);
const growth: Growth = {
  name: formula.name,
  n,
  indexed: indexed === 'indexed',
  build,
  value: counts.value,
  gradient: counts.gradient,
  ours: median(times.map(([time]) => time)),
  hand: median(times.map(([, time]) => time)),
};
console.log(JSON.stringify(growth));
