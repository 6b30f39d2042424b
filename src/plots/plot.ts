import type { Result } from '../worker/protocol.ts';
import type { ColorScale } from './palette.ts';

/** Plotly's picture as plain JSON. */
export interface Figure {
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly layout: Readonly<Record<string, unknown>>;
}

/** Colours of the page at the moment; one for each meaning. */
export interface Theme {
  readonly dark: boolean;
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  readonly paper: string;
  /** ∇f, wherever it appears. */
  readonly gradient: string;
  /** One per run. */
  readonly runs: readonly string[];
  readonly field: ColorScale;
}

/** What a figure depends on besides the result. */
export interface View {
  readonly theme: Theme;
  /** Of the whole figure, in CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Whether the gradient arrows are shown. */
  readonly arrows: boolean;
}

/** Pixels around the plot area. They are fixed, so that what is laid over the plot knows where it is. */
export interface Margin {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The part of the plane that is shown. */
export interface Window {
  readonly x: readonly [min: number, max: number];
  readonly y: readonly [min: number, max: number];
}

/** One way to draw a result. */
export interface Plot {
  readonly id: string;
  readonly label: string;
  /** Whether this plot can show the result. */
  suits(result: Result): boolean;
  figure(result: Result, view: View): Figure;
  window(result: Result): Window;
  margin(view: Pick<View, 'width'>): Margin;
  /** Where a point of the domain with its value lies on the plot's axes. */
  place(result: Result, x: ArrayLike<number>, f: number): readonly [horizontal: number, vertical: number];
  /** The point of the domain that a place on the axes means; the coordinates that are not drawn stay as in `at`. */
  pick(
    result: Result,
    place: readonly [horizontal: number, vertical: number],
    at: ArrayLike<number>,
  ): number[];
  /** ∇f as an arrow on the plot's axes, from the place of `x`. */
  arrow(result: Result, gradient: ArrayLike<number>): readonly [horizontal: number, vertical: number];
  /** What the picture shows, in words. */
  describe(result: Result): string;
}
