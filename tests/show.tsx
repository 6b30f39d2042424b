import { act, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { followStudies } from '../src/inquiries.ts';
import { defaultSetup, type Setup } from '../src/setup.ts';
import { pointOf, useStore } from '../src/store.ts';
import { descriptions } from '../src/studies/index.ts';
import { createSolver } from '../src/worker/solve.ts';

/** Answers a request at once, as the worker would after a moment. */
function finish<T>(work: Generator<unknown, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Ends what the former test's page asks. */
let leave = () => {};

/** Shows a part of the page over the real engine, which answers every change before the next line of a test. */
export function show(part: ReactNode, setup: Partial<Setup> = {}): void {
  const solver = createSolver();
  let id = 0;
  const solve = () => {
    const { setup: said, resolution, run, step } = useStore.getState();
    const look = { run, step };
    const request = { kind: 'solve', id: ++id, setup: said, resolution, look } as const;
    useStore.getState().answer(finish(solver.answer(request)));
  };
  const inspect = () => {
    const state = useStore.getState();
    const at = pointOf(state, state.run);
    if (!state.result || !at) return;
    const { result, run } = state;
    state.answer(
      finish(
        solver.answer({ kind: 'inspect', id: ++id, of: result.id, setup: result.setup, run, at: at.slice() }),
      ),
    );
  };
  useStore.setState(useStore.getInitialState(), true);
  useStore.setState({ resolution: { columns: 21, rows: 21, arrows: 6 } });
  useStore.getState().open({ setup: { ...defaultSetup, ...setup }, step: 0, notes: [] });
  solve();
  inspect();
  useStore.getState().answer({ kind: 'hello', studies: descriptions() });
  leave();
  leave = followStudies(useStore, (request) => {
    if (request.kind === 'cancel') return;
    const answer = finish(solver.study({ ...request, id: ++id }));
    // Outside the change that asked, as a message comes.
    queueMicrotask(() => act(() => useStore.getState().answer(answer)));
  });
  useStore.subscribe((state, before) => {
    if (state.setup !== before.setup) solve();
    if (state.result !== before.result || state.step !== before.step) inspect();
  });
  render(part);
}
