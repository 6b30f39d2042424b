import { adamOf } from './adamOf.ts';

export const adam = adamOf({
  id: 'adam',
  label: 'Adam',
  source:
    'Kingma & Ba 2015, ICLR, algorithm 1, p. 2; AMSGrad: Reddi, Kale & Kumar 2018, ICLR, algorithm 2; torch.optim.Adam',
  decoupled: false,
});
