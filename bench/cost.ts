/** The page's own measurement of what a Hessian costs, several times over. Prints one line of JSON. */
import { cost } from '../src/studies/cost.ts';
import { fitSlope } from '../src/studies/slope.ts';
import type { StudyContext } from '../src/studies/study.ts';
import { median } from './clock.ts';

export interface StepCost {
  readonly method: string;
  /** Numbers of variables of Rosenbrock's function, ascending. */
  readonly n: readonly number[];
  /** Milliseconds a step, the median of the rounds. */
  readonly time: readonly number[];
  /** Of log time over log n, from the size on from which the page fits it too. */
  readonly slope: number | undefined;
  readonly fittedFrom: number | undefined;
}

// The study asks the page for nothing but the clock; without a budget it ends with the sizes that it always measures.
const context = { now: () => performance.now() } as StudyContext;

function measure() {
  const study = cost.run(context, { budget: 0 });
  for (;;) {
    const { done, value } = study.next();
    if (done) return value.series;
  }
}

const rounds = Array.from({ length: Number(process.argv[2]) }, measure);
const found = rounds[0]!.map(({ method, n: sizes, fit }, which): StepCost => {
  const n = [...sizes];
  const time = n.map((size) =>
    median(
      rounds.flatMap((round) => {
        const { n: all, time: times } = round[which]!;
        const place = all.indexOf(size);
        return place < 0 ? [] : [times[place]!];
      }),
    ),
  );
  const fittedFrom = fit && Math.round(fit.from);
  const first = fittedFrom === undefined ? n.length : n.indexOf(fittedFrom);
  return { method, n, time, slope: fitSlope(n.slice(first), time.slice(first))?.slope, fittedFrom };
});
console.log(JSON.stringify(found));
