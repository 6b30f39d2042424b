import type { Mistake } from '../descent/problem.ts';
import { readCharacters, SUPERSCRIPT_CLOSE, SUPERSCRIPT_OPEN } from './characters.ts';
import { type Cut, cutWord, type Declared, isDigit, isLetter, nameOf, type PieceKind } from './names.ts';

/** Kinds of tokens; from `equals` up to `or` none can begin a line, from `plus` on none can end one. */
export const T = {
  end: 0,
  newline: 1,
  semicolon: 2,
  number: 3,
  name: 4,
  call: 5,
  own: 6,
  logarithm: 7,
  if: 8,
  open: 9,
  openBrace: 10,
  openList: 11,
  bar: 12,
  word: 13,
  close: 20,
  closeBrace: 21,
  closeList: 22,
  raise: 23,
  lower: 24,
  equals: 30,
  comma: 31,
  range: 32,
  relation: 33,
  times: 34,
  divide: 35,
  at: 36,
  power: 37,
  and: 38,
  or: 39,
  plus: 50,
  minus: 51,
  not: 52,
  root: 53,
} as const;

/** Parallel arrays; the last token is `end`. Places are in the text as typed. */
export interface Tokens {
  readonly kind: number[];
  readonly from: number[];
  readonly to: number[];
  /** Canonical name, digits, or sign. */
  readonly text: string[];
}

/** A longer text is refused: the longest formula of the benchmarks, 1000 variables written out, has 36,000 characters. */
export const MAX_CHARACTERS = 100_000;

/** A declared name may not be longer; cutting words into names takes this many look-ups per letter at most. */
const MAX_NAME = 40;

const mistake = (message: string, from: number, to: number): { error: Mistake } => ({
  error: { message, from, to },
});

/** What to say about characters that people bring from elsewhere. */
const hints: ReadonlyMap<string, string> = new Map([
  ['!', 'Write gamma(n + 1) for n!.'],
  ['%', 'Write mod(a, b) for a remainder.'],
  ['&', 'Write "and" between conditions.'],
  [':', 'Definitions have "=", ranges "..".'],
  ['?', 'Write if(condition, a, b) for a choice.'],
  ['\\', 'Write plain text instead of TeX: sin(x), (a)/(b).'],
  ["'", 'Derivatives are taken by the page itself.'],
  ['∑', 'Write sum(x[i], i = 1..10).'],
  ['∏', 'Write prod(x[i], i = 1..10).'],
  ['∞', 'There is no infinite number here.'],
  ['.', 'A point stands in numbers only: 0.5.'],
  ['_', 'A subscript follows a letter: x_1.'],
]);

const describe = (text: string, at: number): { shown: string; width: number } => {
  const code = text.codePointAt(at)!;
  const width = code > 0xffff ? 2 : 1;
  const visible = code > 32 && code !== 0x7f && !/[\p{C}\p{Z}\p{M}]/u.test(text.slice(at, at + width));
  const shown = visible
    ? text.slice(at, at + width)
    : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return { shown, width };
};

const kindOfPiece: Record<PieceKind, number> = {
  name: T.name,
  function: T.call,
  'own function': T.own,
  logarithm: T.logarithm,
  number: T.number,
  if: T.if,
  and: T.and,
  or: T.or,
  not: T.not,
};

/** Signs of one character. */
const signs = new Map<number, number>(
  (
    [
      ['+', T.plus],
      ['-', T.minus],
      ['*', T.times],
      ['/', T.divide],
      ['@', T.at],
      ['^', T.power],
      ['(', T.open],
      [')', T.close],
      ['[', T.openList],
      [']', T.closeList],
      ['{', T.openBrace],
      ['}', T.closeBrace],
      ['|', T.bar],
      [',', T.comma],
      ['=', T.equals],
      ['<', T.relation],
      ['>', T.relation],
      [';', T.semicolon],
      ['√', T.root],
      ['∛', T.root],
      ['∜', T.root],
      [SUPERSCRIPT_OPEN, T.raise],
      [SUPERSCRIPT_CLOSE, T.lower],
    ] as const
  ).map(([sign, kind]) => [sign.charCodeAt(0), kind]),
);

const isBlank = (code: number): boolean => code === 32 || code === 9 || code === 0xa0;

