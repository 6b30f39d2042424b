import { SUPERSCRIPT_CLOSE, SUPERSCRIPT_OPEN } from './characters.ts';
import type { Mistake } from './mistake.ts';
import { isDigit, isLetter } from './names.ts';
import * as T from './token.ts';

/** Parallel arrays; the last token is `end`. Places are in the text as typed. */
export interface Tokens {
  readonly kind: number[];
  readonly from: number[];
  readonly to: number[];
  /** Canonical name, digits, or sign. */
  readonly text: string[];
}

export const mistake = (message: string, from: number, to: number): { error: Mistake } => ({
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

/** Signs of one character. */
const signs: ReadonlyMap<number, number> = new Map(
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

/** The same as an array, for the characters of every day. */
const asciiSigns = Uint8Array.from({ length: 128 }, (_, code) => signs.get(code) ?? 0);

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
export const scan = (text: string): Tokens | { error: Mistake } => {
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
        const sign = code < 128 ? asciiSigns[code]! : (signs.get(code) ?? 0);
        if (sign === 0) {
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
