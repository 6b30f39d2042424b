import type { Method } from '../method.ts';
import { adadelta } from './adadelta.ts';
import { adagrad } from './adagrad.ts';
import { adam } from './adam.ts';
import { adamax } from './adamax.ts';
import { adamw } from './adamw.ts';
import { gd } from './gd.ts';
import { momentum } from './momentum.ts';
import { nadam } from './nadam.ts';
import { nesterov } from './nesterov.ts';
import { radam } from './radam.ts';
import { rmsprop } from './rmsprop.ts';
import { rprop } from './rprop.ts';

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
];

const byId = new Map(methods.map((method) => [method.id, method]));

export const findMethod = (id: string): Method | undefined => byId.get(id);
