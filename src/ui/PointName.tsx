import { displayName, subscript, texName } from '../plots/names.ts';

interface Props {
  readonly variables: readonly string[];
  readonly step: number;
}

/** The point of a step: `w₃` for the weights w1, w2 …, a bold x₃ where the variables share no letter. */
export function PointName({ variables, step }: Props) {
  const letter = sharedLetter(variables);
  return (
    <span className="point-name">
      {letter ? <i>{displayName(letter)}</i> : <b>x</b>}
      {subscript(step)}
    </span>
  );
}

/** TeX of the point, without the number of its step. */
export function pointTex(variables: readonly string[]): string {
  const letter = sharedLetter(variables);
  return letter ? texName(letter) : '\\mathbf{x}';
}

/** The letter of numbered variables, or of the only one. */
function sharedLetter(variables: readonly string[]): string | undefined {
  if (variables.length === 1) return /^([^\d_]+)/.exec(variables[0]!)?.[1];
  const letters = new Set(variables.map((name) => /^([^\d_]+)_?\d+$/.exec(name)?.[1]));
  const [letter] = letters;
  return letters.size === 1 ? letter : undefined;
}
