import type { Setup } from './setup.ts';
import type { Path } from './worker/protocol.ts';

/** The runs of an answer, and what their race is counted by. */
export interface Race {
  readonly paths: readonly Path[];
  readonly setup: Pick<Setup, 'clock'>;
}

/**
 * A race has ticks. By steps, at tick k every run stands at its step k. By evaluations, tick k is step k of the run
 * that is looked at, and every other run stands where as many evaluations have brought it; when that run is over, the
 * ticks go on with the steps of the run that spends most. At tick 0 all stand at their starts, at the last one all at
 * their ends.
 */
export const byEvaluations = ({ paths, setup }: Race): boolean =>
  paths.length > 1 && setup.clock === 'evaluations';

export function lastTick(race: Race, run: number): number {
  const own = race.paths[run];
  if (!byEvaluations(race) || !own) return Math.max(0, ...race.paths.map(({ length }) => length - 1));
  const pace = paceOf(race);
  return own.length - 1 + pace.length - 1 - reached(pace, total(own));
}

/** The step at which each run stands. */
export function stepsAt(race: Race, run: number, tick: number): number[] {
  const { paths } = race;
  if (!byEvaluations(race)) return paths.map(({ length }) => Math.min(tick, length - 1));
  const budget = spentAt(race, run, tick);
  return paths.map((path, i) => (i === run ? Math.min(tick, path.length - 1) : reached(path, budget)));
}

/** Evaluations that every run has had at a tick, of whatever kind; 0 at the starts. */
export function spentAt(race: Race, run: number, tick: number): number {
  const own = race.paths[run];
  if (!own || tick <= 0) return 0;
  if (tick < own.length) return own.spent[tick]!;
  const pace = paceOf(race);
  const at = reached(pace, total(own)) + tick - own.length + 1;
  return pace.spent[Math.min(at, pace.length - 1)]!;
}

/** The tick of another run's race that shows the same moment. */
export function sameMoment(race: Race, run: number, tick: number, other: number): number {
  const path = race.paths[other];
  if (!byEvaluations(race) || !path || run === other) return tick;
  const budget = spentAt(race, run, tick);
  if (budget <= total(path)) return reached(path, budget);
  const pace = paceOf(race);
  return path.length - 1 + reached(pace, budget) - reached(pace, total(path));
}

const total = (path: Path): number => path.spent[path.length - 1] ?? 0;

/** The run that spends most: while it goes on, the race does. */
const paceOf = ({ paths }: Race): Path =>
  paths.reduce((most, path) => (total(path) > total(most) ? path : most));

/** The last point that so many evaluations reach. */
function reached({ spent, length }: Path, budget: number): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spent[middle]! <= budget) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
