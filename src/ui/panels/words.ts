import { displayName } from '../../plots/names.ts';
import { formatNumber, formatPoint } from '../../plots/numbers.ts';
import type { CurvatureAnswer } from '../../studies/curvature.ts';

type Signs = CurvatureAnswer['signs'];

const directions = (count: number): string => `${count} direction${count === 1 ? '' : 's'}`;

/** How a function bends at a point: a name for the shape, and a sentence. */
export function bending(
  { definiteness, signs, n }: Pick<CurvatureAnswer, 'definiteness' | 'signs' | 'n'>,
  f = 'f',
): readonly [shape: string, sentence: string] {
  const every = n === 1 ? '' : ' in every direction';
  switch (definiteness) {
    case 'positive definite':
      return ['Bowl', `${f} curves upwards${every}: ${n === 1 ? `${f}″ > 0` : 'positive definite'}.`];
    case 'negative definite':
      return ['Dome', `${f} curves downwards${every}: ${n === 1 ? `${f}″ < 0` : 'negative definite'}.`];
    case 'indefinite':
      return [
        'Saddle',
        `${f} curves upwards in ${directions(signs.positive)} and downwards in ${signs.negative}${flat(signs)}: indefinite.`,
      ];
    case 'positive semidefinite':
      return [
        'Valley with a flat direction',
        `${f} curves upwards in ${directions(signs.positive)}${flat(signs)}: positive semidefinite.`,
      ];
    case 'negative semidefinite':
      return [
        'Ridge with a flat direction',
        `${f} curves downwards in ${directions(signs.negative)}${flat(signs)}: negative semidefinite.`,
      ];
    case 'zero':
      return ['Flat', n === 1 ? `${f}″ is zero here.` : 'No curvature here: the Hessian is zero.'];
    case 'unknown':
      return ['No curvature', 'The Hessian has no value here.'];
  }
}

const flat = ({ zero }: Signs): string => (zero === 0 ? '' : `, and is flat in ${zero}`);

/** What kind of point it is where the gradient is nearly zero, as a sentence. */
export function kindOfPoint(
  { kind, gradientNorm }: Pick<CurvatureAnswer, 'kind' | 'gradientNorm'>,
  f = 'f',
): string {
  const length = `‖∇${f}‖ = ${formatNumber(gradientNorm, 3)}`;
  switch (kind) {
    case 'minimum':
      return `The gradient is nearly zero (${length}): a minimum.`;
    case 'maximum':
      return `The gradient is nearly zero (${length}): a maximum.`;
    case 'saddle':
      return `The gradient is nearly zero (${length}): a saddle point.`;
    case 'degenerate':
      return `The gradient is nearly zero (${length}), but so is an eigenvalue: second derivatives alone do not tell what kind of point this is.`;
    default:
      return `Not a critical point: ${length}.`;
  }
}

/** Entries of a direction beyond this share of the largest are named where there are many variables. */
const small = 0.1;

/** A unit vector: all of it for a few variables, else its largest parts. */
export function direction(vector: Float64Array, variables: readonly string[]): string {
  if (vector.length <= 3) return formatPoint(vector, 3);
  const order = Array.from(vector.keys()).sort((i, j) => Math.abs(vector[j]!) - Math.abs(vector[i]!));
  const largest = Math.abs(vector[order[0]!]!);
  const named = order.filter((i) => Math.abs(vector[i]!) > small * largest);
  const parts = named.slice(0, 3).map((i) => `${formatNumber(vector[i]!, 2)} ${displayName(variables[i]!)}`);
  return `${parts.join(' + ').replaceAll('+ -', '− ')}${named.length > 3 ? ' …' : ''}`;
}
