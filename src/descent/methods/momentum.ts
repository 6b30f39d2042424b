import { sgd } from './sgd.ts';

export const momentum = sgd({
  id: 'momentum',
  label: 'Momentum',
  source: 'Polyak 1964, USSR Comput. Math. Math. Phys. 4(5), p. 1; torch.optim.SGD',
  momentum: 0.9,
  nesterov: 0,
});
