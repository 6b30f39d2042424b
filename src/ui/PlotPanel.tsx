import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { plotFor } from '../plots/index.ts';
import { axisNames, lattice } from '../plots/layout.ts';
import type { Figure, Plot, Theme, Window } from '../plots/plot.ts';
import type { Setup } from '../setup.ts';
import { useStore } from '../store.ts';
import type { Result } from '../worker/protocol.ts';
import { FieldCanvas } from './FieldCanvas.tsx';
import { Overlay } from './Overlay.tsx';
import { PlotTools } from './PlotTools.tsx';
import { PointerReading } from './PointerReading.tsx';
import { areaOf, type Projection, project, readable } from './projection.ts';
import { StartHandle } from './StartHandle.tsx';
import { hasWebGL, SurfaceStage } from './SurfaceStage.tsx';
import { Tex } from './tex.tsx';
import { useMedia, useTheme } from './theme.ts';
import { useGestures } from './useGestures.ts';

const PlotlyChart = lazy(() => import('./PlotlyChart.tsx'));

/** Results that follow each other faster than this (ms) are shown by the canvas alone, until they rest. */
const rest = 60;
/** Moves of the window that follow each other faster than this (ms) are one entry of the history. */
const gesturePause = 400;
/** The longest pause between the clicks of a double click, ms. */
const twice = 500;

export function PlotPanel() {
  const result = useStore((state) => state.result);
  const answered = useStore((state) => state.answered);
  const mistaken = useStore((state) => state.mistakes.length > 0);
  const [place, size] = useSize();
  const plot = result && plotFor(result);
  const [drawnResult, setDrawnResult] = useState<Result>();
  return (
    <section
      className="plot-panel"
      aria-label="Plot"
      data-ready={answered && (drawnResult === result || !plot) && result !== undefined}
      data-outcome={result?.paths[0]?.outcome}
    >
      <PlotTools />
      <div ref={place} className="plot-stage">
        {result && plot && size.width > 0 && (
          <Shown
            result={result}
            plot={plot}
            width={size.width}
            height={size.height}
            onReady={setDrawnResult}
          />
        )}
        {result && !plot && (
          <p className="plot-nothing">
            This function has no variables: it is a constant, and there is nothing to descend. Use a letter
            such as x.
          </p>
        )}
        {!answered && !mistaken && <Working />}
        {!result && (
          <p className="plot-nothing">
            {mistaken ? 'The picture comes when the function can be read.' : 'Drawing…'}
          </p>
        )}
      </div>
      <p className="visually-hidden">{result && plot?.describe(result)}</p>
    </section>
  );
}

/** That something is being computed; of a long run, how far it is, with a way to end it there. */
function Working() {
  const progress = useStore((state) => state.progress);
  const stopping = useStore((state) => state.stopping);
  const stop = useStore((state) => state.stop);
  const shown = useStore((state) => state.result !== undefined);
  if (!progress) return shown ? <p className="working">Computing…</p> : null;
  const { step, steps } = progress;
  return (
    <div className="working">
      <progress aria-label="Progress of the run" value={step} max={steps} /> Step {step.toLocaleString('en')}{' '}
      of {steps.toLocaleString('en')}
      <button type="button" onClick={stop} disabled={stopping}>
        Stop
      </button>
    </div>
  );
}

interface StageProps {
  readonly result: Result;
  readonly plot: Plot;
  readonly width: number;
  readonly height: number;
  /** Told which result the picture shows; undefined while it is being drawn. */
  onReady(result: Result | undefined): void;
}

/** In the plane, or in space where that was asked for and the browser can. */
function Shown(props: StageProps) {
  const wanted = useStore((state) => state.setup.view === 'surface');
  const { axes } = props.result;
  if (!wanted || axes[0] === axes[1]) return <Stage {...props} />;
  if (hasWebGL()) return <InSpace {...props} />;
  return (
    <>
      <Stage {...props} />
      <p className="no-space" role="status">
        This browser does not draw in space: WebGL is missing or switched off. Here is the contour plot.
      </p>
    </>
  );
}

/** With the resolution of the contour plot, so that its window stays the same. */
function InSpace({ plot, ...props }: StageProps) {
  const margin = plot.margin(props);
  useResolution(areaOf(props, margin), true);
  return <SurfaceStage {...props} />;
}

