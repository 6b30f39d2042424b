import contour from 'plotly.js/lib/contour';
import Plotly from 'plotly.js/lib/core';
import quiver from 'plotly.js/lib/quiver';
import scatter from 'plotly.js/lib/scatter';
import 'plotly.js/dist/plotly.css';
import { useEffect, useRef } from 'react';
import type { Figure, Window } from '../plots/plot.ts';

Plotly.register([scatter, contour, quiver]);

interface Props {
  readonly figure: Figure;
  /** Whether a drag moves the window; on a touch screen it scrolls the page instead. */
  readonly pan: boolean;
  /** The figure stands on the screen. */
  onDrawn(figure: Figure): void;
  /** The window moves under the pointer. */
  onMoving(window: Window): void;
  /** The window has moved. */
  onMoved(window: Window): void;
  /** A click, in pixels of the browser's window. */
  onClick(place: { clientX: number; clientY: number }): void;
}

type PlotDiv = Plotly.PlotlyHTMLElement;

/** The one place where Plotly is used: draws a figure and tells what is done with the pointer. */
export default function PlotlyChart(props: Props) {
  const { figure, pan } = props;
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    const element = place.current as PlotDiv | null;
    if (!element) return;
    let current = true;
    // Plotly writes into what it is given.
    const layout = structuredClone({ ...figure.layout, dragmode: pan ? 'pan' : false });
    const config = {
      displayModeBar: false,
      displaylogo: false,
      showSendToCloud: false,
      showTips: false,
      scrollZoom: pan,
      doubleClick: false as const,
      responsive: false,
    };
    Plotly.react(element, figure.data as Plotly.Data[], layout as Partial<Plotly.Layout>, config).then(() => {
      if (!current) return;
      listen(element, latest);
      latest.current.onDrawn(figure);
    });
    return () => {
      current = false;
    };
  }, [figure, pan]);

  useEffect(() => {
    const element = place.current;
    return () => {
      if (element) Plotly.purge(element);
    };
  }, []);

  return <div ref={place} className="plotly-chart" />;
}

interface SurfaceProps {
  readonly figure: Figure;
  onDrawn(figure: Figure): void;
}

/** Plotly's part for space is loaded when it is first asked for. */
const spatial = () =>
  Promise.all([import('plotly.js/lib/surface'), import('plotly.js/lib/scatter3d')]).then((traces) =>
    Plotly.register(traces.map((module) => module.default)),
  );
let loading: Promise<void> | undefined;

/** A figure in space, which can be turned. */
export function SurfaceChart({ figure, onDrawn }: SurfaceProps) {
  const place = useRef<HTMLDivElement>(null);
  const waiting = useRef<Figure>(undefined);
  const busy = useRef(false);
  useEffect(() => {
    waiting.current = figure;
    if (busy.current) return;
    busy.current = true;
    const draw = async () => {
      loading ??= spatial();
      await loading;
      while (waiting.current && place.current) {
        const next = waiting.current;
        waiting.current = undefined;
        const layout = structuredClone(next.layout) as Partial<Plotly.Layout>;
        const config = { displayModeBar: false, displaylogo: false, showSendToCloud: false, showTips: false };
        await Plotly.react(place.current, next.data as Plotly.Data[], layout, config);
        onDrawn(next);
      }
      busy.current = false;
    };
    draw();
  }, [figure, onDrawn]);
  useEffect(() => {
    const element = place.current;
    return () => {
      if (element) Plotly.purge(element);
    };
  }, []);
  return <div ref={place} className="surface-chart" />;
}

const listening = new WeakSet<PlotDiv>();

function listen(element: PlotDiv, latest: { readonly current: Props }): void {
  if (listening.has(element)) return;
  listening.add(element);
  const shown = (): Window => {
    const { xaxis, yaxis } = element.layout;
    return { x: pair(xaxis?.range), y: pair(yaxis?.range) };
  };
  element.on('plotly_relayouting', (event) => {
    latest.current.onMoving(changed(shown(), event as Record<string, unknown>));
  });
  element.on('plotly_relayout', (event) => {
    const moved = Object.keys(event).some((key) => key.includes('axis.range'));
    if (moved) latest.current.onMoved(changed(shown(), event as Record<string, unknown>));
  });
  element.on('plotly_click', ({ event }) => latest.current.onClick(event));
}

function pair(range: readonly unknown[] | undefined): [number, number] {
  return [Number(range?.[0]), Number(range?.[1])];
}

function changed(before: Window, event: Record<string, unknown>): Window {
  const read = (axis: 'xaxis' | 'yaxis', [min, max]: readonly [number, number]): [number, number] => [
    Number(event[`${axis}.range[0]`] ?? min),
    Number(event[`${axis}.range[1]`] ?? max),
  ];
  return { x: read('xaxis', before.x), y: read('yaxis', before.y) };
}
