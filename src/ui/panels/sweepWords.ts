import type { MarkerShape } from '../../plots/looks.ts';
import { formatNumber } from '../../plots/numbers.ts';
import type { StudyAnswer } from '../../studies/index.ts';
import { nearest } from './sweepChoice.ts';

type Answer = StudyAnswer['sweep'];

/** How runs end, in the order of the study's outcomes; told apart by shape as well. */
export const endings: readonly {
  readonly name: string;
  readonly shape: MarkerShape;
  readonly color: string;
}[] = [
  { name: 'converged', shape: 'circle', color: 'var(--run-1)' },
  { name: 'step limit', shape: 'triangle', color: 'var(--muted)' },
  { name: 'diverged', shape: 'cross', color: 'var(--wrong)' },
  { name: 'stalled', shape: 'square', color: 'var(--muted)' },
  { name: 'left the domain', shape: 'diamond', color: 'var(--wrong)' },
];

/** How many runs ended in each way. */
export function countsOf({ outcome }: Answer): number[] {
  const counts = endings.map(() => 0);
  for (const index of outcome) if (index >= 0) counts[index] = counts[index]! + 1;
  return counts;
}

/** `converged after 12 steps`; undefined where no run was made. */
export function outcomeOf({ outcome, taken }: Answer, k: number): string | undefined {
  const ending = endings[outcome[k]!];
  return ending && `${ending.name} after ${taken[k]} ${taken[k] === 1 ? 'step' : 'steps'}`;
}

/** What the runs say together. */
export function summary(answer: Answer): string {
  const { first, second, outcome, best, marks, steps } = answer;
  const counts = countsOf(answer);
  const made = counts.reduce((sum, count) => sum + count, 0);
  const columns = first.values.length;
  const named = (k: number) => {
    const across = `${first.label.toLowerCase()} ${formatNumber(first.values[k % columns]!, 3)}`;
    if (!second) return across;
    return `${across} with ${second.label.toLowerCase()} ${formatNumber(second.values[Math.floor(k / columns)]!, 3)}`;
  };
  const parts = [
    `Of ${made} runs of at most ${steps} steps ${counts[0]} ${counts[0] === 1 ? 'converges' : 'converge'}${best === undefined ? '' : `, the fastest with ${named(best)}, ${outcomeOf(answer, best)}`}.`,
  ];
  const row = second ? nearest(second.values, second.present, second.logarithmic) : 0;
  const now = row * columns + nearest(first.values, first.present, first.logarithmic);
  if (outcome[now]! >= 0) parts.push(`Nearest to the present value: ${outcomeOf(answer, now)}.`);
  if (!second) {
    for (const { value, at, curvature } of marks) {
      parts.push(
        `With the curvature at the ${at}, λmax = ${formatNumber(curvature, 4)}, it is thrown out above ${formatNumber(value, 4)}.`,
      );
    }
  }
  return parts.join(' ');
}
