import './surface.css';
import { lazy, Suspense, useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { Figure } from '../plots/plot.ts';
import { surfaceFigure } from '../plots/surface.ts';
import { stepsAt } from '../race.ts';
import { useStore } from '../store.ts';
import type { Result } from '../worker/protocol.ts';
import { useTheme } from './theme.ts';

const SurfaceChart = lazy(() =>
  import('./PlotlyChart.tsx').then((module) => ({ default: module.SurfaceChart })),
);

interface Props {
  readonly result: Result;
  readonly width: number;
  readonly height: number;
  onReady(result: Result | undefined): void;
}

/** The window of the contour plot as a surface that can be turned. */
export function SurfaceStage({ result, width, height, onReady }: Props) {
  const theme = useTheme();
  // Drawing in space takes longer than a step of a quick playback.
  const step = useDeferredValue(useStore((state) => state.step));
  const run = useStore((state) => Math.min(state.run, result.paths.length - 1));
  const figure = useMemo(
    () => surfaceFigure(result, { theme, width, height, arrows: false }, stepsAt(result, run, step)),
    [result, theme, width, height, run, step],
  );
  const [drawn, setDrawn] = useState<Figure>();
  const onDrawn = useCallback((done: Figure) => setDrawn(done), []);
  useEffect(() => onReady(drawn === figure ? result : undefined), [drawn, figure, onReady, result]);
  return (
    <div className="surface" style={{ width, height }}>
      <Suspense fallback={<p className="plot-nothing">Loading the view in space…</p>}>
        <SurfaceChart figure={figure} onDrawn={onDrawn} />
      </Suspense>
      <p className="note surface-hint">Drag to turn it, use the wheel or two fingers to come nearer.</p>
    </div>
  );
}

let found: boolean | undefined;

/** Whether the browser draws in space. */
export function hasWebGL(): boolean {
  found ??= (() => {
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('webgl');
    // Browsers keep few contexts at once.
    context?.getExtension('WEBGL_lose_context')?.loseContext();
    return context !== null;
  })();
  return found;
}
