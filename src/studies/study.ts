import type { Problem } from '../descent/problem.ts';
import type { Trajectory } from '../descent/run.ts';
import type { Setup } from '../setup.ts';

/** The recorded path of the run that is asked about: shared, so it is read and not written. */
export type StudyPath = Readonly<Pick<Trajectory, 'length' | 'x' | 'f' | 'gradient' | 'outcome'>>;

/** What a study is asked about. */
export interface StudyContext {
  readonly problem: Problem;
  /** With start, axes and window filled in. */
  readonly setup: Setup;
  /** Index of the run in the setup. */
  readonly run: number;
  /** n: where that run starts. */
  readonly start: Float64Array;
  /** The same object for as long as the run is the same, so that what belongs to it can be kept in a WeakMap. */
  readonly path: StudyPath;
  /** Indices of the variables on the plot's axes; equal for one variable. */
  readonly axes: readonly [horizontal: number, vertical: number];
  readonly step: number;
  /** n: the point that is asked about, by default the path's at `step`. */
  readonly at: Float64Array;
  /** True when a generator should yield, so that newer requests are let in. */
  pause(): boolean;
  /** A clock for measurements, ms. */
  now(): number;
}

/** How far a study has come, with what it knows already. */
export interface StudyProgress<Answer> {
  /** From 0 to 1. */
  readonly done: number;
  readonly partial?: Answer;
}

/**
 * Of what an answer speaks: 'nothing' of what is on the page, 'function' the text and its sliders, 'run' also method,
 * parameters, start, steps and tol, 'step' also the point that is looked at. A change of anything else asks nothing
 * anew.
 */
export type Dependence = 'nothing' | 'function' | 'run' | 'step';

/** What the page has to know of a study to ask it at the right moments. */
export interface StudyDescription {
  readonly id: string;
  readonly dependsOn: Dependence;
  /** The answer depends on the plot's window and axes too. */
  readonly usesWindow?: boolean;
}

/**
 * One question about the present function, run, step or point. The answer is plain data, whose arrays are its own: they
 * are transferred to the page.
 */
export interface Study<Id extends string, Options, Answer> extends StudyDescription {
  readonly id: Id;
  /** A sentence where the question makes no sense, such as a map's for a scalar function. */
  unfit?(context: StudyContext): string | undefined;
  run(context: StudyContext, options: Options): Generator<StudyProgress<Answer> | undefined, Answer>;
}
