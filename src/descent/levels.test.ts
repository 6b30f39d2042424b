import { expect, test } from 'vitest';
import own from '../../tests/levels.json' with { type: 'json' };
import oracle from '../../tests/oracle/minimizers.json' with { type: 'json' };
import { createProblem } from '../engine.ts';
import type { Problem } from './problem.ts';
import { createRun } from './run.ts';

/** SciPy's method for each of ours. */
const counterparts = new Map([
  ['bfgs', 'BFGS'],
  ['lbfgs', 'L-BFGS-B'],
  ['cg', 'CG'],
  ['newton-damped', 'Newton-CG'],
  ['trust-region', 'trust-exact'],
  ['nelder-mead', 'Nelder-Mead'],
  ['levenberg-marquardt', 'least_squares-lm'],
  ['newton-root', 'root-hybr'],
]);
const ofResiduals = new Set(['levenberg-marquardt', 'newton-root']);

const compiled = new Map<string, Problem>();
function problemOf(formula: string): Problem {
  const known = compiled.get(formula);
  if (known) return known;
  const made = createProblem(formula);
  if ('error' in made) throw new Error(made.error.message);
  compiled.set(formula, made.problem);
  return made.problem;
}

/** Evaluations of f (residuals) plus gradients (Jacobians) until f ≤ target; ∞ if it is not reached. */
function cost(formula: string, method: string, start: readonly number[], target: number): number {
  const run = createRun(problemOf(formula), { method, start, steps: 5000, tol: 1e-12 });
  do {
    if (run.at.f <= target) {
      const { value, gradient, jacobian } = run.trajectory().evaluations;
      return value + gradient + jacobian;
    }
  } while (!run.advance(1));
  const { value, gradient, jacobian } = run.trajectory().evaluations;
  return run.at.f <= target ? value + gradient + jacobian : Number.POSITIVE_INFINITY;
}

const given = oracle.cases.flatMap(({ id, text, residuals, x0, f_best, runs }) =>
  [...counterparts].flatMap(([method, name]) => {
    const run = (
      runs as { method: string; tol: string; to_best_1e8?: { nfev: number; njev?: number }; njev?: number }[]
    ).find((run) => run.method === name && run.tol === 'tight' && run.to_best_1e8);
    if (!run?.to_best_1e8) return [];
    const { nfev, njev = run.njev ?? 0 } = run.to_best_1e8;
    const formula = ofResiduals.has(method) ? `[${residuals.join(', ').replaceAll('**', '^')}]` : text;
    return [{ id, method, formula, start: x0, best: f_best, level: nfev + njev }];
  }),
);

/** Where SciPy's path happens to lead to another minimum than ours: stated as it is. */
const otherwise = new Map([
  ['chain_rosen10 newton-damped', 'ends in the other minimum, f = 3.99, as Newton’s method does from here'],
  ['biggs6 trust-region', 'ends on the plateau f = 0.243'],
]);

const more = own.cases.flatMap(({ id, scalar, vector, start, best, levels }) =>
  Object.entries(levels as Record<string, number[]>).map(([method, level]) => ({
    id,
    method,
    formula: ofResiduals.has(method) ? vector! : scalar,
    start,
    best,
    level: level[0]! + level[1]!,
  })),
);

test.each([...given, ...more])(
  '$method on $id reaches SciPy’s level at no more than 1.5 times its cost',
  ({ id, method, formula, start, best, level }) => {
    const target = (best + 1e-8) * (ofResiduals.has(method) ? 0.5 : 1);
    const spent = cost(formula, method, start, target);
    // SciPy's count ends with a trial's value; ours with the gradient of the point that it became. Beyond some hundred
    // evaluations the last bits of f decide which way a path winds, in SciPy's own releases too.
    const allowed = level > 300 ? 2 * level : 1.5 * Math.max(level, 2);
    if (otherwise.has(`${id} ${method}`)) expect(spent).toBe(Number.POSITIVE_INFINITY);
    else expect(spent).toBeLessThanOrEqual(allowed);
  },
);
