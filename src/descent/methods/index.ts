import type { Method } from '../method.ts';
import { adadelta } from './adadelta.ts';
import { adagrad } from './adagrad.ts';
import { adam } from './adam.ts';
import { adamax } from './adamax.ts';
import { adamw } from './adamw.ts';
import { bfgs } from './bfgs.ts';
import { cg } from './cg.ts';
import { gaussNewton } from './gaussNewton.ts';
import { gd } from './gd.ts';
import { gdBacktracking } from './gdBacktracking.ts';
import { lbfgs } from './lbfgs.ts';
import { levenbergMarquardt } from './levenbergMarquardt.ts';
import { momentum } from './momentum.ts';
import { nadam } from './nadam.ts';
import { nelderMead } from './nelderMead.ts';
import { nesterov } from './nesterov.ts';
import { newton } from './newton.ts';
import { newtonDamped } from './newtonDamped.ts';
import { newtonDiagonal } from './newtonDiagonal.ts';
import { newtonRoot } from './newtonRoot.ts';
import { radam } from './radam.ts';
import { rmsprop } from './rmsprop.ts';
import { rprop } from './rprop.ts';
import { trustRegion } from './trustRegion.ts';

/** Every method, in the order of the menu; ids are for ever, since links hold them. */
export const methods: readonly Method[] = [
  gd,
  momentum,
  nesterov,
  adagrad,
  rmsprop,
  adadelta,
  adam,
  adamw,
  adamax,
  nadam,
  radam,
  rprop,
  gdBacktracking,
  cg,
  newton,
  newtonDamped,
  newtonDiagonal,
  trustRegion,
  bfgs,
  lbfgs,
  nelderMead,
  newtonRoot,
  gaussNewton,
  levenbergMarquardt,
];

const byId = new Map(methods.map((method) => [method.id, method]));

export const findMethod = (id: string): Method | undefined => byId.get(id);
