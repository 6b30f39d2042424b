import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { closures, mistakeIn } from '../../tests/closures.ts';
import { MAX_NESTING } from './expressions.ts';
import { meaning } from './meaning.ts';
import { parse } from './parse.ts';
import { MAX_CHARACTERS } from './tokens.ts';

interface Malformed {
  readonly text?: string;
  readonly gen?: readonly (readonly [part: string, count: number])[];
  readonly expect: 'error' | 'error-or-harmless';
}
const { valid, malformed } = JSON.parse(readFileSync('tests/oracle/parse.json', 'utf8')) as {
  valid: { text: string }[];
  malformed: Malformed[];
};

/** "sin(x +|" is a text with its mistake at the bar; "|foo|(x)" one with a mistake that has a length. */
const drawn = (picture: string): { text: string; from: number; to: number } => {
  const [before, inside, after] = picture.split('¦');
  if (after === undefined) return { text: before! + inside!, from: before!.length, to: before!.length };
  return { text: before! + inside! + after, from: before!.length, to: before!.length + inside!.length };
};

const mistakes: readonly (readonly [picture: string, message: RegExp])[] = [
  ['¦', /Type a function/],
  ['¦ \n # nothing\n¦', /Type a function/],
  ['sin(x +¦', /missing after "\+"/],
  ['x + ¦*¦ y', /missing between "\+" and "\*"/],
  ['¦*¦ x', /missing before "\*"/],
  ['x^¦^¦2', /missing between/],
  ['¦²¦', /missing before "²"/],
  ['sin¦(¦x', /"\(" is never closed: "\)" is missing/],
  ['¦[¦x, y', /"\[" is never closed: "\]" is missing/],
  ['2¦|¦x', /"\|" is never closed/],
  ['(x¦]¦', /"\]" does not close "\(": "\)" is expected/],
  ['x¦)¦', /"\)" closes no bracket/],
  ['f(x) = 2¦(¦x + 1\ny = 3', /"\(" is never closed/],
  ['¦()¦', /missing between "\(" and "\)"/],
  ['(x¦,¦)', /a list has square brackets/],
  ['x¦,¦ y', /list: write \[a, b\]/],
  ['1¦,¦5', /Decimals have a point/],
  ['¦foo¦(x)', /Unknown function "foo"/],
  ['¦sine¦(x)', /Unknown function "sine"\. Did you mean "sin"\?/],
  ['x + ¦logg¦(x)', /Did you mean "log"\?/],
  ['¦loss¦', /Unknown name "loss"/],
  ['¦signal¦ + 1', /Unknown name "signal"/],
  ['¦prototype¦', /Unknown name/],
  ['¦sin¦', /"sin" needs its argument/],
  ['x + ¦sin¦*y', /"sin" needs its argument/],
  ['sin¦()¦', /"sin" needs its argument/],
  ['¦atan2(x)¦', /"atan2" takes 2 arguments; one is given/],
  ['2 + ¦cbrt(x, y)¦', /"cbrt" takes one argument; 2 are given/],
  ['sin¦^-1¦(x)', /asin\(x\) .* 1\/sin\(x\)/],
  ['sin¦⁻¹¦(x)', /asin\(x\)/],
  ['2 ¦3¦', /Write an operator before the number 3/],
  ['x ¦3¦', /operator before the number 3/],
  ['1¦..¦2', /range/],
  ['¦1e999¦', /too large/],
  ['x = y ¦=¦ 2', /equation/],
  ['2x ¦=¦ 4', /equation/],
  ['¦x < y¦', /comparison is no number/],
  ['if(¦x¦, 1, 2)', /begins with a comparison/],
  ['if(x ¦=¦ 0, 1, 2)', /"=="/],
  ['if(x > 0, 1¦)¦', /other case/],
  ['¦x¦\ny', /Only the last line/],
  ['x¦!¦', /gamma\(n \+ 1\)/],
  ['x ¦%¦ 2', /mod\(a, b\)/],
  ['x¦\u200B¦y', /U\+200B/],
  ['x + ¦\udc00¦', /U\+DC00/],
  ['x¦😀¦', /😀/],
  ['２ｘ＋¦＊¦ｙ', /missing between "＋" and "＊"/],
  ['𝑥 + ¦foo¦(𝑦)', /Unknown function "foo"/],
  ['3¦½¦', /write \+ or \*/],
  ['f(x, ¦x¦) = x', /named twice/],
  ['¦e¦ = 3; x', /has a meaning already/],
  ['sum(x[i], i = 1..¦)¦', /missing after "\.\."/],
];

test.each(mistakes)('the mistake in %j has its place and a way out', (picture, message) => {
  const { text, from, to } = drawn(picture);
  const mistake = mistakeIn(text);
  expect(mistake?.message).toMatch(message);
  expect([mistake!.from, mistake!.to]).toEqual([from, to]);
});

test('every malformed text of other systems is refused, but for a comment', () => {
  for (const { text: plain, gen, expect: expected } of malformed) {
    const text = plain ?? gen!.map(([part, count]) => part.repeat(count)).join('');
    if (expected === 'error-or-harmless' || text === 'x # comment') continue;
    expect(mistakeIn(text), text.slice(0, 50)).toBeDefined();
  }
});

/** A small generator with a seed: mulberry32, public domain. */
const random = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

