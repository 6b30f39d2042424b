import type { Method } from './method.ts';
import { findMethod, methods } from './methods/index.ts';
import { readParameter } from './params.ts';
import type { Problem } from './problem.ts';

/** What a run is asked to do; words and numbers as a link carries them. */
export interface Options {
  /** A method's id. */
  readonly method: string;
  /** n. */
  readonly start: ArrayLike<number>;
  /** By parameter id; absent means the method's default. */
  readonly params?: Readonly<Record<string, number | string>>;
  /** The most steps to take. */
  readonly steps: number;
  /** Stop when ‖∇f‖ (or the method's own measure) is below it; 0 takes all steps. Absent: 1e-6. */
  readonly tol?: number;
  /** Of the gradient noise and the batches; the same as the parameter `seed`. */
  readonly seed?: number;
}

export interface Settings {
  readonly method: Method;
  readonly start: Float64Array;
  readonly params: Readonly<Record<string, number>>;
  readonly steps: number;
  readonly tol: number;
}

/** Throws a RangeError that names the id, length or number that makes no sense. */
export function settings(problem: Problem, options: Options): Settings {
  const method = findMethod(options.method);
  if (!method) {
    throw new RangeError(
      `Unknown method "${options.method}". Known: ${methods.map((m) => m.id).join(', ')}.`,
    );
  }
  const n = problem.variables.length;
  if (!options.start || options.start.length !== n) {
    throw new RangeError(
      `The start has ${options.start?.length ?? 'no'} numbers, but the function has ${n} variables.`,
    );
  }
  const start = Float64Array.from(options.start);
  const bad = start.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new RangeError(`The start's ${problem.variables[bad]} must be a finite number, not ${start[bad]}.`);
  }
  const { steps, tol = 1e-6, seed } = options;
  if (!Number.isInteger(steps) || steps < 0 || steps > 1e9) {
    throw new RangeError(`steps must be a whole number from 0 to 1e9, not ${steps}.`);
  }
  if (!(tol >= 0) || tol === Number.POSITIVE_INFINITY)
    throw new RangeError(`tol must be a number ≥ 0, not ${tol}.`);
  if (seed !== undefined && !Number.isInteger(seed)) {
    throw new RangeError(`seed must be a whole number, not ${seed}.`);
  }
  if (method.residuals && problem.scalar) {
    throw new RangeError(
      `${method.label} needs a vector function: write the residuals as a list, such as [1 - x, 10(y - x^2)].`,
    );
  }
  if (method.residuals === 'square' && problem.outputs !== n) {
    throw new RangeError(
      `${method.label} needs as many equations as variables, and the function has ${problem.outputs} for ${n}.`,
    );
  }
  const params = resolveParams(method, options.params ?? {});
  if (seed !== undefined && params.seed !== undefined) params.seed = seed;
  if ((params.batch ?? 0) > 0 && !problem.batch) {
    throw new RangeError('batch needs a function that is a sum or a mean over data.');
  }
  return { method, start, params, steps, tol };
}

/** All parameters of a method as numbers: those given, else the defaults; a choice is the index of its word. */
export function resolveParams(
  method: Method,
  given: Readonly<Record<string, number | string>>,
): Record<string, number> {
  const known = new Map(Object.entries(method.params));
  const params: Record<string, number> = {};
  for (const [id, parameter] of known) {
    const number = readParameter(parameter, parameter.default);
    if (typeof number === 'number') params[id] = number;
  }
  for (const [id, value] of Object.entries(given)) {
    const parameter = known.get(id);
    if (!parameter) {
      throw new RangeError(
        `${method.label} has no parameter "${id}". It has: ${[...known.keys()].join(', ')}.`,
      );
    }
    const number = readParameter(parameter, value);
    if (typeof number !== 'number') throw new RangeError(`${id} must be ${number.expected}, not ${value}.`);
    params[id] = number;
  }
  return params;
}
