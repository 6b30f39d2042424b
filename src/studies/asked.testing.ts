import { createProblem } from '../descent/createProblem.ts';
import { createRun } from '../descent/run.ts';
import { fromLink } from '../setup.ts';
import type { StudyContext } from './study.ts';

/** What the worker would give a study: the function and run of a link, at its step; start, x and y must be in it. */
export function asked(link: string, change: Partial<StudyContext> = {}): StudyContext {
  const { setup, step: k } = fromLink(link);
  const created = createProblem(setup.formula, setup.sliders);
  if ('error' in created) throw new Error(created.error.message);
  const { problem } = created;
  const { steps, tol } = setup;
  const [{ method, params, start = setup.start ?? [] } = setup.runs[0]!] = setup.runs;
  const run = createRun(problem, { method, params, start, steps, tol });
  run.advance(steps);
  const path = run.trajectory();
  const n = problem.variables.length;
  const step = Math.min(k, path.length - 1);
  const at = path.x.slice(step * n, (step + 1) * n);
  const axes: [number, number] = [0, Math.min(1, n - 1)];
  return {
    problem,
    setup,
    run: 0,
    start: Float64Array.from(start),
    path,
    axes,
    step,
    at,
    pause: () => true,
    now: () => 0,
    ...change,
  };
}

/** The answer, with every array moved away as it is on its way to the page. */
export function answerOf<T>(work: Generator<unknown, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return structuredClone(step.value);
  }
}
