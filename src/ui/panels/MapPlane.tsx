import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react';
import type { Pair, PlaneView } from '../../plots/mapping.ts';
import { formatPoint } from '../../plots/numbers.ts';
import { linearTicks, tickTexts } from '../../plots/ticks.ts';

/** Side of the picture in its own units; it is as wide as there is room. */
export const side = 400;

interface Props {
  readonly title: string;
  readonly names: readonly [string, string];
  readonly view: PlaneView;
  readonly children: ReactNode;
  /** Where the point is. */
  readonly place: Pair;
  readonly handle: string;
  onMove(place: Pair): void;
}

const arrows = new Map<string, Pair>([
  ['ArrowLeft', [-1, 0]],
  ['ArrowRight', [1, 0]],
  ['ArrowUp', [0, -1]],
  ['ArrowDown', [0, 1]],
]);

/** A plane with a point that can be dragged or moved with the arrow keys. */
export function MapPlane({ title, names, view, children, place, handle, onMove }: Props) {
  const stage = useRef<HTMLDivElement>(null);
  const held = useRef(false);
  const pixels = view.toPixels(place);
  const [left, top] = pixels.map((value) => Math.min(side, Math.max(0, value))) as [number, number];
  const placeAt = (event: PointerEvent): Pair => {
    const box = stage.current!.getBoundingClientRect();
    const within = (value: number) => Math.min(side, Math.max(0, value));
    return view.toPlane([
      within(((event.clientX - box.left) / box.width) * side),
      within(((event.clientY - box.top) / box.height) * side),
    ]);
  };
  const key = (event: KeyboardEvent) => {
    const direction = arrows.get(event.key);
    if (!direction) return;
    event.preventDefault();
    const far = event.shiftKey ? 40 : event.altKey ? 1 : 8;
    onMove(view.toPlane([pixels[0] + far * direction[0], pixels[1] + far * direction[1]]));
  };
  return (
    <figure className="map-plane">
      <figcaption>{title}</figcaption>
      <div ref={stage} className="map-stage">
        <svg viewBox={`0 0 ${side} ${side}`} role="img" aria-label={title}>
          <Ticks view={view} names={names} />
          {children}
        </svg>
        <button
          type="button"
          className="map-handle"
          style={{ left: `${(100 * left) / side}%`, top: `${(100 * top) / side}%` }}
          aria-label={`${handle} at ${formatPoint(place, 4)}`}
          aria-description="Drag, or press the arrow keys to move it; with Shift farther, with Alt less far."
          onPointerDown={(event) => {
            if (event.button !== 0) return;
            held.current = true;
            event.currentTarget.setPointerCapture(event.pointerId);
          }}
          onPointerMove={(event) => held.current && onMove(placeAt(event))}
          onPointerUp={() => {
            held.current = false;
          }}
          onPointerCancel={() => {
            held.current = false;
          }}
          onKeyDown={key}
        >
          <span className="map-dot" />
        </button>
      </div>
    </figure>
  );
}

function Ticks({ view, names }: { readonly view: PlaneView; readonly names: readonly [string, string] }) {
  const across = linearTicks(view.window.x, 5);
  const up = linearTicks(view.window.y, 5);
  const [acrossTexts, upTexts] = [tickTexts(across), tickTexts(up)];
  return (
    <g className="map-ticks">
      {across.map((tick, index) => {
        const [left] = view.toPixels([tick, 0]);
        return left < 24 || left > side - 40 ? null : (
          <text key={tick} x={left} y={side - 5} textAnchor="middle">
            {acrossTexts[index]}
          </text>
        );
      })}
      {up.map((tick, index) => {
        const [, top] = view.toPixels([0, tick]);
        return top < 24 || top > side - 20 ? null : (
          <text key={tick} x={5} y={top + 4}>
            {upTexts[index]}
          </text>
        );
      })}
      <text className="map-name" x={side - 6} y={side - 6} textAnchor="end">
        {names[0]}
      </text>
      <text className="map-name" x={6} y={17}>
        {names[1]}
      </text>
    </g>
  );
}
