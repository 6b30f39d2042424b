import { SCHEDULES } from './params.ts';

/**
 * Factor of the learning rate at step t (from 0), as torch.optim.lr_scheduler: StepLR, ExponentialLR,
 * CosineAnnealingLR to 0 over all `steps`, and LinearLR from 1/W to 1 as a warm-up.
 */
export function scheduleFactor(
  schedule: number,
  t: number,
  steps: number,
  params: Readonly<Record<string, number>>,
): number {
  switch (SCHEDULES[schedule]) {
    case 'step':
      return params.gamma! ** Math.floor(t / params.stepSize!);
    case 'exponential':
      return params.gamma! ** t;
    case 'cosine':
      return (1 + Math.cos((Math.PI * t) / Math.max(steps, 1))) / 2;
    case 'warmup':
      return Math.min(1, (t + 1) / params.warmupSteps!);
    default:
      return 1;
  }
}
