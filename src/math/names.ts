import { functions, spellings } from './functions.ts';

const letters = [
  ['α', 'alpha'],
  ['β', 'beta'],
  ['γ', 'gamma'],
  ['δ', 'delta'],
  ['ε', 'epsilon'],
  ['ζ', 'zeta'],
  ['η', 'eta'],
  ['θ', 'theta'],
  ['ι', 'iota'],
  ['κ', 'kappa'],
  ['λ', 'lambda'],
  ['μ', 'mu'],
  ['ν', 'nu'],
  ['ξ', 'xi'],
  ['ο', 'omicron'],
  ['π', 'pi'],
  ['ρ', 'rho'],
  ['σ', 'sigma'],
  ['τ', 'tau'],
  ['υ', 'upsilon'],
  ['φ', 'phi'],
  ['χ', 'chi'],
  ['ψ', 'psi'],
  ['ω', 'omega'],
] as const;

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Greek letters with their spelled names. Π stays as it is, since `Pi` means the constant. */
export const greek: ReadonlyMap<string, string> = new Map(
  letters.flatMap(([letter, name]): [string, string][] =>
    name === 'pi'
      ? [[letter, name]]
      : [
          [letter, name],
          [letter.toUpperCase(), capital(name)],
        ],
  ),
);
const greekNames: ReadonlySet<string> = new Set([...greek.values()].filter((name) => name !== 'pi'));

/** Functions that work on whole lists and are not in the table of functions of numbers. */
const listFunctions = ['sum', 'prod', 'mean', 'dot', 'norm', 'count', 'transpose', 'softmax'];

/** Every spelling of a function, with the name that a call carries. */
export const knownFunctions: ReadonlyMap<string, string> = new Map([
  ...spellings,
  ...listFunctions.map((name) => [name, name] as const),
]);

const longestFunction = Math.max(...[...knownFunctions.keys(), ...greekNames].map((name) => name.length));

export const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Latin letters with their accented forms, and Greek ones. */
export const isLetter = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 0xc0 && code <= 0x24f && code !== 0xd7 && code !== 0xf7) ||
  (code >= 0x391 && code <= 0x3c9 && code !== 0x3a2);

const spell = (word: string): string => {
  let spelled = '';
  for (const letter of word) spelled += greek.get(letter) ?? letter;
  return spelled;
};

/** `_1` after a letter is the same as `1`; braces only group. */
const subscriptSpelling = (subscript: string): string => {
  if (subscript === '') return '';
  const plain = subscript.replaceAll('{', '').replaceAll('}', '');
  return spell(plain.charAt(0) === '_' && isDigit(plain.charCodeAt(1)) ? plain.slice(1) : plain);
};

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

/** Letters, and the digits and subscripts that belong to the last of them. */
interface Segment {
  readonly letters: string;
  readonly subscript: string;
  readonly from: number;
  readonly to: number;
}

const segments = (word: string): Segment[] | undefined => {
  const found: Segment[] = [];
  let at = 0;
  while (at < word.length) {
    const from = at;
    while (at < word.length && isLetter(word.charCodeAt(at))) at++;
    if (at === from) return undefined;
    const end = at;
    while (at < word.length && isDigit(word.charCodeAt(at))) at++;
    if (at === end + 1 && word.startsWith('log1p', end - 3)) at++;
    while (word.charAt(at) === '_') {
      const start = ++at;
      if (word.charAt(at) === '{') {
        const close = word.indexOf('}', at);
        if (close < 0) return undefined;
        at = close + 1;
        if (!/^\{[\p{L}\d]+\}$/u.test(word.slice(start, at))) return undefined;
      } else if (isDigit(word.charCodeAt(at))) while (isDigit(word.charCodeAt(at))) at++;
      else while (isLetter(word.charCodeAt(at)) || isDigit(word.charCodeAt(at))) at++;
      if (at === start) return undefined;
    }
    found.push({ letters: word.slice(from, end), subscript: word.slice(end, at), from, to: at });
  }
  return found;
};

/** The canonical spelling of a word that the text declares as one name; undefined if it cannot be one. */
export const nameOf = (word: string): string | undefined => {
  const parts = segments(word);
  if (parts === undefined || parts.length !== 1) return undefined;
  return spell(parts[0]!.letters) + subscriptSpelling(parts[0]!.subscript);
};

/** Whether letters right after a function's name make it a word (`sine`, `signal`) rather than its argument (`sinxy`). */
const isLikeAWord = (after: string): boolean =>
  after.length > 2 || /e/.test(after) || (after.length === 2 && /[aiou]/.test(after));

/** Edit distance of two short words (insert, delete, change, swap neighbours); Damerau 1964. */
const distance = (a: string, b: string): number => {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, k) => k);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, before[j - 2]! + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length]!;
};

/** The candidate most like the word, if one is like it: a third of its letters may differ. */
export const nearest = (word: string, candidates: Iterable<string>): string | undefined => {
  if (word.length > 30) return undefined;
  let best: string | undefined;
  let least = Math.max(1, Math.floor(word.length / 3)) + 0.5;
  for (const candidate of candidates) {
    if (candidate.length < 2 || Math.abs(candidate.length - word.length) > least) continue;
    const far = distance(word.toLowerCase(), candidate.toLowerCase());
    if (far < least) {
      least = far;
      best = candidate;
    }
  }
  return best;
};

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

/** Natural order of names: letters by code point, runs of digits as numbers ("b" < "w2" < "w10"). */
export const naturalOrder = (a: string, b: string): number => {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const first = a.charCodeAt(i);
    const second = b.charCodeAt(j);
    if (isDigit(first) && isDigit(second)) {
      let endA = i;
      let endB = j;
      while (isDigit(a.charCodeAt(endA))) endA++;
      while (isDigit(b.charCodeAt(endB))) endB++;
      const difference = Number(a.slice(i, endA)) - Number(b.slice(j, endB));
      if (difference !== 0) return difference;
      i = endA;
      j = endB;
    } else {
      if (first !== second) return first - second;
      i++;
      j++;
    }
  }
  return a.length - i - (b.length - j) || (a < b ? -1 : a > b ? 1 : 0);
};
