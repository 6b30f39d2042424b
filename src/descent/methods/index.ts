import type { Method } from '../method.ts';
import { gd } from './gd.ts';
import { momentum } from './momentum.ts';
import { nesterov } from './nesterov.ts';

/** Every method, in the order of the menu; ids are for ever, since links hold them. */
export const methods: readonly Method[] = [gd, momentum, nesterov];

const byId = new Map(methods.map((method) => [method.id, method]));

export const findMethod = (id: string): Method | undefined => byId.get(id);
