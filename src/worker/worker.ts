import type { Request } from './protocol.ts';
import { serve } from './serve.ts';
import { createSolver } from './solve.ts';

const take = serve(createSolver(), {
  post: (answer, transfer) => postMessage(answer, { transfer }),
  now: () => performance.now(),
  later: (task) => setTimeout(task, 0),
});
addEventListener('message', ({ data }: MessageEvent<Request>) => take(data));
postMessage({ kind: 'alive' });
