import { functions } from './functions.ts';
import { atom, held, isEuler, language, list, scientific } from './print.ts';
import { isInteger } from './rational.ts';
import type { Settled } from './term.ts';
import { ATOM, type Notation, POWER, PRODUCT, SUM, writer } from './writer.ts';

/** NumPy for what NumPy has no single name for; $1, $2 are the arguments, $* all of them. */
const TEMPLATES = new Map([
  ['root', 'np.where($2 % 2 == 1, np.sign($1)*np.abs($1)**(1/($2)), np.power($1, 1/($2)))'],
  ['logsumexp', 'np.logaddexp.reduce([$*])'],
  ['erf', 'special.erf'],
  ['gamma', 'special.gamma'],
  ['lgamma', 'special.gammaln'],
  ['digamma', 'special.digamma'],
  ['polygamma', 'special.polygamma'],
  ['gelu', '(0.5*$1*(1 + special.erf($1/np.sqrt(2))))'],
]);

const PYTHON_WORDS = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield np special math'.split(
    ' ',
  ),
);

/** A name as Python may use it. */
export const pythonName = (name: string): string => (PYTHON_WORDS.has(name) ? `${name}_` : name);

const python: Notation = {
  ...language,
  symbol: (term) => atom(term.role === 'constant' ? `np.${term.name}` : pythonName(term.name)),
  number: (digits, power10) => scientific(digits, power10),
  juxtapose: (factors) => ({ text: factors.map((f) => f.text).join('*'), level: PRODUCT, tall: false }),
  power: (base, exponent, write) => {
    const above = write(exponent);
    if (isEuler(base)) return atom(`np.exp(${above.text})`);
    const fixed =
      base.kind === 'number' && isInteger(base.value) ? atom(`${write(base).text}.0`) : write(base);
    return { text: `${held(fixed, ATOM)}**${held(above, ATOM)}`, level: POWER, tall: false };
  },
  root: (inner) => atom(`np.sqrt(${inner.text})`),
  call: (name, args, write) => {
    const pattern = TEMPLATES.get(name) ?? functions.get(name)?.numpy ?? `special.${name}`;
    const written = args.map(write);
    const [a, b] = written;
    if (pattern.includes('$')) {
      const all = written.map((piece) => piece.text).join(', ');
      const filled = pattern.replace(/\(\$(\d)\)|\$([\d*])/g, (_, inside?: string, k?: string) =>
        inside
          ? `(${written[Number(inside) - 1]!.text})`
          : k === '*'
            ? all
            : held(written[Number(k) - 1]!, ATOM),
      );
      return atom(filled);
    }
    if (name === 'log' && b) return atom(`(np.log(${a!.text})/np.log(${b.text}))`);
    const nested = written.reduce((inner, piece) => atom(`${pattern}(${inner.text}, ${piece.text})`));
    return name === 'min' || name === 'max' || name === 'hypot'
      ? nested
      : atom(`${pattern}(${list(args, write)})`);
  },
  condition: (term, write) => {
    const [a, b] = term.args.map(write);
    if (term.kind === 'compare') return { ...atom(`${a!.text} ${term.name} ${b!.text}`), level: SUM };
    const sign = { and: '&', or: '|', not: '~' }[term.name];
    return b
      ? { ...atom(`${held(a!, ATOM)} ${sign} ${held(b, ATOM)}`), level: SUM }
      : atom(`~${held(a!, ATOM)}`);
  },
  cases: (term, write) => atom(`np.where(${list(term.args, write)})`),
  // Numbered variables are arguments of their own in Python, so a series over them is written out.
  series: (term, write) => {
    const { name, index, first, last, args } = term;
    if ([...args[0]!.variables].some((mark) => mark.endsWith('['))) return write(term.expanded());
    const terms = `${write(args[0]!).text} for ${pythonName(index.name)} in range(${first}, ${last + 1})`;
    return atom(name === 'sum' ? `sum(${terms})` : `math.prod(${terms})`);
  },
  entry: (term, write) =>
    term.kind === 'entry'
      ? atom(`[${list(term.list, write)}][${write(term.args[0]!).text} - 1]`)
      : atom(term.name),
};

/** The term as a Python expression of `numpy as np` and, for erf, gamma and their kin, `from scipy import special`; for a product over an index, `import math`. */
export const numpy = (term: Settled): string => writer(python)(term).text;
