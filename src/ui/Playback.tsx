import { useEffect } from 'react';
import { lastStep, useStore } from '../store.ts';
import { Icon } from './icons.tsx';

const speeds = [1, 2, 4, 8, 16, 32, 60];

/** One step index drives every panel; this moves it. */
export function Playback() {
  const { look, play, setSpeed } = useStore.getState();
  const step = useStore((state) => state.step);
  const playing = useStore((state) => state.playing);
  const speed = useStore((state) => state.speed);
  const last = useStore(lastStep);
  const shown = Math.min(step, last);
  usePlaying();
  useKeys(last);
  return (
    <section className="playback" aria-label="Playback">
      <div className="playback-buttons">
        <button
          type="button"
          aria-label="First step"
          title="First step (Home)"
          disabled={shown === 0}
          onClick={() => look(0)}
        >
          <Icon name="first" />
        </button>
        <button
          type="button"
          aria-label="Step back"
          title="Step back (←)"
          disabled={shown === 0}
          onClick={() => look(shown - 1)}
        >
          <Icon name="back" />
        </button>
        <button
          type="button"
          className="primary"
          aria-label={playing ? 'Pause' : 'Play'}
          title={playing ? 'Pause (Space)' : 'Play (Space)'}
          disabled={last === 0}
          onClick={() => play(!playing)}
        >
          <Icon name={playing ? 'pause' : 'play'} />
        </button>
        <button
          type="button"
          aria-label="Step forward"
          title="Step forward (→)"
          disabled={shown >= last}
          onClick={() => look(shown + 1)}
        >
          <Icon name="forward" />
        </button>
        <button
          type="button"
          aria-label="Last step"
          title="Last step (End)"
          disabled={shown >= last}
          onClick={() => look(last)}
        >
          <Icon name="last" />
        </button>
      </div>
      <div className="scrubber">
        <input
          type="range"
          aria-label="Step"
          aria-valuetext={`${shown} of ${last}`}
          min={0}
          max={last}
          step={1}
          value={shown}
          disabled={last === 0}
          style={{ '--share': last ? shown / last : 0 } as React.CSSProperties}
          onChange={(event) => look(Number(event.currentTarget.value))}
        />
        <output className="scrubber-count" aria-hidden="true">
          {shown} / {last}
        </output>
      </div>
      <label className="speed">
        <span>Speed</span>
        <select
          aria-label="Speed"
          value={speed}
          onChange={(event) => setSpeed(Number(event.currentTarget.value))}
        >
          {speeds.map((value) => (
            <option key={value} value={value}>
              {value}/s
            </option>
          ))}
        </select>
      </label>
    </section>
  );
}

/** Moves on by the clock while playing, and stops at the end. */
function usePlaying(): void {
  const playing = useStore((state) => state.playing);
  const speed = useStore((state) => state.speed);
  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => {
      const { step, look, play } = useStore.getState();
      look(step + 1);
      if (useStore.getState().step === step) play(false);
    }, 1000 / speed);
    return () => clearInterval(timer);
  }, [playing, speed]);
}

/** ← → Home End Space, unless the control that has the focus uses the key itself. */
function useKeys(last: number): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      if (last === 0 || usesKey(event.target, event.key)) return;
      const { step, look, play, playing } = useStore.getState();
      const act = new Map([
        ['ArrowLeft', () => look(Math.min(step, last) - 1)],
        ['ArrowRight', () => look(step + 1)],
        ['Home', () => look(0)],
        ['End', () => look(last)],
        [' ', () => play(!playing)],
      ]).get(event.key);
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [last]);
}

function usesKey(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('textarea, select, input, [contenteditable="true"]')) return true;
  const presses = target.closest('button, summary, a[href], [role="button"], [role="tab"]') !== null;
  if (key === ' ') return presses;
  return target.closest('[role="tab"], .scrolls') !== null;
}
