import type { Parameter } from './method.ts';

/** Largest double below 1: an average of weight 1 would divide by zero in its bias correction. */
export const BELOW_ONE = 1 - Number.EPSILON / 2;

export const rate = (value: number, symbol = '\\eta', label = 'Learning rate'): Parameter => ({
  label,
  symbol,
  default: value,
  min: 1e-5,
  max: 10,
  scale: 'log',
  limits: [0, Number.MAX_VALUE],
});

/** A number in [0, 1]: a momentum, a decay of an average. */
export const fraction = (label: string, symbol: string, value: number): Parameter => ({
  label,
  symbol,
  default: value,
  min: 0,
  max: 0.999,
  scale: 'linear',
  limits: [0, 1],
});

export const positive = (
  label: string,
  symbol: string,
  value: number,
  min: number,
  max: number,
): Parameter => ({
  label,
  symbol,
  default: value,
  min,
  max,
  scale: 'log',
  limits: [Number.MIN_VALUE, Number.MAX_VALUE],
});

/** A number ≥ 0 whose slider begins at 0. */
export const amount = (label: string, symbol: string, value: number, max: number): Parameter => ({
  label,
  symbol,
  default: value,
  min: 0,
  max,
  scale: 'linear',
  limits: [0, Number.MAX_VALUE],
});

export const whole = (label: string, symbol: string, value: number, min: number, max: number): Parameter => ({
  label,
  symbol,
  default: value,
  min,
  max,
  scale: 'integer',
  limits: [min, 2 ** 31 - 1],
});

export const onOff = (label: string, symbol: string): Parameter => ({
  label,
  symbol,
  default: 0,
  min: 0,
  max: 1,
  scale: 'switch',
  limits: [0, 1],
});

export const eps = (value: number): Parameter => positive('Epsilon', '\\varepsilon', value, 1e-12, 1);
export const weightDecay = (value: number): Parameter => amount('Weight decay', '\\lambda', value, 1);

/** Rarely changed: shown behind "more". */
export const advanced = (param: Parameter): Parameter => ({ ...param, advanced: true });

export const SCHEDULES = ['constant', 'step', 'exponential', 'cosine', 'warmup'] as const;

/** The learning rate over the steps; see schedule.ts. */
export const schedule = {
  schedule: {
    label: 'Schedule',
    symbol: 's',
    default: 'constant',
    min: 0,
    max: SCHEDULES.length - 1,
    scale: 'choice',
    limits: [0, SCHEDULES.length - 1],
    choices: SCHEDULES,
  },
  gamma: { ...fraction('Rate decay', '\\gamma', 0.9), max: 1 },
  stepSize: whole('Steps per decay', 'T', 10, 1, 1000),
  warmupSteps: whole('Warm-up steps', 'W', 10, 1, 1000),
} satisfies Record<string, Parameter>;

/** Noise added to each gradient: independent normal numbers of this standard deviation. */
export const noise = {
  noise: amount('Gradient noise', '\\sigma', 0, 10),
  seed: whole('Seed', '\\text{seed}', 0, 0, 9999),
} satisfies Record<string, Parameter>;

/** What every first-order method can be disturbed by; a batch of 0 is all terms. */
export const stochastic = {
  batch: whole('Batch size', 'B', 0, 0, 1000),
  ...noise,
} satisfies Record<string, Parameter>;

/** The number that a method is given for a value as a link or a form carries it, or what was expected instead. */
export function readParameter(parameter: Parameter, value: number | string): number | { expected: string } {
  const { choices, limits, scale } = parameter;
  const word = typeof value === 'string';
  const number = !word ? Number(value) : choices ? choices.indexOf(value) : Number(value.trim() || 'none');
  const [lowest, highest] = limits;
  const entire = scale !== 'linear' && scale !== 'log';
  if (number >= lowest && number <= highest && (!entire || Number.isInteger(number))) return number;
  if (choices) return { expected: `one of ${choices.join(', ')}` };
  const bounds = highest >= 2 ** 31 - 1 ? `≥ ${lowest}` : `from ${lowest} to ${highest}`;
  return { expected: `a ${entire ? 'whole number' : 'number'} ${bounds}` };
}
