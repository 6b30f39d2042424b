import type { Formulas, Mistake, Parameter } from '../descent/problem.ts';
import type { Outcome } from '../descent/run.ts';
import type { Range, Setup } from '../setup.ts';
import type { StudyAnswer, StudyId, StudyOptions } from '../studies/index.ts';
import type { StudyDescription, StudyProgress } from '../studies/study.ts';

/**
 * Self-contained: the worker needs nothing that an earlier request said. Ids only grow; of each kind, and of studies
 * of each key, only the newest is answered.
 */
export type Request =
  | {
      readonly kind: 'solve';
      readonly id: number;
      readonly setup: Setup;
      readonly resolution: Resolution;
      /** Through which point of which path the plane goes, where there are more than two variables; absent: the start. */
      readonly look?: { readonly run: number; readonly step: number };
    }
  | {
      readonly kind: 'inspect';
      readonly id: number;
      /** The id of the result whose point this is. */
      readonly of: number;
      readonly setup: Setup;
      readonly run: number;
      readonly at: Float64Array;
    }
  | StudyRequest
  /** Nobody waits for this study any more. No answer. */
  | { readonly kind: 'cancel'; readonly id: number; readonly key: string }
  /** The runs of the present `solve` end where they are; its answer has the paths so far. */
  | { readonly kind: 'stop'; readonly id: number };

/** A question about the function, a run, a step or a point. */
export type StudyRequest = StudyRequestOf<StudyId>;

interface StudyRequestOf<Id extends StudyId> {
  readonly kind: 'study';
  readonly id: number;
  /** Who asks: of each key only the newest request is answered. */
  readonly key: string;
  /** The id of the result that this is about. */
  readonly of: number;
  readonly study: Id;
  /** The result's. */
  readonly setup: Setup;
  readonly run: number;
  readonly step: number;
  readonly at: Float64Array;
  readonly options: StudyOptions[Id];
}

export interface Resolution {
  readonly columns: number;
  readonly rows: number;
  /** Arrows along the longer side. */
  readonly arrows: number;
  /** Width of the plot by its height, so that a fitted window has the same scale on both axes; absent: 1. */
  readonly aspect?: number;
}

/** The flat arrays of a run; see `descend`. */
export interface Path {
  /** Steps taken + 1. */
  readonly length: number;
  /** length × n. */
  readonly x: Float64Array;
  /** length. */
  readonly f: Float64Array;
  /** length × n. */
  readonly gradient: Float64Array;
  readonly outcome: Outcome;
  /** The test that ended it, as a sentence. */
  readonly reason: string;
  /** Numbers that the method's state holds. */
  readonly memory: number;
  readonly evaluations: {
    readonly value: number;
    readonly gradient: number;
    readonly hessian: number;
    readonly jacobian: number;
  };
  /** length; all evaluations, of whatever kind, that the method had asked for when it reached each point. */
  readonly spent: Float64Array;
}

/** The points origin + a·u + b·v; the origin is at right angles to u and v. */
export interface Plane {
  /** n. */
  readonly origin: Float64Array;
  /** n, orthonormal. */
  readonly u: Float64Array;
  readonly v: Float64Array;
  /** From 0 to 1: how much of the path's spread about its mean lies along the plane. */
  readonly share: number;
}

/** The function on the window that is looked at. */
export interface Field {
  /** Equal keys: equal contents; what was drawn for one need not be drawn again for the other. */
  readonly key: string;
  readonly x: Range;
  readonly y: Range;
  readonly columns: number;
  readonly rows: number;
  /** n: the point through which the plane goes; the variables that are not on the axes stand there. */
  readonly at: Float64Array;
  /** Where the plane is not that of two variables; then x and y are coordinates in it. */
  readonly plane?: Plane;
  /** rows × columns of f, row 0 at y's minimum; NaN where f has no value. For one variable 1 × columns. */
  readonly values: Float64Array;
  readonly arrows: {
    readonly columns: number;
    readonly rows: number;
    /** ∂f along the two axes, rows × columns, at the cells' centres; NaN where there is no gradient. */
    readonly u: Float64Array;
    readonly v: Float64Array;
  };
}

/** The answer to a `solve` request. */
export interface Result {
  readonly id: number;
  /** What it answers, with the start, axes and window that were chosen filled in. */
  readonly setup: Setup;
  readonly variables: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly outputs: number;
  readonly scalar: boolean;
  /** Of the lists, those that a person would not read are empty (see `readable` in post.ts). */
  readonly formulas: Formulas;
  /** Indices of the variables on the axes; equal for a function of one variable. */
  readonly axes: readonly [horizontal: number, vertical: number];
  readonly start: Float64Array;
  /** One per run of the setup. */
  readonly paths: readonly Path[];
  readonly field: Field;
  /** Known minima of this function (an example's, in the table), n coordinates each; often none. */
  readonly minima: readonly (readonly number[])[];
  /** A sentence for each setting that made no sense for this function and was replaced. */
  readonly notes: readonly string[];
}

/** The answer to an `inspect` request: derivatives at one point. */
export interface Inspection {
  readonly id: number;
  /** The id of the result whose point this is. */
  readonly of: number;
  readonly at: Float64Array;
  readonly f: number;
  /** m. */
  readonly residual: Float64Array;
  /** n. */
  readonly gradient: Float64Array;
  /** m × n. */
  readonly jacobian: Float64Array;
  /** n × n. */
  readonly hessian: Float64Array;
}

/** The answer to a `study` request, or the sentence why there is none. */
export interface Studied {
  readonly id: number;
  readonly key: string;
  readonly of: number;
  readonly study: StudyId;
  readonly run: number;
  readonly step: number;
  readonly outcome: { readonly answer: StudyAnswer[StudyId] } | { readonly failed: string };
}

export type Answer =
  /** The worker's first word: what it can be asked. */
  | { readonly kind: 'hello'; readonly studies: readonly StudyDescription[] }
  | { readonly kind: 'result'; readonly result: Result }
  | { readonly kind: 'inspection'; readonly inspection: Inspection }
  /** The text, the start or a setting makes no sense; `where` says which field it speaks of. */
  | {
      readonly kind: 'mistake';
      readonly id: number;
      readonly where: 'formula' | 'start' | 'run';
      /** Which run, if it speaks of one. */
      readonly run?: number;
      readonly mistake: Mistake;
    }
  | { readonly kind: 'studied'; readonly studied: Studied }
  /** A study is under way. */
  | {
      readonly kind: 'studying';
      readonly id: number;
      readonly key: string;
      readonly progress: StudyProgress<StudyAnswer[StudyId]>;
    }
  /** Between slices of long work: the worker is not stuck. */
  | { readonly kind: 'alive'; readonly progress?: Progress };

/** How far a long answer has come. */
export interface Progress {
  readonly id: number;
  /** Of the present run. */
  readonly run: number;
  readonly step: number;
  readonly steps: number;
}
