import type { Mistake } from './mistake.ts';
import { isAscii } from './names.ts';

/** Marks around a run of superscript characters: `x²` is read as `x⟨open⟩2⟨close⟩`. From the private use area. */
export const SUPERSCRIPT_OPEN = '\uE000';
export const SUPERSCRIPT_CLOSE = '\uE001';

export interface Characters {
  readonly text: string;
  /** Where the k-th character of `text` begins and ends in the text as typed; absent: in the same place. */
  readonly places?: { readonly from: Int32Array; readonly to: Int32Array };
}

/** Superscript forms of Unicode: they are raised, not flattened as NFKC would (eˣ is not ex). */
const isSuperscript = (code: number): boolean =>
  code === 0xaa ||
  code === 0xb2 ||
  code === 0xb3 ||
  code === 0xb9 ||
  code === 0xba ||
  (code >= 0x2b0 && code <= 0x2b8) ||
  (code >= 0x2e0 && code <= 0x2e4) ||
  (code >= 0x1d2c && code <= 0x1d61) ||
  code === 0x1d78 ||
  (code >= 0x1d9b && code <= 0x1dbf) ||
  (code >= 0x2070 && code <= 0x207f);

const isSubscript = (code: number): boolean =>
  (code >= 0x1d62 && code <= 0x1d6a) || (code >= 0x2080 && code <= 0x209c) || code === 0x2c7c;

/** What NFKC leaves, or would read wrongly. */
const meanings: ReadonlyMap<string, string> = new Map(
  [
    ['-', '−‐‑‒–'],
    ['*', '⋅·•∙∗×✕\u2062'],
    ['/', '÷∕⁄'],
    ['<=', '≤'],
    ['>=', '≥'],
    ['!=', '≠'],
    [' and ', '∧'],
    [' or ', '∨'],
    [' not ', '¬'],
    ['..', '…‥'],
    ['Δ', '∆'],
    ['σ', 'ς'],
    [' ', '\u2061\uFEFF'],
    ['\n', '\u2028\u2029\u0085'],
    ['\uFFFD', SUPERSCRIPT_OPEN + SUPERSCRIPT_CLOSE],
  ].flatMap(([meaning, signs]) => [...signs!].map((sign): [string, string] => [sign, meaning!])),
);

/**
 * The text in the characters that the grammar knows: NFKC character by character, with superscripts marked,
 * subscripts as `_1`, ½ as `(1/2)`, and the many signs for minus, times and divide as one each.
 */
export const readCharacters = (typed: string): Characters | { error: Mistake } => {
  if (isAscii(typed)) return { text: typed };
  const pieces: string[] = [];
  const from: number[] = [];
  const to: number[] = [];
  const put = (piece: string, start: number, end: number): void => {
    pieces.push(piece);
    for (let k = 0; k < piece.length; k++) {
      from.push(start);
      to.push(end);
    }
  };
  let raised = false;
  let lowered = false;
  let last = '';
  for (let at = 0; at < typed.length; ) {
    const code = typed.codePointAt(at)!;
    const end = at + (code > 0xffff ? 2 : 1);
    const character = typed.slice(at, end);
    const superscript = code > 127 && isSuperscript(code);
    const subscript = code > 127 && isSubscript(code);
    if (raised && !superscript) put(SUPERSCRIPT_CLOSE, at - 1, at);
    if (superscript && !raised) put(SUPERSCRIPT_OPEN, at, end);
    if (subscript && !lowered) put('_', at, end);
    raised = superscript;
    lowered = subscript;
    let piece = character;
    if (code > 127) {
      const known = meanings.get(character);
      const plain = known ?? character.normalize('NFKC');
      piece = meanings.get(plain) ?? plain;
      if (piece.includes('⁄')) {
        if (last >= '0' && last <= '9') {
          const message = `"${character}" after a number is a sum or a product; write + or * between them.`;
          return { error: { message, from: at, to: end } };
        }
        piece = `(${piece.replace('⁄', '/')})`;
      } else if (superscript || subscript) piece = piece.replaceAll('−', '-');
    }
    put(piece, at, end);
    last = piece.charAt(piece.length - 1);
    at = end;
  }
  if (raised) put(SUPERSCRIPT_CLOSE, typed.length - 1, typed.length);
  return { text: pieces.join(''), places: { from: Int32Array.from(from), to: Int32Array.from(to) } };
};
