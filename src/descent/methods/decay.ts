import type { Derived, Moment, State } from '../method.ts';

/** g + λx, the gradient of f + ½λ‖x‖²: how torch.optim couples weight decay, as the rules name it. */
export const decayed: Derived<State, 'weightDecay'> = {
  tex: 'd_t',
  of: ({ at, params }: Moment<State, 'weightDecay'>) =>
    at.gradient.map((g, i) => g + params.weightDecay * at.x[i]!),
};

/** The line that defines d, where there is any decay, and the name of the gradient in the lines after it. */
export function decayLines(weightDecay: number): { g: string; lines: string[] } {
  return weightDecay === 0 ? { g: '@g', lines: [] } : { g: '@d', lines: ['@d = @g + @weightDecay * @x'] };
}