function Stage({ result, plot, width, height, onReady }: StageProps) {
  const theme = useTheme();
  const arrows = useStore((state) => !state.setup.hide.includes('arrows'));
  const [moving, setMoving] = useState(false);
  const settled = useSettled(result, moving);
  const figure = useMemo(
    () => plot.figure(settled, { theme, width, height, arrows }),
    [plot, settled, theme, width, height, arrows],
  );
  const [drawn, setDrawn] = useState<{ figure: Figure; result: Result }>();
  const margin = plot.margin({ width });
  const area = areaOf({ width, height }, margin);
  const isCurve = result.axes[0] === result.axes[1];
  useResolution(area, !isCurve);

  const projection = useProjection(plot, result, area.width, area.height);
  const current = drawn?.result === result;
  useEffect(
    () => onReady(current && drawn?.figure === figure ? result : undefined),
    [current, drawn, figure, onReady, result],
  );

  const whole = useRef<HTMLDivElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const fine = useMedia('(pointer: fine)');
  const move = useMovedWindow();
  const onDrawn = useCallback((done: Figure) => setDrawn({ figure: done, result: settled }), [settled]);
  const putStart = useSetStart(result, plot, projection);
  const setStart = (pixels: readonly [number, number], live: boolean) => {
    setMoving(live);
    putStart(pixels, live);
  };
  const onWindow = (window: Window, live: boolean) => {
    setMoving(live);
    move(window, area, live);
  };
  const fit = useFit();
  const inGesture = useGestures({ over: whole, area: stage, projection, onWindow, onTwice: fit.now });
  // With another start or rate the contours stay: then only the paths have to be drawn anew.
  const sameField = current || (!isCurve && drawn?.result.field.key === result.field.key);

  const box = { left: margin.left, top: margin.top, width: area.width, height: area.height };
  const [horizontal, vertical] = axisNames(result);
  return (
    <div
      ref={whole}
      className={current ? 'stage' : sameField ? 'stage path-behind' : 'stage behind'}
      style={{ width, height }}
    >
      <div ref={stage} className="stage-area stage-field" style={box}>
        {!sameField && <Preview result={result} theme={theme} arrows={arrows} projection={projection} />}
      </div>
      <Suspense>
        <PlotlyChart
          figure={figure}
          pan={fine}
          onDrawn={onDrawn}
          onMoving={(window) => onWindow(window, true)}
          onMoved={(window) => onWindow(window, false)}
          onClick={({ clientX, clientY }) => {
            const corner = stage.current?.getBoundingClientRect();
            if (!corner || inGesture()) return;
            fit.remember();
            setStart([clientX - corner.left, clientY - corner.top], false);
          }}
        />
      </Suspense>
      <div className="stage-area stage-handles" style={box}>
        <StartHandle result={result} plot={plot} projection={projection} onMove={setStart} />
      </div>
      <div className="stage-area stage-marks" style={box}>
        <MovingParts result={result} plot={plot} projection={projection} whole={!current} />
      </div>
      <div className="stage-area stage-handles" style={box}>
        <PointerReading {...{ result, plot, projection }} over={whole} area={stage} />
      </div>
      <div
        className="axis-name horizontal"
        style={{ left: margin.left + area.width + 14, top: margin.top + area.height + 5 }}
      >
        <Tex tex={horizontal} />
      </div>
      <div
        className="axis-name vertical"
        style={{ right: margin.right + area.width + 4, top: margin.top - 27 }}
      >
        <Tex tex={vertical} />
      </div>
    </div>
  );
}

/** The newest field until the plot shows it. */
function Preview(props: { result: Result; theme: Theme; arrows: boolean; projection: Projection }) {
  const { result, projection } = props;
  if (result.axes[0] !== result.axes[1]) return <FieldCanvas {...props} />;
  const { values, columns, x } = result.field;
  const points = Array.from(lattice(x, columns), (at, index) => [at, values[index]!] as const)
    .filter(([, value]) => Number.isFinite(value))
    .map((place) => projection.toPixels(place).join());
  return (
    <svg className="overlay" width={projection.width} height={projection.height} aria-hidden="true">
      <polyline className="curve" points={points.join(' ')} />
    </svg>
  );
}