/** Where the number that begins at `at` ends; a point before another point belongs to a range. */
const endOfNumber = (text: string, at: number): number => {
  let end = at;
  while (isDigit(text.charCodeAt(end))) end++;
  if (text.charCodeAt(end) === 46 && text.charCodeAt(end + 1) !== 46) {
    end++;
    while (isDigit(text.charCodeAt(end))) end++;
  }
  const e = text.charCodeAt(end);
  if (e === 101 || e === 69) {
    const sign = text.charCodeAt(end + 1);
    let digits = sign === 43 || sign === 45 ? end + 2 : end + 1;
    if (isDigit(text.charCodeAt(digits))) {
      while (isDigit(text.charCodeAt(digits))) digits++;
      end = digits;
    }
  }
  return end;
};

const endOfWord = (text: string, at: number): number => {
  let end = at;
  for (;;) {
    const code = text.charCodeAt(end);
    if (isLetter(code) || isDigit(code)) end++;
    else if (code === 95) {
      end++;
      if (text.charCodeAt(end) === 123) {
        end++;
        while (isLetter(text.charCodeAt(end)) || isDigit(text.charCodeAt(end))) end++;
        if (text.charCodeAt(end) === 125) end++;
      }
    } else return end;
  }
};

/** Numbers, words and signs, in places of the normalised text; new lines only outside of brackets. */
const scan = (text: string): Tokens | { error: Mistake } => {
  const kind: number[] = [];
  const from: number[] = [];
  const to: number[] = [];
  const words: string[] = [];
  let depth = 0;
  let at = 0;
  const put = (token: number, end: number, word: string): void => {
    kind.push(token);
    from.push(at);
    to.push(end);
    words.push(word);
    at = end;
  };
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isBlank(code)) {
      at++;
    } else if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(at + 1)))) {
      const end = endOfNumber(text, at);
      const digits = text.slice(at, end);
      if (!Number.isFinite(Number(digits))) {
        return mistake('This number is too large for a double (about 1.8e308).', at, end);
      }
      put(T.number, end, digits);
    } else if (isLetter(code)) {
      const end = endOfWord(text, at);
      put(T.word, end, text.slice(at, end));
    } else if (code === 10 || code === 13) {
      if (depth === 0) put(T.newline, at + 1, '\n');
      else at++;
    } else if (code === 35) {
      while (at < text.length && text.charCodeAt(at) !== 10 && text.charCodeAt(at) !== 13) at++;
    } else {
      const next = text.charCodeAt(at + 1);
      if (code === 42 && next === 42) put(T.power, at + 2, '**');
      else if (code === 46 && next === 46) put(T.range, at + 2, '..');
      else if (next === 61 && (code === 60 || code === 61 || code === 62 || code === 33)) {
        put(T.relation, at + 2, text.slice(at, at + 2));
      } else {
        const sign = signs.get(code);
        if (sign === undefined) {
          const { shown, width } = describe(text, at);
          const hint = hints.get(shown);
          return mistake(
            `The character "${shown}" has no meaning here.${hint ? ` ${hint}` : ''}`,
            at,
            at + width,
          );
        }
        if (sign === T.open || sign === T.openList || sign === T.openBrace) depth++;
        else if ((sign === T.close || sign === T.closeList || sign === T.closeBrace) && depth > 0) depth--;
        put(sign, at + 1, text.charAt(at));
      }
    }
  }
  put(T.end, at, '');
  return { kind, from, to, text: words };
};

/** The token after the closing bracket of `g(t, u)` beginning at `at`, if that is what stands there. */
const endOfNames = (tokens: Tokens, at: number): number => {
  const { kind } = tokens;
  if (kind[at] !== T.word || kind[at + 1] !== T.open) return -1;
  let k = at + 2;
  while (kind[k] === T.word && kind[k + 1] === T.comma) k += 2;
  return kind[k] === T.word && kind[k + 1] === T.close ? k + 2 : -1;
};

