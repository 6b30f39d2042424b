import sixteen from '../tests/oracle/benchmarks.json';

export interface BenchmarkFormula {
  readonly name: string;
  readonly text: string;
  /** In the order in which the hand-written functions take them. */
  readonly variables: readonly string[];
  readonly at: readonly number[];
  /** Small enough that 10,000 steps of gradient descent from `at` stay finite and do not underflow. */
  readonly rate: number;
}

const rates: Readonly<Record<string, number>> = {
  sphere: 1e-4,
  rosen2: 1e-4,
  himmelblau: 1e-4,
  beale: 1e-4,
  ackley2: 1e-4,
  rastrigin10: 1e-4,
  rosen10: 1e-4,
  rosen50: 1e-4,
  rosen100: 1e-4,
  logistic50: 1e-3,
  mlp33: 1e-2,
  speel20: 1e-6,
  nested12: 1e-6,
  quotq: 1e-6,
  powxy: 1e-5,
  nonsmooth: 1e-5,
};

export const formulas: readonly BenchmarkFormula[] = Object.entries(sixteen).map(
  ([name, { vars, expr, at }]) => {
    const rate = rates[name];
    if (rate === undefined) throw new Error(`No learning rate for ${name}.`);
    return { name, text: expr, variables: vars, at, rate };
  },
);

export function formulaNamed(name: string): BenchmarkFormula {
  const found = formulas.find((formula) => formula.name === name) ?? grown(name);
  if (!found) throw new Error(`No formula is called ${name}.`);
  return found;
}

/** Members of the growing families by name: rosen236, speel1000. */
export function grown(name: string): BenchmarkFormula | undefined {
  const [, kind, size] = /^(rosen|speel)(\d+)$/.exec(name) ?? [];
  const n = Number(size);
  const variables = Array.from({ length: n }, (_, i) => `x${i + 1}`);
  const at = variables.map((_, i) => 1 + 0.4 * Math.sin(1.7 * i + 0.3));
  if (kind === 'rosen') return { name, text: rosenbrock(n), variables, at, rate: 1e-4 };
  if (kind === 'speel') return { name, text: variables.join('*'), variables, at, rate: 1e-6 };
  return undefined;
}

function rosenbrock(n: number): string {
  return Array.from({ length: n - 1 }, (_, i) => {
    const [here, next] = [`x${i + 1}`, `x${i + 2}`];
    return `100*(${next} - ${here}^2)^2 + (1 - ${here})^2`;
  }).join(' + ');
}

export const POINTS = 64;

/** Points near `at`, so that no call can be taken out of a loop; hand.c makes the same ones. */
export function pointsNear(at: readonly number[]): Float64Array[] {
  return Array.from({ length: POINTS }, (_, k) =>
    Float64Array.from(at, (value, i) => value * (1 + 1e-3 * Math.sin(7 * k + i))),
  );
}

export const WINDOW: readonly [min: number, max: number] = [0.11, 2.23];
export const SIDE = 200;
export const STEPS = 10_000;
