import { functions } from './functions.ts';
import { isInteger } from './rational.ts';
import type { EntryTerm, Settled } from './term.ts';
import { ATOM, type Notation, type Piece, POWER, PRODUCT, SUM, type Writer, writer } from './writer.ts';

/** Binds as a function without brackets does: sin x. */
const APPLICATION = 2.5;

const GREEK = new Set(
  (
    'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega ' +
    'varepsilon vartheta varphi varrho varsigma Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega'
  ).split(' '),
);

/** Functions whose power stands behind the name and whose single argument needs no brackets: sin²x. */
const CLASSIC = new Set('sin cos tan sec csc cot sinh cosh tanh asin acos atan log'.split(' '));

/** Binds its body, and everything that follows in a product. */
const SERIES = 0.5;

/** Longest list of numbers that is shown whole. */
const FEW = 6;
const few = (terms: readonly Settled[], write: Writer): string => {
  const shown = terms.length <= FEW ? terms : [...terms.slice(0, FEW - 3), undefined, terms.at(-1)];
  return shown.map((term) => (term ? write(term).text : '\\dots')).join(', ');
};

/** Longest exponent of e, in characters of TeX, that is still set small. */
const SMALL = 28;

const piece = (text: string, level: number, tall = false): Piece => ({ text, level, tall });
const atom = (text: string, tall = false): Piece => piece(text, ATOM, tall);
const enclose = (open: string, inner: Piece, close: string): Piece =>
  inner.tall
    ? atom(`\\left${open}${inner.text}\\right${close}`, true)
    : atom(`${open}${open[0] === '\\' ? ' ' : ''}${inner.text}${close}`);
const bracket = (inner: Piece): Piece => enclose('(', inner, ')');
const held = (inner: Piece, level: number): Piece => (inner.level < level ? bracket(inner) : inner);
const above = (text: string): string => (text.length === 1 ? text : `{${text}}`);
const isEuler = (term: Settled): boolean =>
  term.kind === 'symbol' && term.role === 'constant' && term.name === 'e';

/** x1 → x_{1}, theta → \theta, x_max → x_{\mathrm{max}}, loss → \mathit{loss}. */
export const texName = (name: string): string => {
  const [, letters = name, digits = '', rest = ''] = /^(\p{L}+)_?(\d*)(.*)$/u.exec(name) ?? [];
  const stem = GREEK.has(letters) ? `\\${letters}` : letters.length === 1 ? letters : `\\mathit{${letters}}`;
  const below = [digits, ...rest.split('_')].filter((part) => part !== '');
  if (below.length === 0) return stem;
  return `${stem}_{${below.map((part) => (/^(\d+|\p{L})$/u.test(part) ? part : `\\mathrm{${part}}`)).join(',')}}`;
};

/** Beginnings of what a function without brackets would take for its argument. */
const NO_FUNCTION = /^([^\\]|\\(begin|left|lfloor|lceil|sqrt|mathit))/;

const between = (left: Piece, right: Piece): string => {
  if (/^[\d.]/.test(right.text) || (left.level === APPLICATION && NO_FUNCTION.test(right.text)))
    return ' \\cdot ';
  if (/\\mathit\{\w+\}(_\{[^{}]*\})?$/.test(left.text) || right.text.startsWith('\\mathit')) return '\\,';
  return /\\[A-Za-z]+$/.test(left.text) && /^[A-Za-z]/.test(right.text) ? ' ' : '';
};

const RELATIONS = { '<': '<', '<=': '\\le', '>': '>', '>=': '\\ge', '==': '=', '!=': '\\ne' } as const;

/** Functions with a sign of their own instead of a name before brackets. */
const SIGNS = new Map<string, (args: readonly Piece[]) => Piece>([
  [
    'abs',
    ([a]) =>
      a!.tall || a!.text[0] === '-' ? atom(`\\left|${a!.text}\\right|`, a!.tall) : atom(`|${a!.text}|`),
  ],
  ['floor', ([a]) => enclose('\\lfloor', a!, '\\rfloor')],
  ['ceil', ([a]) => enclose('\\lceil', a!, '\\rceil')],
  ['cbrt', ([a]) => piece(`\\sqrt[3]{${a!.text}}`, POWER, a!.tall)],
  ['root', ([a, n]) => piece(`\\sqrt[${n!.text}]{${a!.text}}`, POWER, a!.tall)],
  [
    'hypot',
    (args) =>
      atom(
        `\\sqrt{${args.map((a) => `${held(a, ATOM).text}^2`).join(' + ')}}`,
        args.some((a) => a.tall),
      ),
  ],
]);

const applied = (name: string, args: readonly Settled[], write: Writer, exponent = ''): Piece => {
  const pieces = args.map(write);
  const [a, b] = pieces as [Piece, Piece];
  const inner = piece(
    pieces.map((p) => p.text).join(', '),
    SUM,
    pieces.some((p) => p.tall),
  );
  if (name === 'log' && b) return apply(`\\log_{${b.text}}${exponent}`, a, a);
  if (name === 'polygamma') return apply(`\\psi^{(${a.text})}`, b, b);
  const head = functions.get(name)?.tex ?? (name === 'exp' ? '\\exp' : `\\operatorname{${name}}`);
  const bare = CLASSIC.has(name) && args[0]!.kind === 'symbol' && args.length === 1;
  if (bare) return piece(`${head}${exponent} ${a.text}`, APPLICATION);
  return apply(head + exponent, inner, inner);
};

