import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { formatPoint } from '../plots/numbers.ts';
import type { Plot } from '../plots/plot.ts';
import type { Result } from '../worker/protocol.ts';
import type { Projection } from './projection.ts';

interface Props {
  readonly result: Result;
  readonly plot: Plot;
  readonly projection: Projection;
  /** To a place in pixels of the plot area; `live` while the gesture goes on. */
  onMove(pixels: readonly [number, number], live: boolean): void;
}

const arrows = new Map([
  ['ArrowLeft', [-1, 0]],
  ['ArrowRight', [1, 0]],
  ['ArrowUp', [0, -1]],
  ['ArrowDown', [0, 1]],
] as const);

/** Pixels that an arrow key moves: alone, with Shift, with Alt. */
const nudge = { plain: 8, coarse: 40, fine: 1 };

/** Presses that follow each other faster than this (ms) are one entry of the history. */
const keyPause = 350;

/** The start of the descent: drag it, or move it with the arrow keys. */
export function StartHandle({ result, plot, projection, onMove }: Props) {
  const grip = useRef<{ dx: number; dy: number }>(undefined);
  const settling = useRef<ReturnType<typeof setTimeout>>(undefined);
  const place = plot.place(result, result.start, result.paths[0]?.f[0] ?? 0);
  const [left, top] = projection.toPixels(place);
  const inside = left >= -1 && top >= -1 && left <= projection.width + 1 && top <= projection.height + 1;

  const at = (event: PointerEvent): [number, number] => {
    const area = (event.currentTarget as HTMLElement).parentElement?.getBoundingClientRect();
    const { dx, dy } = grip.current ?? { dx: 0, dy: 0 };
    return [
      Math.min(projection.width, Math.max(0, event.clientX - (area?.left ?? 0) - dx)),
      Math.min(projection.height, Math.max(0, event.clientY - (area?.top ?? 0) - dy)),
    ];
  };
  const release = (event: PointerEvent) => {
    if (!grip.current) return;
    const pixels = at(event);
    grip.current = undefined;
    onMove(pixels, false);
  };
  const key = (event: KeyboardEvent) => {
    const direction = arrows.get(event.key as 'ArrowLeft');
    if (!direction) return;
    event.preventDefault();
    const far = event.shiftKey ? nudge.coarse : event.altKey ? nudge.fine : nudge.plain;
    const pixels = [left + far * direction[0], top + far * direction[1]] as const;
    onMove(pixels, true);
    clearTimeout(settling.current);
    settling.current = setTimeout(() => onMove(pixels, false), keyPause);
  };

  return (
    <button
      type="button"
      className="start-handle"
      hidden={!inside}
      style={{ transform: `translate(${left}px, ${top}px)` }}
      aria-label={`Start marker at ${formatPoint(result.start, 4)}`}
      aria-description="Drag, or press the arrow keys to move it; with Shift farther, with Alt less far."
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        const area = event.currentTarget.parentElement?.getBoundingClientRect();
        grip.current = {
          dx: event.clientX - (area?.left ?? 0) - left,
          dy: event.clientY - (area?.top ?? 0) - top,
        };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => grip.current && onMove(at(event), true)}
      onPointerUp={release}
      onPointerCancel={release}
      onKeyDown={key}
    >
      <span className="start-dot" />
    </button>
  );
}
