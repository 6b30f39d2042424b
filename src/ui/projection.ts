import type { Margin, Window } from '../plots/plot.ts';

/** Between a place on the plot's axes and pixels of the plot area. */
export interface Projection {
  readonly width: number;
  readonly height: number;
  toPixels(place: readonly [number, number]): [left: number, top: number];
  toAxes(pixels: readonly [left: number, top: number]): [number, number];
}

/** SVG and the layout engines take no larger numbers; a path that diverges leaves the screen all the same. */
const farAway = 1e5;

export function project(window: Window, width: number, height: number): Projection {
  const [x0, x1] = window.x;
  const [y0, y1] = window.y;
  // Also a place without a number, as f where it has no value, is drawn nowhere.
  const near = (pixels: number) =>
    Number.isNaN(pixels) ? farAway : Math.min(farAway, Math.max(-farAway, pixels));
  return {
    width,
    height,
    toPixels: ([x, y]) => [near(((x - x0) / (x1 - x0)) * width), near(((y1 - y) / (y1 - y0)) * height)],
    toAxes: ([left, top]) => [x0 + (left / width) * (x1 - x0), y1 - (top / height) * (y1 - y0)],
  };
}

/** Size of the plot area inside a figure. */
export function areaOf(
  size: { width: number; height: number },
  margin: Margin,
): { width: number; height: number } {
  return {
    width: Math.max(1, size.width - margin.left - margin.right),
    height: Math.max(1, size.height - margin.top - margin.bottom),
  };
}

/** Rounds a coordinate to what a pixel can tell apart, so that a dragged start is a number one can read. */
export function readable(value: number, perPixel: number): number {
  const unit = 10 ** Math.floor(Math.log10(Math.abs(perPixel) || 1));
  return Number((Math.round(value / unit) * unit).toPrecision(12));
}
