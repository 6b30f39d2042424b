import { functions } from './functions.ts';
import {
  greekNames,
  knownFunctions,
  longestFunction,
  nearest,
  type Segment,
  segments,
  spell,
  subscriptSpelling,
} from './names.ts';

/** What the text itself declares; `functions` are its helpers. */
export interface Declared {
  readonly names: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
  readonly longest: number;
}

export type PieceKind =
  | 'name'
  | 'function'
  | 'own function'
  | 'logarithm'
  | 'number'
  | 'if'
  | 'and'
  | 'or'
  | 'not';

/** Part of a word; `from` and `to` within the word. A 'logarithm' carries its base as text. */
export interface Piece {
  readonly kind: PieceKind;
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

export type Cut = readonly Piece[] | string;

/** Whether letters right after a function's name make it a word (`sine`, `signal`) rather than its argument (`sinxy`). */
const isLikeAWord = (after: string): boolean =>
  after.length > 2 || /e/.test(after) || (after.length === 2 && /[aiou]/.test(after));

const short = (word: string): string => (word.length > 30 ? `${word.slice(0, 27)}…` : word);

const unknownFunction = (word: string, declared: Declared): string => {
  const near = nearest(word, [...declared.functions, ...knownFunctions.keys()]);
  const way = near
    ? `Did you mean "${near}"?`
    : 'Define it on a line above, or write * where a product is meant.';
  return `Unknown function "${short(word)}". ${way}`;
};

const unknownName = (word: string, declared: Declared): string => {
  const near = nearest(word, [...declared.names, ...knownFunctions.keys(), ...greekNames]);
  const way = near
    ? `Did you mean "${near}"?`
    : `A product of letters is written with *; a longer name is declared, as in f(${short(word)}) = … .`;
  return `Unknown name "${short(word)}". ${way}`;
};

/** The base of `log_b`: digits, a letter, or a name of the text. */
const isBase = (subscript: string, declared: Declared): boolean =>
  /^\d+$/.test(subscript) ||
  /^\p{L}\d*$/u.test(subscript) ||
  greekNames.has(subscript) ||
  declared.names.has(subscript);

/**
 * A word cut into names by longest match, from the left; or a sentence that says why not.
 * `bracket`: an opening bracket follows.
 */
export const cutWord = (word: string, bracket: boolean, declared: Declared): Cut => {
  const to = word.length;
  if (word === 'and' || word === 'or' || word === 'not') {
    if (!declared.names.has(word)) return [{ kind: word, text: word, from: 0, to }];
  }
  if (word === 'if' && !bracket && !declared.names.has(word))
    return 'Write if(condition, a, b) with brackets.';
  const parts = segments(word);
  if (parts === undefined) return `"${short(word)}" is no name: a subscript is made of letters or digits.`;
  const lower = word.toLowerCase();
  const anyCase = lower !== word && !declared.names.has(word) && !greekNames.has(word);
  if (anyCase && (to > 2 || bracket)) {
    const name = lower === 'if' && bracket ? 'if' : knownFunctions.get(lower);
    if (name === 'if') return [{ kind: 'if', text: 'if', from: 0, to }];
    if (name !== undefined) return [{ kind: 'function', text: name, from: 0, to }];
  }
  if ((word === 'Pi' || word === 'PI') && !declared.names.has(word)) {
    return [{ kind: 'name', text: 'pi', from: 0, to }];
  }
  const pieces: Piece[] = [];
  for (const part of parts) {
    const mistake = cutSegment(part, bracket && part.to === to, declared, word, pieces);
    if (mistake !== undefined) return mistake;
  }
  return pieces;
};

const cutSegment = (
  part: Segment,
  bracket: boolean,
  declared: Declared,
  word: string,
  pieces: Piece[],
): string | undefined => {
  const { letters, from } = part;
  const subscript = subscriptSpelling(part.subscript);
  const length = letters.length;
  const limit = Math.max(longestFunction, declared.longest);
  const begin = pieces.length;
  let unknown = 0;
  /** Of the run's letters after its last bracket-free function. */
  let afterFunction = '';
  let functionAt = -1;
  let suspicious = false;
  let at = 0;
  while (at < length) {
    const start = at;
    for (let size = Math.min(limit, length - start); size > 0; size--) {
      const end = start + size === length;
      const candidate = spell(letters.slice(start, start + size));
      const place = { from: from + start, to: end ? part.to : from + start + size };
      const full = end ? candidate + subscript : candidate;
      const open = end && bracket;
      if (declared.functions.has(full)) {
        pieces.push({ kind: 'own function', text: full, ...place });
      } else if (declared.names.has(full)) {
        pieces.push({ kind: 'name', text: full, ...place });
      } else if (knownFunctions.has(full) && (full !== 'gamma' || (open && letters[start] !== 'γ'))) {
        pieces.push({ kind: 'function', text: knownFunctions.get(full)!, ...place });
      } else if (full === 'if' && open) {
        pieces.push({ kind: 'if', text: full, ...place });
      } else if (full === 'Gamma' && open) {
        pieces.push({ kind: 'function', text: 'gamma', ...place });
      } else if (full === 'gamma' && open) {
        return 'Write gamma(…) for the gamma function, or γ*(…) for a product.';
      } else if (full === 'pi' || full === 'e') {
        pieces.push({ kind: 'name', text: full, ...place });
      } else if (end && subscript !== '' && knownFunctions.has(candidate) && !greekNames.has(candidate)) {
        const mistake = subscriptedFunction(candidate, part, place, bracket, declared, pieces);
        if (mistake !== undefined) return mistake;
      } else if (greekNames.has(candidate) || (candidate === 'pi' && end)) {
        pieces.push({ kind: 'name', text: full, ...place });
      } else if (end && subscript !== '' && size > 1 && declared.names.has(candidate)) {
        return unknownName(full, declared);
      } else if (size === 1) {
        pieces.push({ kind: 'name', text: full, ...place });
        if (!end || subscript === '' || length > 1) unknown++;
        if (functionAt >= 0) afterFunction += candidate;
      } else continue;
      const kind = pieces[pieces.length - 1]!.kind;
      if (functionAt >= 0 && full === 'e') afterFunction += 'e';
      if (kind === 'function' || kind === 'own function') {
        suspicious ||= functionAt >= 0 && isLikeAWord(afterFunction);
        functionAt = pieces.length - 1;
        afterFunction = '';
      }
      at = start + size;
      break;
    }
    if (unknown > 3) return bracket ? unknownFunction(letters, declared) : unknownName(letters, declared);
  }
  const lastIsFunction = pieces.length - 1 === functionAt;
  if (bracket && length > 1) {
    const holdsFunction = pieces.slice(begin, -1).some((piece) => piece.kind === 'function');
    if (unknown > 2 || holdsFunction) return unknownFunction(letters + part.subscript, declared);
  } else if (functionAt >= 0 && !lastIsFunction) {
    if (suspicious || isLikeAWord(afterFunction)) {
      const near = nearest(letters, [...declared.names, ...knownFunctions.keys()]);
      const way = near
        ? `Did you mean "${near}"?`
        : `Write ${pieces[functionAt]!.text}(…) with brackets for the function.`;
      return `Unknown name "${short(word)}". ${way}`;
    }
  }
  return undefined;
};

/** `log_2`, `log_b`; `sin2x` is sin(2x); everything else is more likely a slip. */
const subscriptedFunction = (
  name: string,
  part: Segment,
  place: { from: number; to: number },
  bracket: boolean,
  declared: Declared,
  pieces: Piece[],
): string | undefined => {
  const raw = part.subscript;
  if (raw.charAt(0) === '_') {
    const base = spell(raw.slice(1).replaceAll('{', '').replaceAll('}', ''));
    if (name === 'log' && isBase(base, declared)) {
      pieces.push({ kind: 'logarithm', text: base, ...place });
      return undefined;
    }
    const way = name === 'log' ? 'Write log(x, b) for the logarithm to base b.' : `Write ${name}(…).`;
    return `"${name}${raw}" is no function. ${way}`;
  }
  const entry = functions.get(knownFunctions.get(name)!);
  if (!bracket && /^\d+$/.test(raw) && name !== 'log' && entry !== undefined && entry.arity[1] === 1) {
    const middle = place.to - raw.length;
    pieces.push({ kind: 'function', text: entry.name, from: place.from, to: middle });
    pieces.push({ kind: 'number', text: raw, from: middle, to: place.to });
    return undefined;
  }
  if (name === 'log')
    return `"log${raw}" is no function. Write log_${raw}(…) for the logarithm to base ${raw}.`;
  return unknownFunction(name + raw, declared);
};
