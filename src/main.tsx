import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { followStudies } from './inquiries.ts';
import { fromLink, toLink } from './setup.ts';
import { linkStep, pointOf, useStore } from './store.ts';
import { createClient } from './worker/client.ts';

/** Browsers refuse more than about 100 changes of the address in 10 s; ms. */
const ADDRESS_PAUSE = 150;

const store = useStore;

// Address bar → store.
const openAddress = () => store.getState().open(fromLink(location.hash));
openAddress();

// Store → address bar: a finished change is an entry of the history, what is on the way replaces it.
let due: ReturnType<typeof setTimeout> | undefined;
let shown = address();

function address(state = store.getState()): string {
  return toLink(state.setup, linkStep(state), 'short');
}

function replaceAddress(next = address()): void {
  clearTimeout(due);
  due = undefined;
  if (next === shown) return;
  shown = next;
  history.replaceState(null, '', urlOf(next));
}

const urlOf = (fragment: string): string =>
  fragment === '' ? location.pathname + location.search : `#${fragment}`;

store.subscribe((state, before) => {
  if (state.setup === before.setup && state.step === before.step && state.run === before.run) return;
  if (state.setup !== before.setup && state.trace === 'push') {
    if (due) replaceAddress(address(before));
    shown = address();
    history.pushState(null, '', urlOf(shown));
  } else due ??= setTimeout(() => replaceAddress(), ADDRESS_PAUSE);
});
window.addEventListener('popstate', () => {
  clearTimeout(due);
  due = undefined;
  openAddress();
  shown = address();
});
window.addEventListener('pagehide', () => replaceAddress());

// Store → worker → store.
const client = createClient(
  () => new Worker(new URL('./worker/worker.ts', import.meta.url), { type: 'module' }),
  {
    answer: (answer) => store.getState().answer(answer),
    status: (status) => store.getState().setStatus(status),
  },
);

/** With more than two variables the plane follows the point once it rests so long, ms. */
const PLANE_PAUSE = 140;
let plane: ReturnType<typeof setTimeout> | undefined;

function followPoint(): void {
  if ((store.getState().result?.variables.length ?? 0) < 3) return;
  clearTimeout(plane);
  plane = setTimeout(solve, PLANE_PAUSE);
}

function solve(): void {
  const { setup, resolution, run, step } = store.getState();
  clearTimeout(plane);
  client.send({ kind: 'solve', setup, resolution, look: { run, step } });
}

/** Asks for the derivatives at the point that the panels show. */
function inspect(): void {
  const state = store.getState();
  const at = pointOf(state, state.run);
  if (!state.result || !at) return;
  client.send({
    kind: 'inspect',
    of: state.result.id,
    setup: state.result.setup,
    run: state.run,
    at: at.slice(),
  });
}

store.subscribe((state, before) => {
  if (state.setup !== before.setup || state.resolution !== before.resolution) solve();
  if (state.result !== before.result || state.step !== before.step || state.run !== before.run) inspect();
  if (state.step !== before.step || state.run !== before.run) followPoint();
});
store.subscribe((state, before) => {
  if (state.stopping && !before.stopping) client.send({ kind: 'stop' });
});
followStudies(store, (request) => client.send(request));
solve();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