/** Which words the text declares, as token numbers; new lines that only continue the line above become blank. */
const declarations = (
  tokens: Tokens,
  declaring: Uint8Array,
  blank: Uint8Array,
): Declared | { error: Mistake } => {
  const { kind, from, to, text } = tokens;
  const names = new Set<string>();
  const own = new Set<string>();
  let longest = 0;
  let failed: { error: Mistake } | undefined;
  const declare = (k: number, into: Set<string>): void => {
    const name = nameOf(text[k]!);
    const reserved =
      name === 'e' || name === 'pi' || name === 'if' || name === 'and' || name === 'or' || name === 'not';
    if (name === undefined || name.length > MAX_NAME) {
      failed ??= mistake(
        name === undefined
          ? `"${text[k]!.slice(0, 30)}" is not one name: a name is letters, then digits or a subscript.`
          : `A name has at most ${MAX_NAME} letters.`,
        from[k]!,
        to[k]!,
      );
    } else if (reserved) {
      failed ??= mistake(`"${name}" has a meaning already; choose another name.`, from[k]!, to[k]!);
    } else {
      declaring[k] = 1;
      names.add(name);
      into.add(name);
      longest = Math.max(longest, name.length);
    }
  };
  let lineStart = true;
  let named = false;
  let previous: number = T.newline;
  for (let k = 0; k < kind.length; k++) {
    const token = kind[k]!;
    if (token === T.newline) {
      let next = k + 1;
      while (kind[next] === T.newline) next++;
      const follows = kind[next]!;
      const word = text[next]!;
      const cannotBegin =
        (follows >= T.close && follows <= T.or) ||
        (kind[next] === T.word && (word === 'and' || word === 'or'));
      const signed = !named && (follows === T.plus || follows === T.minus);
      const open = previous >= T.equals;
      if (!lineStart && (open || cannotBegin || signed) && follows !== T.end) blank[k] = 1;
      else lineStart = true;
      continue;
    }
    if (token === T.semicolon) {
      lineStart = true;
      previous = token;
      continue;
    }
    if (lineStart) {
      named = false;
      const after = endOfNames(tokens, k);
      if (token === T.word && kind[k + 1] === T.equals) {
        declare(k, names);
        named = true;
      } else if (after > 0 && kind[after] === T.equals) {
        declare(k, own);
        for (let v = k + 2; v < after; v += 2) declare(v, names);
        named = true;
      }
      lineStart = false;
    } else if (token === T.word && kind[k + 1] === T.equals && previous === T.comma) declare(k, names);
    const isWord = token === T.word;
    previous = isWord && (text[k] === 'and' || text[k] === 'or' || text[k] === 'not') ? T.and : token;
  }
  return failed ?? { names, functions: own, longest };
};

/** The words cut into names, and places of the text as typed. */
export const tokenize = (typed: string): Tokens | { error: Mistake } => {
  if (typed.length > MAX_CHARACTERS) {
    const message = `The text has ${typed.length} characters; at most ${MAX_CHARACTERS} can be read.`;
    return mistake(message, MAX_CHARACTERS, typed.length);
  }
  const characters = readCharacters(typed);
  if ('error' in characters) return characters;
  const { places } = characters;
  const placed = (answer: { error: Mistake }): { error: Mistake } => {
    if (places === undefined) return answer;
    const { message, from, to } = answer.error;
    const start = from < places.from.length ? places.from[from]! : typed.length;
    return mistake(message, start, to > from ? places.to[to - 1]! : start);
  };
  const raw = scan(characters.text);
  if ('error' in raw) return placed(raw);
  const count = raw.kind.length;
  const declaring = new Uint8Array(count);
  const blank = new Uint8Array(count);
  const declared = declarations(raw, declaring, blank);
  if ('error' in declared) return placed(declared);

  const kind: number[] = [];
  const from: number[] = [];
  const to: number[] = [];
  const text: string[] = [];
  const cuts = new Map<string, Cut>();
  for (let k = 0; k < count; k++) {
    if (blank[k] === 1) continue;
    const token = raw.kind[k]!;
    const start = raw.from[k]!;
    if (token !== T.word) {
      kind.push(token);
      from.push(start);
      to.push(raw.to[k]!);
      text.push(raw.text[k]!);
      continue;
    }
    const word = raw.text[k]!;
    if (declaring[k] === 1) {
      kind.push(T.name);
      from.push(start);
      to.push(raw.to[k]!);
      text.push(nameOf(word)!);
      continue;
    }
    const next = raw.kind[k + 1];
    const bracket = next === T.open;
    const key = bracket ? `${word}(` : word;
    let cut = cuts.get(key);
    if (cut === undefined) {
      cut = cutWord(word, bracket, declared);
      cuts.set(key, cut);
    }
    if (typeof cut === 'string') return placed(mistake(cut, start, raw.to[k]!));
    for (const piece of cut) {
      kind.push(kindOfPiece[piece.kind]);
      from.push(start + piece.from);
      to.push(start + piece.to);
      text.push(piece.text);
    }
  }
  if (places !== undefined) {
    for (let k = 0; k < kind.length; k++) {
      const start = from[k]!;
      const end = to[k]!;
      from[k] = start < places.from.length ? places.from[start]! : typed.length;
      to[k] = end > start ? places.to[end - 1]! : from[k]!;
    }
  }
  return { kind, from, to, text };
};
