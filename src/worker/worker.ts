import type { Answer } from './protocol.ts';

const post = (answer: Answer) => postMessage(answer);
post({ kind: 'alive' });
