import type { Counted } from './counted.ts';

/** A point with what is known there. */
export interface Point {
  /** n. */
  readonly x: Float64Array;
  f: number;
  /** n, of f. */
  readonly gradient: Float64Array;
  /** What a step has already evaluated at the point that it proposes; the loop evaluates the rest. */
  known: 'nothing' | 'value' | 'both';
}

/** A state is plain numbers and vectors, so that it can be posted, compared and drawn. */
export type State = Record<string, number | Float64Array>;

export type Scale = 'linear' | 'log' | 'integer' | 'switch' | 'choice';

/** One adjustable number of a method: draws its own slider and names its own key in a link. */
export interface Parameter {
  readonly label: string;
  /** TeX, as the rule writes it. */
  readonly symbol: string;
  /** A word where it is a choice. */
  readonly default: number | string;
  /** Ends of the slider. */
  readonly min: number;
  readonly max: number;
  readonly scale: Scale;
  /** What a run accepts, both ends included. */
  readonly limits: readonly [lowest: number, highest: number];
  /** For scale 'choice': the words. A method is given the index of the chosen one. */
  readonly choices?: readonly string[];
  /** Rarely changed: a form shows it behind "more". */
  readonly advanced?: boolean;
}

/** One tried length t along the direction p, φ(t) = f(x + t·p). */
export interface LineTrial {
  readonly t: number;
  /** φ(t); NaN outside the domain. */
  readonly f: number;
  /** φ′(t), where it was asked for. */
  readonly slope?: number;
  /** φ(t) ≤ φ(0) + c₁·t·φ′(0). */
  readonly armijo: boolean;
  /** |φ′(t)| ≤ c₂·|φ′(0)|, where the slope is known. */
  readonly curvature?: boolean;
}

/** One tried step of a trust-region or damped method. */
export interface RegionTrial {
  /** Radius of the region, or the damping λ. */
  readonly size: number;
  /** n. */
  readonly step: Float64Array;
  readonly f: number;
  /** What the model promised f to fall by. */
  readonly predicted: number;
  /** Actual over predicted decrease. */
  readonly ratio: number;
  readonly accepted: boolean;
}

/** What a step tried before it settled: for the step inspector and the line-search view. */
export type Trials =
  | {
      readonly kind: 'line search';
      /** n; what is searched along. */
      readonly direction: Float64Array;
      /** φ(0) and φ′(0). */
      readonly f: number;
      readonly slope: number;
      readonly c1: number;
      /** Absent for a search that asks for Armijo's condition alone. */
      readonly c2?: number;
      /** In the order they were tried. */
      readonly tried: readonly LineTrial[];
      /** A sentence, when no step was found. */
      readonly failed?: string;
    }
  | {
      readonly kind: 'trust region' | 'damping';
      readonly tried: readonly RegionTrial[];
      readonly failed?: string;
    }
  | {
      readonly kind: 'simplex';
      readonly move: 'reflection' | 'expansion' | 'outside contraction' | 'inside contraction' | 'shrink';
      readonly tried: readonly { readonly name: string; readonly x: Float64Array; readonly f: number }[];
      readonly failed?: string;
    }
  /** No step exists at this point. */
  | { readonly kind: 'none'; readonly failed: string };

/** What the rule's quantities are computed from: one step, from `at` to `next`. */
export interface Moment<S extends State, P extends string> {
  /** Number of the step, from 1. */
  readonly t: number;
  readonly at: Readonly<Point>;
  readonly next: Readonly<Point>;
  readonly before: Readonly<S>;
  readonly after: Readonly<S>;
  readonly params: Readonly<Record<P, number>>;
  readonly trials: Trials | undefined;
}

/** A quantity of a step that is not stored. */
export interface Derived<S extends State, P extends string> {
  readonly tex: string;
  of(moment: Moment<S, P>): Quantity;
}

/** A number, a vector of n or a matrix of n × n by rows. */
export type Quantity = number | Float64Array;

/**
 * The update as its source writes it, in lines of TeX such as `@m = @beta1 * @m_ + (1 - @beta1) * @g`.
 * A name after @ is a parameter's id, a key of `state` (after the step; with a `_` behind it, before), a key of
 * `also`, or one of `x` (where the step begins), `next`, `g` (the gradient at x) and `t`. The first name of a line is
 * what it defines; ` * ` is a product. With symbols in the names' places it is the paper's rule, with numbers this
 * step's.
 */
export interface Rule<S extends State, P extends string> {
  /** TeX of the state's quantities, without the index t. */
  readonly state?: Partial<Record<keyof S & string, string>>;
  /** TeX and value of quantities that are not stored. */
  readonly also?: Readonly<Record<string, Derived<S, P>>>;
  /** With `trials`, the lines of what that step did. */
  lines(params: Readonly<Record<P, number>>, trials?: Trials): readonly string[];
  /** What is drawn in the plane, and from which name. */
  readonly drawn?: Readonly<Partial<Record<Drawing, string>>>;
}

/** Vectors, per-coordinate rates, a matrix as the ellipse of its form, the radius of a circle, vertices (n + 1 by rows). */
export type Drawing = 'arrow' | 'rates' | 'ellipse' | 'inverse ellipse' | 'circle' | 'simplex';

/**
 * A method of descent: a pair (start, step) without effects beyond its own state. Everything that a menu, a
 * slider, a link, the inspector and the tests need is in its description.
 */
export interface Method<S extends State = State, P extends string = string> {
  readonly id: string;
  readonly label: string;
  /** Paper or book, with page. */
  readonly source: string;
  /**
   * The highest derivative that it asks for. What is asked for is counted: a 'gradient' or 'hessian' method is
   * given the gradient of each point, the others ask for everything themselves.
   */
  readonly needs: 'value' | 'gradient' | 'hessian' | 'jacobian';
  /** It also uses f at its points (line searches and trust regions). */
  readonly usesValue?: boolean;
  /** A vector function it is made for; 'square' as many outputs as variables. */
  readonly residuals?: 'any' | 'square';
  readonly params: Readonly<Record<P, Parameter>>;
  readonly rule: Rule<S, P>;
  /** What `tol` is compared with, where it is not ‖∇f‖. */
  readonly measure?: { readonly name: string; of(at: Readonly<Point>, state: Readonly<S>): number };
  /** State before the first step. */
  start(problem: Counted, at: Readonly<Point>, params: Readonly<Record<P, number>>): S;
  /**
   * Writes the next point into `next` and its own state in place, and touches nothing else. Where it has evaluated
   * f (and the gradient) there, it writes these too and says so in `next.known`.
   */
  step(
    problem: Counted,
    at: Readonly<Point>,
    state: S,
    params: Readonly<Record<P, number>>,
    next: Point,
  ): Trials | undefined;
}
