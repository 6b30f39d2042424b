import { spellings } from './functions.ts';

const spelled =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi omega';
const letters = spelled.split(' ').map((name, k): [string, string] => ['αβγδεζηθικλμνξοπρστυφχψω'[k]!, name]);

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Greek letters with their spelled names. Π stays as it is, since `Pi` means the constant. */
export const greek: ReadonlyMap<string, string> = new Map(
  letters.flatMap(([letter, name]): [string, string][] => {
    const small: [string, string] = [letter, name];
    return name === 'pi' ? [small] : [small, [letter.toUpperCase(), capital(name)]];
  }),
);
/** Without pi, which is a constant. */
export const greekNames: ReadonlySet<string> = new Set([...greek.values()].filter((name) => name !== 'pi'));

/** Functions that work on whole lists and are not in the table of functions of numbers. */
const listFunctions = ['sum', 'prod', 'mean', 'dot', 'norm', 'count', 'transpose', 'softmax'];

/** Every spelling of a function, with the name that a call carries. */
export const knownFunctions: ReadonlyMap<string, string> = new Map([
  ...spellings,
  ...listFunctions.map((name) => [name, name] as const),
]);

export const longestFunction = Math.max(
  ...[...knownFunctions.keys(), ...greekNames].map((name) => name.length),
);

export const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Latin letters with their accented forms, and Greek ones. */
export const isLetter = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 0xc0 && code <= 0x24f && code !== 0xd7 && code !== 0xf7) ||
  (code >= 0x391 && code <= 0x3c9 && code !== 0x3a2);

export const isAscii = (text: string): boolean => {
  for (let k = 0; k < text.length; k++) if (text.charCodeAt(k) > 127) return false;
  return true;
};

export const spell = (word: string): string => {
  if (isAscii(word)) return word;
  let spelled = '';
  for (const letter of word) spelled += greek.get(letter) ?? letter;
  return spelled;
};

/** `_1` after a letter is the same as `1`; braces only group. */
export const subscriptSpelling = (subscript: string): string => {
  if (subscript === '') return '';
  const plain = subscript.replaceAll('{', '').replaceAll('}', '');
  return spell(plain.charAt(0) === '_' && isDigit(plain.charCodeAt(1)) ? plain.slice(1) : plain);
};

/** Letters, and the digits and subscripts that belong to the last of them. */
export interface Segment {
  readonly letters: string;
  readonly subscript: string;
  readonly from: number;
  readonly to: number;
}

export const segments = (word: string): Segment[] | undefined => {
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
