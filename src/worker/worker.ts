import { descriptions } from '../studies/index.ts';
import type { Answer, Request } from './protocol.ts';
import { serve } from './serve.ts';
import { createSolver } from './solve.ts';

const take = serve(
  createSolver(() => performance.now()),
  {
    post: (answer, transfer) => postMessage(answer, { transfer }),
    now: () => performance.now(),
    later: (task) => setTimeout(task, 0),
  },
);
addEventListener('message', ({ data }: MessageEvent<Request>) => take(data));
postMessage({ kind: 'hello', studies: descriptions() } satisfies Answer);
