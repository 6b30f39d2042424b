import { type RefObject, useEffect, useRef } from 'react';
import type { Window } from '../plots/plot.ts';
import { type Projection, project } from './projection.ts';

interface Options {
  /** What is touched. */
  readonly over: RefObject<HTMLElement | null>;
  /** The plot area itself. */
  readonly area: RefObject<HTMLElement | null>;
  readonly projection: Projection;
  /** The window that two fingers make; `live` while they are down. */
  onWindow(window: Window, live: boolean): void;
  /** Two clicks or taps at one place; the second is not heard by anyone else. */
  onTwice(): void;
}

/** Two clicks or taps in one place: within so many ms, and so many pixels. */
const [soon, close] = [400, 12];

type Pair = readonly [readonly [number, number], readonly [number, number]];

/**
 * The window in which the places that two fingers first touched lie under the fingers now: moved, and scaled alike on
 * both axes.
 *
 * @param before the window's projection when the fingers came down
 * @param from, to the fingers then and now, in pixels of the plot area
 */
export function pinched(before: Projection, from: Pair, to: Pair): Window {
  const middle = ([a, b]: Pair) => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] as const;
  const apart = ([a, b]: Pair) => Math.max(20, Math.hypot(a[0] - b[0], a[1] - b[1]));
  const scale = apart(from) / apart(to);
  const [first, now] = [middle(from), middle(to)];
  const corner = (left: number, top: number) =>
    before.toAxes([first[0] + (left - now[0]) * scale, first[1] + (top - now[1]) * scale]);
  const [x0, y1] = corner(0, 0);
  const [x1, y0] = corner(before.width, before.height);
  return { x: [x0, x1], y: [y0, y1] };
}

/** The window scaled about a place that stays where it is. */
export function scaled(before: Projection, [left, top]: readonly [number, number], factor: number): Window {
  const from = (pixels: number, about: number) => about + (pixels - about) * factor;
  const [x0, y1] = before.toAxes([from(0, left), from(0, top)]);
  const [x1, y0] = before.toAxes([from(before.width, left), from(before.height, top)]);
  return { x: [x0, x1], y: [y0, y1] };
}

/**
 * Two fingers move and scale the window, while one finger scrolls the page; a double click or tap; the wheel where
 * something lies on the plot that would swallow it. Says whether a finger that now lifts belongs to one of these.
 */
export function useGestures({ over, area, projection, onWindow, onTwice }: Options): () => boolean {
  const latest = useRef({ projection, onWindow, onTwice });
  latest.current = { projection, onWindow, onTwice };
  /** Until a finger or button comes down anew. */
  const claimed = useRef(false);
  useEffect(() => {
    const element = over.current;
    if (!element) return;
    let begun: { readonly before: Projection; readonly from: Pair } | undefined;
    let window: Window | undefined;
    const fingers = ({ touches }: TouchEvent): Pair => {
      const corner = area.current?.getBoundingClientRect();
      const place = (touch: Touch | undefined) =>
        [(touch?.clientX ?? 0) - (corner?.left ?? 0), (touch?.clientY ?? 0) - (corner?.top ?? 0)] as const;
      return [place(touches[0]), place(touches[1])];
    };
    const start = (event: TouchEvent) => {
      if (event.touches.length !== 2) return;
      event.preventDefault();
      claimed.current = true;
      begun = { before: fixed(latest.current.projection), from: fingers(event) };
    };
    const move = (event: TouchEvent) => {
      if (!begun || event.touches.length !== 2) return;
      event.preventDefault();
      window = pinched(begun.before, begun.from, fingers(event));
      latest.current.onWindow(window, true);
    };
    const end = () => {
      if (!begun) return;
      begun = undefined;
      if (window) latest.current.onWindow(window, false);
      window = undefined;
    };
    let down = { at: Number.NEGATIVE_INFINITY, x: 0, y: 0 };
    const press = (event: PointerEvent) => {
      if (!event.isPrimary || event.button !== 0) return;
      const { timeStamp: at, clientX: x, clientY: y } = event;
      const again = at - down.at < soon && Math.hypot(x - down.x, y - down.y) < close;
      down = { at: again ? Number.NEGATIVE_INFINITY : at, x, y };
      claimed.current = again;
      if (!again) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current.onTwice();
    };
    const turn = (event: WheelEvent) => {
      const corner = area.current?.getBoundingClientRect();
      if (!corner || !(event.target instanceof Element) || !event.target.closest('.start-handle')) return;
      event.preventDefault();
      const place = [event.clientX - corner.left, event.clientY - corner.top] as const;
      // As Plotly does it beside the handle.
      const factor = Math.exp(Math.min(20, Math.max(-20, event.deltaY)) / 200);
      latest.current.onWindow(scaled(latest.current.projection, place, factor), false);
    };
    const options = { passive: false, capture: true } as const;
    element.addEventListener('pointerdown', press, options);
    element.addEventListener('wheel', turn, options);
    element.addEventListener('touchstart', start, options);
    element.addEventListener('touchmove', move, options);
    element.addEventListener('touchend', end, options);
    element.addEventListener('touchcancel', end, options);
    return () => {
      element.removeEventListener('pointerdown', press, options);
      element.removeEventListener('wheel', turn, options);
      element.removeEventListener('touchstart', start, options);
      element.removeEventListener('touchmove', move, options);
      element.removeEventListener('touchend', end, options);
      element.removeEventListener('touchcancel', end, options);
    };
  }, [over, area]);
  return () => claimed.current;
}

/** The same places for as long as the gesture lasts, whatever the window does meanwhile. */
function fixed({ width, height, toAxes }: Projection): Projection {
  const [x0, y1] = toAxes([0, 0]);
  const [x1, y0] = toAxes([width, height]);
  return project({ x: [x0, x1], y: [y0, y1] }, width, height);
}
