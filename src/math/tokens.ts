import { readCharacters } from './characters.ts';
import { type Cut, cutWord, type Declared, type PieceKind } from './cut.ts';
import type { Mistake } from './mistake.ts';
import { isDigit, nameOf } from './names.ts';
import { mistake, scan, type Tokens } from './scan.ts';
import * as T from './token.ts';

/** A longer text is refused: the longest formula of the benchmarks, 1000 variables written out, has 36,000 characters. */
export const MAX_CHARACTERS = 100_000;

/** A declared name may not be longer; cutting words into names takes this many look-ups per letter at most. */
const MAX_NAME = 40;

const kindOfPiece: Record<PieceKind, number> = {
  name: T.name,
  function: T.call,
  'own function': T.own,
  logarithm: T.logarithm,
  number: T.number,
  if: T.choice,
  and: T.and,
  or: T.or,
  not: T.not,
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

/** A Latin letter with or without digits: nothing to cut. */
const isPlain = (word: string): boolean => {
  if (word.charCodeAt(0) > 127) return false;
  for (let k = 1; k < word.length; k++) if (!isDigit(word.charCodeAt(k))) return false;
  return true;
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
  const put = (token: number, word: string, start: number, end: number): void => {
    kind.push(token);
    text.push(word);
    from.push(start);
    to.push(end);
  };
  const cuts = new Map<string, Cut>();
  for (let k = 0; k < count; k++) {
    if (blank[k] === 1) continue;
    const token = raw.kind[k]!;
    const start = raw.from[k]!;
    const word = raw.text[k]!;
    const declares = declaring[k] === 1;
    if (token !== T.word || declares || (isPlain(word) && !declared.functions.has(word))) {
      put(token === T.word ? T.name : token, declares ? nameOf(word)! : word, start, raw.to[k]!);
      continue;
    }
    const bracket = raw.kind[k + 1] === T.open;
    const key = bracket ? `${word}(` : word;
    let cut = cuts.get(key);
    if (cut === undefined) {
      cut = cutWord(word, bracket, declared);
      cuts.set(key, cut);
    }
    if (typeof cut === 'string') return placed(mistake(cut, start, raw.to[k]!));
    for (const piece of cut) {
      put(kindOfPiece[piece.kind], piece.text, start + piece.from, start + piece.to);
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
