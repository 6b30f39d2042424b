import { adamOf } from './adamOf.ts';

export const adamw = adamOf({
  id: 'adamw',
  label: 'AdamW',
  source: 'Loshchilov & Hutter 2019, ICLR, algorithm 2, p. 3; torch.optim.AdamW',
  decoupled: true,
});