const apply = (head: string, inner: Piece, { tall }: Piece): Piece =>
  atom(head + bracket({ ...inner, tall }).text, tall);

const notation = (small: boolean): Notation => {
  return {
    symbol: (term) =>
      atom(term.role === 'constant' ? (term.name === 'pi' ? '\\pi' : 'e') : texName(term.name)),
    number: (digits, power10) =>
      power10 === 0
        ? atom(digits)
        : piece(`${digits === '1' ? '' : `${digits} \\cdot `}10^{${power10}}`, PRODUCT),
    bracket,
    juxtapose: (factors) => {
      const rows = factors.map((f, k) => (f.level === SERIES && k < factors.length - 1 ? bracket(f) : f));
      let text = rows[0]!.text;
      for (let k = 1; k < rows.length; k++) text += between(rows[k - 1]!, rows[k]!) + rows[k]!.text;
      return piece(
        text,
        PRODUCT,
        factors.some((factor) => factor.tall),
      );
    },
    fraction: (top, bottom) =>
      small
        ? piece(`${held(top, PRODUCT).text}/${held(bottom, POWER).text}`, PRODUCT, top.tall || bottom.tall)
        : piece(`\\frac{${top.text}}{${bottom.text}}`, PRODUCT, true),
    leadingFraction: !small,
    power: (base, exponent, write) => {
      const high = smallWriter(write)(exponent);
      if (isEuler(base) && (high.text.length > SMALL || high.tall)) return applied('exp', [exponent], write);
      const script = above(high.text);
      if (
        base.kind === 'call' &&
        CLASSIC.has(base.name) &&
        exponent.kind === 'number' &&
        isInteger(exponent.value)
      )
        return applied(base.name, base.args, write, `^${script}`);
      const below = held(write(base), ATOM);
      const ground = base.kind === 'select' ? bracket(below) : below;
      return piece(`${ground.text}^${script}`, POWER, ground.tall);
    },
    root: (inner) => piece(`\\sqrt{${inner.text}}`, POWER, inner.tall),
    call: (name, args, write) => {
      const sign = SIGNS.get(name);
      return sign ? sign(args.map(write)) : applied(name, args, write);
    },
    condition: (term, write) => {
      const [a, b] = term.args.map(write);
      if (term.kind === 'compare')
        return piece(`${a!.text} ${RELATIONS[term.name]} ${b!.text}`, SUM, a!.tall || b!.tall);
      if (term.name === 'not') return piece(`\\lnot ${bracket(a!).text}`, SUM, a!.tall);
      const either = [a!, b!].map((side, k) =>
        term.args[k]!.kind === 'logic' ? bracket(side).text : side.text,
      );
      return piece(either.join(` \\text{ ${term.name} } `), SUM, a!.tall || b!.tall);
    },
    series: ({ name, index, first, last, args }, write) => {
      const inner = write(args[0]!);
      const body = inner.level === SUM || inner.level === SERIES ? bracket(inner) : inner;
      const sign = name === 'sum' ? '\\sum' : '\\prod';
      return piece(`${sign}_{${texName(index.name)}=${first}}^{${last}} ${body.text}`, SERIES, true);
    },
    entry: (term, write) => {
      const of = term.name !== '' ? texName(term.name) : `(${few((term as EntryTerm).list, write)})`;
      const at = term.args.map((arg) => write(arg).text.replaceAll(' ', '')).join(',');
      return /\}$/.test(of) && term.name !== '' ? atom(`(${of})_{${at}}`) : atom(`${of}_{${at}}`);
    },
    cases: (term, write) => {
      const rows: string[] = [];
      let last: Settled = term;
      for (; last.kind === 'select' && (last === term || rows.length < 8); last = last.args[2]!)
        rows.push(`${write(last.args[1]!).text} & \\text{if } ${write(last.args[0]!).text}`);
      rows.push(`${write(last).text} & \\text{otherwise}`);
      return atom(`\\begin{cases} ${rows.join(' \\\\ ')} \\end{cases}`, true);
    },
  };
};

const NORMAL = notation(false);
const SMALL_PRINT = notation(true);
const smallWriters = new WeakMap<Writer, Writer>();

/** The writer for exponents that belongs to a writer: fractions with a slash. */
const smallWriter = (write: Writer): Writer => {
  const known = smallWriters.get(write);
  if (known) return known;
  const made = writer(SMALL_PRINT, namesOf.get(write));
  smallWriters.set(write, made);
  smallWriters.set(made, made);
  namesOf.set(made, namesOf.get(write) ?? new Map());
  return made;
};
const namesOf = new WeakMap<Writer, ReadonlyMap<Settled, Piece>>();

/** A writer of TeX that writes some terms by the names given to them. */
export const texWriter = (names: ReadonlyMap<Settled, string> = new Map()): Writer => {
  const pieces = new Map([...names].map(([term, name]) => [term, atom(name)]));
  const write = writer(NORMAL, pieces);
  namesOf.set(write, pieces);
  return write;
};

/** The term as TeX, in mathematics mode. */
export const tex = (term: Settled): string => texWriter()(term).text;
