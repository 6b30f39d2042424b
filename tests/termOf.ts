import type { DisplayAlgebra } from '../src/math/algebra.ts';
import { type Meaning, meaning } from '../src/math/meaning.ts';
import { parse } from '../src/math/parse.ts';
import type { Settled, Term } from '../src/math/term.ts';

/** What a text means in the displayed algebra; a mistake in the text is one in the test. */
export const meaningOf = (algebra: DisplayAlgebra, text: string): Meaning<Term> => {
  const parsed = parse(text);
  if ('error' in parsed) throw new Error(`${parsed.error.message} ${text}`);
  const read = meaning<Term>(parsed.program, algebra);
  if ('error' in read) throw new Error(`${read.error.message} ${text}`);
  return read.meaning;
};

/** The one output of a text. */
export const termOf = (algebra: DisplayAlgebra, text: string): Settled =>
  algebra.settle(meaningOf(algebra, text).outputs[0]!);