/** Follows the step by itself, so that playing draws nothing else again. */
function MovingParts(props: { result: Result; plot: Plot; projection: Projection; whole: boolean }) {
  const step = useStore((state) => state.step);
  const run = useStore((state) => Math.min(state.run, props.result.paths.length - 1));
  return <Overlay {...props} step={step} run={run} />;
}

/** The result once no newer one has come for a moment; held while the plot itself is under the pointer. */
function useSettled(result: Result, held: boolean): Result {
  const [settled, setSettled] = useState(result);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => setSettled(result), rest);
    return () => clearTimeout(timer);
  }, [result, held]);
  return settled;
}

/** Of the window that was said, which runs ahead of the answer, else of the one that was chosen. */
function useProjection(plot: Plot, result: Result, width: number, height: number): Projection {
  const { x, y } = useStore((state) => state.setup);
  return useMemo(() => {
    const chosen = plot.window(result);
    return project({ x: x ?? chosen.x, y: y ?? chosen.y }, width, height);
  }, [plot, result, x, y, width, height]);
}

/** Asks for as many cells and arrows as the plot can show. */
function useResolution({ width, height }: { width: number; height: number }, equalScales: boolean): void {
  const setResolution = useStore((state) => state.setResolution);
  useEffect(() => {
    const aspect = Number((width / height).toFixed(3));
    const cells = width < 420 ? 130 : 180;
    const across = (share: number) => Math.round(cells * Math.min(1.3, Math.max(0.7, Math.sqrt(share)))) + 1;
    const arrows = Math.max(9, Math.min(24, Math.round(Math.max(width, height) / 36)));
    setResolution({
      columns: across(aspect),
      rows: across(1 / aspect),
      arrows,
      ...(equalScales && { aspect }),
    });
  }, [width, height, equalScales, setResolution]);
}

/** A double click fits the window and leaves the start where it was before the first of its two clicks put it there. */
function useFit() {
  const edit = useStore((state) => state.edit);
  const before = useRef<{ readonly start: Setup['start']; readonly at: number }>(undefined);
  return {
    remember() {
      const at = performance.now();
      if (before.current && at - before.current.at < twice) return;
      before.current = { start: useStore.getState().setup.start, at };
    },
    now() {
      const known = before.current && performance.now() - before.current.at < 2 * twice;
      edit({ x: undefined, y: undefined, ...(known && { start: before.current?.start }) });
      before.current = undefined;
    },
  };
}

/** Tells the settings that the window moves; a turn of the wheel is one entry of the history. */
function useMovedWindow() {
  const edit = useStore((state) => state.edit);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(
    (window: Window, area: { width: number; height: number }, live: boolean) => {
      const rounded = ([min, max]: readonly [number, number], pixels: number) => {
        const tenth = (max - min) / pixels / 10;
        return [readable(min, tenth), readable(max, tenth)] as const;
      };
      const patch = { x: rounded(window.x, area.width), y: rounded(window.y, area.height) };
      edit(patch, { live: true });
      clearTimeout(timer.current);
      if (!live) timer.current = setTimeout(() => edit(patch), gesturePause);
    },
    [edit],
  );
}

/** Puts the start at a place in pixels of the plot area. The window stays as it is seen while that happens. */
function useSetStart(result: Result, plot: Plot, projection: Projection) {
  const edit = useStore((state) => state.edit);
  return useCallback(
    (pixels: readonly [number, number], live: boolean) => {
      const [x, y] = projection.toAxes(pixels);
      const [x1, y1] = projection.toAxes([pixels[0] + 1, pixels[1] + 1]);
      const place = [readable(x, x1 - x), readable(y, y1 - y)] as const;
      const start = plot.pick(result, place, result.start);
      const { field } = result;
      edit({ start, x: field.x, y: field.y }, { live });
    },
    [edit, plot, projection, result],
  );
}

function useSize() {
  const [size, setSize] = useState({ width: 0, height: 0 });
  const place = useCallback((element: HTMLDivElement | null) => {
    if (!element || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => {
      setSize({ width: Math.floor(element.clientWidth), height: Math.floor(element.clientHeight) });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [place, size] as const;
}
