import type { Method, Parameter } from '../../descent/method.ts';

/** Parameters of a method that are numbers, the often used ones first: what a sweep can go over. */
export function sweepable(method: Method): [id: string, parameter: Parameter][] {
  return Object.entries(method.params)
    .filter(([id, { scale }]) => scale !== 'switch' && scale !== 'choice' && id !== 'seed')
    .toSorted(([, a], [, b]) => Number(a.advanced ?? false) - Number(b.advanced ?? false));
}

/** A number that a person can read, and that a field takes: three digits, within the limits. */
export function taken(value: number, { scale, limits }: Parameter): number {
  const short = scale === 'integer' ? Math.round(value) : Number(value.toPrecision(3));
  return Math.min(limits[1], Math.max(limits[0], short));
}

/** Index of the value nearest to `value`, on a logarithmic axis by ratio. */
export function nearest(values: Float64Array, value: number, logarithmic: boolean): number {
  const off = (one: number) =>
    logarithmic ? Math.abs(Math.log(one / Math.max(value, Number.MIN_VALUE))) : Math.abs(one - value);
  return values.reduce((best, one, i) => (off(one) < off(values[best]!) ? i : best), 0);
}
