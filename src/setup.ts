export type Range = readonly [min: number, max: number];
export type View = 'contour' | 'surface';

/** One run of a method; several are compared. */
export interface Run {
  readonly method: string;
  /** By parameter id; absent means the method's default. */
  readonly params: Readonly<Record<string, number | string>>;
  /** This run's own start; absent: the common one. */
  readonly start?: readonly number[];
}

/** Everything that a person has set: what a link carries. */
export interface Setup {
  readonly formula: string;
  /** In the order of the variables; absent: chosen from the function. */
  readonly start?: readonly number[];
  /** At least one. */
  readonly runs: readonly Run[];
  readonly steps: number;
  readonly tol: number;
  /** Window of the plot; absent: fits start, path and minima. */
  readonly x?: Range;
  readonly y?: Range;
  /** The two variables on the axes; absent: the first two. */
  readonly axes?: readonly [string, string];
  readonly view: View;
  /** Sliders' values by parameter name. */
  readonly sliders: Readonly<Record<string, number>>;
  readonly embed: boolean;
  readonly hide: readonly string[];
}
