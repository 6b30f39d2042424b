import { sgd } from './sgd.ts';

export const gd = sgd({
  id: 'gd',
  label: 'Gradient descent',
  source: 'Cauchy 1847, Comptes rendus 25, p. 536; torch.optim.SGD',
  momentum: 0,
  nesterov: 0,
});
