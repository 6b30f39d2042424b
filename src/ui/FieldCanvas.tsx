import { useLayoutEffect, useRef } from 'react';
import { arrowOpacity, arrowsOf, levelsOf, lineColor, lineWidth } from '../plots/contour.ts';
import type { Levels } from '../plots/levels.ts';
import { levelLines } from '../plots/lines.ts';
import type { Theme } from '../plots/plot.ts';
import type { Result } from '../worker/protocol.ts';
import type { Projection } from './projection.ts';

interface Props {
  readonly result: Result;
  readonly theme: Theme;
  readonly arrows: boolean;
  /** Of the window that is seen, which may already be another than the field's. */
  readonly projection: Projection;
}

/**
 * The field as the plot shows it, drawn in a few milliseconds: stands at once, before the plot is drawn and while it
 * would lag behind.
 */
export function FieldCanvas({ result, theme, arrows, projection }: Props) {
  const place = useRef<HTMLCanvasElement>(null);
  const { width, height } = projection;
  useLayoutEffect(() => {
    const context = place.current?.getContext('2d');
    if (!context) return;
    const sharp = Math.min(globalThis.devicePixelRatio || 1, 2);
    context.canvas.width = width * sharp;
    context.canvas.height = height * sharp;
    context.scale(sharp, sharp);
    const levels = levelsOf(result);
    const heights = result.field.values.map((value) => levels.height(value));
    drawBands(context, result, levels, heights, theme, projection);
    drawLines(context, result, levels, heights, theme, projection);
    if (arrows) drawArrows(context, result, theme, projection);
  }, [result, theme, arrows, projection, width, height]);
  return <canvas ref={place} className="field-canvas" style={{ width, height }} />;
}

type Pen = CanvasRenderingContext2D;

function drawBands(
  pen: Pen,
  { field }: Result,
  levels: Levels,
  heights: Float64Array,
  theme: Theme,
  projection: Projection,
): void {
  const { columns, rows, x, y } = field;
  const colors = theme.field.map(([, color]) =>
    [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)),
  );
  const image = new ImageData(columns, rows);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const height = heights[row * columns + column]!;
      if (!Number.isFinite(height)) continue;
      const band = Math.floor((height - levels.start) / levels.size + 1e-9) + 0.5;
      const share = (band * levels.size) / (levels.end - levels.start || 1);
      const color = colors[Math.round(Math.min(1, Math.max(0, share)) * (colors.length - 1))]!;
      image.data.set([color[0]!, color[1]!, color[2]!, 255], ((rows - 1 - row) * columns + column) * 4);
    }
  }
  const cells = document.createElement('canvas');
  cells.width = columns;
  cells.height = rows;
  cells.getContext('2d')?.putImageData(image, 0, 0);
  const [left, top] = projection.toPixels([x[0], y[1]]);
  const [right, bottom] = projection.toPixels([x[1], y[0]]);
  // The lattice's ends are the centres of the outermost cells, half of which lie outside the window.
  const [wide, high] = [(right - left) / (columns - 1), (bottom - top) / (rows - 1)];
  pen.drawImage(cells, left - wide / 2, top - high / 2, right - left + wide, bottom - top + high);
}

function drawLines(
  pen: Pen,
  { field }: Result,
  levels: Levels,
  heights: Float64Array,
  theme: Theme,
  projection: Projection,
): void {
  const { columns, rows, x, y } = field;
  const segments = levelLines(heights, columns, rows, levels);
  const [left, top] = projection.toPixels([x[0], y[1]]);
  const [right, bottom] = projection.toPixels([x[1], y[0]]);
  const [wide, high] = [(right - left) / (columns - 1), (bottom - top) / (rows - 1)];
  pen.beginPath();
  for (let at = 0; at < segments.length; at += 4) {
    pen.moveTo(left + segments[at]! * wide, bottom - segments[at + 1]! * high);
    pen.lineTo(left + segments[at + 2]! * wide, bottom - segments[at + 3]! * high);
  }
  pen.lineWidth = lineWidth;
  pen.strokeStyle = lineColor(theme);
  pen.stroke();
}

/** Length and half width of an arrow's head, in pixels. */
const head = [6.5, 1.75] as const;

function drawArrows(pen: Pen, { field }: Result, theme: Theme, projection: Projection): void {
  const { x, y, u, v } = arrowsOf(field, projection);
  pen.beginPath();
  for (let at = 0; at < x.length; at += 1) {
    const [x0, y0] = projection.toPixels([x[at]! - u[at]! / 2, y[at]! - v[at]! / 2]);
    const [x1, y1] = projection.toPixels([x[at]! + u[at]! / 2, y[at]! + v[at]! / 2]);
    const length = Math.hypot(x1 - x0, y1 - y0) || 1;
    const [dx, dy] = [(x1 - x0) / length, (y1 - y0) / length];
    pen.moveTo(x0, y0);
    pen.lineTo(x1, y1);
    for (const side of [-1, 1]) {
      pen.moveTo(x1, y1);
      pen.lineTo(x1 - head[0] * dx - side * head[1] * dy, y1 - head[0] * dy + side * head[1] * dx);
    }
  }
  pen.globalAlpha = arrowOpacity;
  pen.lineWidth = 1.1;
  pen.strokeStyle = theme.gradient;
  pen.stroke();
  pen.globalAlpha = 1;
}
