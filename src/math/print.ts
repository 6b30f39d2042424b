import { spellings } from './functions.ts';
import type { Settled } from './term.ts';
import { ATOM, type Notation, type Piece, POWER, PRODUCT, SUM, type Writer, writer } from './writer.ts';

export const atom = (text: string): Piece => ({ text, level: ATOM, tall: false });
const bracket = ({ text }: Piece): Piece => atom(`(${text})`);
export const list = (args: readonly Settled[], write: Writer): string =>
  args.map((arg) => write(arg).text).join(', ');
export const held = (piece: Piece, level: number): string =>
  piece.level < level ? `(${piece.text})` : piece.text;
export const scientific = (digits: string, power10: number): Piece =>
  atom(power10 ? `${digits}e${power10}` : digits);
export const isEuler = (term: Settled): boolean =>
  term.kind === 'symbol' && term.role === 'constant' && term.name === 'e';

const infix = (term: Settled & { kind: 'compare' | 'logic' }, write: Writer, words: Words): Piece => {
  const [a, b] = term.args.map(write);
  if (term.kind === 'compare') return { text: `${a!.text} ${term.name} ${b!.text}`, level: SUM, tall: false };
  const word = words[term.name];
  if (!b) return { text: `${word}(${a!.text})`, level: SUM, tall: false };
  return { text: `(${a!.text}) ${word} (${b.text})`, level: SUM, tall: false };
};
type Words = Readonly<Record<'and' | 'or' | 'not', string>>;

/** What goes between two factors so that they neither become a name, a number nor a call. */
const between = (left: string, right: string): string => {
  if (/^[\d.[]/.test(right)) return '*';
  if (/^[\d.]+$/.test(left)) return /^e\d/i.test(right) ? '*' : '';
  if (!right.startsWith('(')) return ' ';
  if (left.startsWith('(') && left.endsWith(')')) return '';
  if (/[)\]]$/.test(left) && !left.includes('^')) return '*';
  const name = /[A-Za-z_]\w*$/.exec(left)?.[0] ?? '';
  return spellings.has(name) || name === 'e' ? '*' : name === left ? '' : ' ';
};

export const language: Notation = {
  symbol: (term) => atom(term.name),
  number: scientific,
  bracket,
  juxtapose: (factors) => {
    let text = '';
    let last = '';
    for (const factor of factors) {
      text += last === '' ? factor.text : between(last, factor.text) + factor.text;
      last = factor.text;
    }
    return { text, level: PRODUCT, tall: false };
  },
  fraction: (top, bottom) => ({
    text: `${held(top, PRODUCT)}/${held(bottom, POWER)}`,
    level: PRODUCT,
    tall: false,
  }),
  leadingFraction: false,
  power: (base, exponent, write) => {
    const above = write(exponent);
    if (isEuler(base)) return atom(`exp(${above.text})`);
    return { text: `${held(write(base), ATOM)}^${held(above, ATOM)}`, level: POWER, tall: false };
  },
  root: (inner) => atom(`sqrt(${inner.text})`),
  call: (name, args, write) => atom(`${name}(${list(args, write)})`),
  condition: (term, write) => infix(term, write, { and: 'and', or: 'or', not: 'not ' }),
  cases: (term, write) => atom(`if(${list(term.args, write)})`),
  series: ({ name, index, first, last, args }, write) =>
    atom(`${name}(${write(args[0]!).text}, ${index.name} = ${first}..${last})`),
  entry: (term, write) => {
    const of = term.kind === 'entry' ? `[${list(term.list, write)}]` : term.name;
    return atom(`${of}[${list(term.args, write)}]`);
  },
};

/** The term in the language of the text field; it reads back to the same function. */
export const text = (term: Settled): string => writer(language)(term).text;