const survives = (text: string): void => {
  const read = parse(text);
  const answer = 'error' in read ? read : meaning(read.program, closures);
  if ('error' in answer) {
    const { message, from, to } = answer.error;
    const inside = 0 <= from && from <= to && to <= text.length;
    if (!inside || message === '') throw new Error(`${JSON.stringify(text)}: ${message} ${from}–${to}`);
  } else if (answer.meaning.outputs.length === 0) throw new Error(`${JSON.stringify(text)}: no output`);
};

test('random characters give a meaning or a mistake within the text', () => {
  const draw = random(1);
  const alphabet = 'xyzesinlogabfprdtW0123456789.+-*/^()[]{}|,=;<>!@#_ \n√²³⁻½πθ∛≤−ˣ₁😀\ud800𝑥';
  for (let k = 0; k < 6000; k++) {
    let text = '';
    for (let n = Math.floor(draw() * 24); n >= 0; n--) {
      text +=
        draw() < 0.95 ? alphabet[Math.floor(draw() * alphabet.length)]! : String.fromCharCode(draw() * 65536);
    }
    survives(text);
  }
});

test('valid texts with a character changed, lost, doubled or cut off give a meaning or a mistake within the text', () => {
  const draw = random(2);
  const sources = [
    ...valid.map(({ text }) => text),
    'X = [1, 2, 3]; Y = [2, 4, 6]\nmean((w*X + b - Y)^2) # fit',
    'sum(100(x[i+1]-x[i]^2)^2 + (1-x[i])^2, i = 1..9)',
    'g(t, u) = if(0 < t < u and not u > 3, |t|, softmax([t, u])[1])\nf(x, y) = g(x, y)^2 + √x²',
    'W = [[1, 2], [3, 4]]; h = tanh(W @ [x1, x2]); norm(transpose(W) @ h)',
  ];
  for (let k = 0; k < 6000; k++) {
    let text = sources[Math.floor(draw() * sources.length)]!;
    for (let n = 1 + Math.floor(draw() * 3); n > 0; n--) {
      const at = Math.floor(draw() * (text.length + 1));
      const kind = Math.floor(draw() * 4);
      const other = sources[Math.floor(draw() * sources.length)]!;
      if (kind === 0) text = text.slice(0, at) + text.slice(at + 1);
      else if (kind === 1)
        text = text.slice(0, at) + other.charAt(Math.floor(draw() * other.length)) + text.slice(at);
      else if (kind === 2) text = text.slice(0, at) + text.slice(Math.max(0, at - 5));
      else text = text.slice(0, at);
    }
    survives(text);
  }
});

const lines = (count: number, line: (k: number) => string): string =>
  Array.from({ length: count }, (_, k) => line(k)).join('\n');
const hostile: readonly string[] = [
  'x'.repeat(1_000_000),
  '('.repeat(MAX_CHARACTERS),
  `${'('.repeat(10_000)}x${')'.repeat(10_000)}`,
  '[1,'.repeat(30_000),
  '|'.repeat(MAX_CHARACTERS),
  'sin'.repeat(30_000),
  'sin '.repeat(25_000),
  'sin^2'.repeat(20_000),
  '√'.repeat(MAX_CHARACTERS),
  'not '.repeat(25_000),
  'if('.repeat(30_000),
  `${'x^'.repeat(10_000)}x`,
  `${'-'.repeat(99_999)}x`,
  `${'x+'.repeat(49_999)}x`,
  'x²'.repeat(50_000),
  '½'.repeat(50_000),
  'x_{1'.repeat(25_000),
  '1.'.repeat(50_000),
  '9'.repeat(MAX_CHARACTERS),
  'a=1;'.repeat(25_000),
  'x\n'.repeat(50_000),
  `f(${'x,'.repeat(40_000)}x) = 1`,
  `${lines(900, (k) => (k === 0 ? 'g0(t) = t + 1' : `g${k}(t) = g${k - 1}(g${k - 1}(t))`))}\ng899(x)`,
  `${lines(3000, (k) => `a${k} = a${k + 1} + x`)}\na0`,
  `${lines(4000, (k) => `a${k + 1} = a${k} + x`)}\na4000`,
  'sum(x, i = 1..10^9)',
  'sum(sum(sum(x, i = 1..999), j = 1..999), k = 1..999)',
  'sum(x[i], i = 1..100000)',
  `X = [${'1,'.repeat(999)}1]; sum(X[i]*X[j], i = 1..1000, j = 1..1000)`,
  `X = [${'1,'.repeat(30_000)}1]; X`,
  '9^9^9^9',
  'x[10^300]',
  'constructor',
  '__proto__',
  'x.constructor.constructor(1)',
  'f(constructor) = constructor + toString',
];

test.each(hostile.map((text) => [text.slice(0, 24), text]))(
  '%j… ends soon, without overflowing the stack',
  (_, text) => {
    const begin = performance.now();
    survives(text);
    expect(performance.now() - begin).toBeLessThan(3000);
  },
);

test('brackets may be nested up to the limit, and one level more is refused', () => {
  const nested = (levels: number): string => `${'('.repeat(levels)}x${')'.repeat(levels)}`;
  expect(mistakeIn(nested(MAX_NESTING))).toBeUndefined();
  expect(mistakeIn(nested(MAX_NESTING + 1))?.message).toMatch(/levels of brackets/);
});
