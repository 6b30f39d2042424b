/**
 * The engine's door: what the worker, tests, benchmarks and scripts import. No DOM, no clock, no randomness but a
 * seed.
 */
export { createProblem } from './descent/createProblem.ts';
export { type CriticalPoint, criticalPoints } from './descent/criticalPoints.ts';
export { methods } from './descent/methods/index.ts';
export type { Formula, Formulas, Mistake, Parameter, Problem } from './descent/problem.ts';
export { descend, type Trajectory } from './descent/run.ts';
export { type Curvature, curvature, singularValues } from './math/linear.ts';
