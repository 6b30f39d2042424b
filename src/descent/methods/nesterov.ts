import { sgd } from './sgd.ts';

export const nesterov = sgd({
  id: 'nesterov',
  label: 'Nesterov momentum',
  source: 'Nesterov 1983, Soviet Math. Dokl. 27, p. 372; torch.optim.SGD (Sutskever et al. 2013, eq. 3)',
  momentum: 0.9,
  nesterov: 1,
});
