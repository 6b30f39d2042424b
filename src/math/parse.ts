import type { Mistake } from '../descent/problem.ts';
import { functions } from './functions.ts';
import { T, type Tokens, tokenize } from './tokens.ts';
import type { Condition, IndexRange, Line, Node, ProductOperator, Program } from './tree.ts';

/**
 * Deepest nesting of brackets, functions, roots and exponents. Each level takes about ten calls here and fewer
 * wherever the tree is walked, so the stack (10,000 calls and more) is never near its end.
 */
export const MAX_NESTING = 200;

/** Functions that can run an index: sum(x[i], i = 1..10). */
export const seriesFunctions: ReadonlySet<string> = new Set([
  'sum',
  'prod',
  'mean',
  'min',
  'max',
  'logsumexp',
]);

const closers: Record<string, string> = { '(': ')', '[': ']', '{': '}', '|': '|' };

const isCondition = (node: Node | Condition): node is Condition =>
  node.kind === 'compare' || node.kind === 'and' || node.kind === 'or' || node.kind === 'not';

/** Every use of a function counts its arguments; 'a or b' reads better than a range. */
const countWords = (least: number, most: number): string => {
  if (least === most) return least === 1 ? 'one argument' : `${least} arguments`;
  return most === Number.POSITIVE_INFINITY
    ? `at least ${least} argument${least > 1 ? 's' : ''}`
    : `${least} or ${most} arguments`;
};

/**
 * Recursive descent over the tokens, one token ahead. The first mistake is kept and the place is moved to the
 * end, where every rule stops at once.
 */
class Parser {
  private at = 0;
  private depth = 0;
  private readonly kind: number[];
  private readonly from: number[];
  private readonly to: number[];
  private readonly words: string[];
  private readonly typed: string;
  mistake: Mistake | undefined;
  /** Open bars at the present level of brackets: a bar after an operand closes one. */
  private bars = 0;
  /** Open brackets, by token number, innermost last. */
  private readonly opened: number[] = [];

  constructor(tokens: Tokens, typed: string) {
    this.kind = tokens.kind;
    this.from = tokens.from;
    this.to = tokens.to;
    this.words = tokens.text;
    this.typed = typed;
  }

  program(): Program | undefined {
    const lines: Line[] = [];
    for (;;) {
      while (this.kind[this.at] === T.newline || this.kind[this.at] === T.semicolon) this.at++;
      if (this.kind[this.at] === T.end) break;
      lines.push(this.line());
      const token = this.kind[this.at]!;
      if (token !== T.newline && token !== T.semicolon && token !== T.end) this.unexpected();
      if (this.mistake !== undefined) return undefined;
    }
    const result = lines.pop();
    if (result === undefined) {
      this.fail('Type a function, for example x^2 + y^2.', 0, this.typed.length);
      return undefined;
    }
    for (const line of lines) {
      if (line.name === undefined) {
        const message =
          'Only the last line is the function: give this line a name (h = …), or end it with an operator if it goes on.';
        this.fail(message, line.from, line.to);
        return undefined;
      }
    }
    return { definitions: lines, result };
  }

  private line(): Line {
    const start = this.at;
    const { kind } = this;
    let name: string | undefined;
    let variables: string[] | undefined;
    if (kind[start] === T.name && kind[start + 1] === T.equals) {
      name = this.words[start]!;
      this.at = start + 2;
    } else if (kind[start] === T.name && kind[start + 1] === T.open && kind[start + 2] === T.name) {
      let k = start + 2;
      while (kind[k] === T.name && kind[k + 1] === T.comma) k += 2;
      if (kind[k] === T.name && kind[k + 1] === T.close && kind[k + 2] === T.equals) {
        name = this.words[start]!;
        variables = [];
        for (let v = start + 2; v <= k; v += 2) {
          if (variables.includes(this.words[v]!)) {
            this.fail(`"${this.words[v]}" is named twice.`, this.from[v]!, this.to[v]!);
          }
          variables.push(this.words[v]!);
        }
        if (this.mistake === undefined) this.at = k + 3;
      }
    }
    const signed = kind[start] === T.plus || kind[start] === T.minus;
    const body = this.value();
    return {
      name,
      variables,
      body,
      beginsWithSign: signed && this.kind[start - 1] === T.newline,
      from: this.from[start]!,
      to: Math.max(this.from[start]!, body.to),
      nameFrom: this.from[start]!,
      nameTo: this.to[start]!,
    };
  }

  /** The token as it was typed. */
  private shown(at: number): string {
    const text = this.typed.slice(this.from[at], this.to[at]);
    return text.length > 20 ? `${text.slice(0, 20)}…` : text;
  }

  private fail(message: string, from: number, to: number): Node {
    this.mistake ??= { message, from, to };
    this.at = this.kind.length - 1;
    return { kind: 'number', text: '0', from, to };
  }

  private failAt(message: string): Node {
    return this.fail(message, this.from[this.at]!, this.to[this.at]!);
  }

  /** A token that can neither continue nor end what stands before it. */
  private unexpected(): Node {
    const token = this.kind[this.at]!;
    const word = this.shown(this.at);
    const open = this.opened[this.opened.length - 1];
    switch (token) {
      case T.end:
      case T.newline:
      case T.semicolon: {
        if (open !== undefined) {
          const bracket = this.words[open]!;
          if (token !== T.semicolon) {
            const message = `The bracket "${bracket}" is never closed: "${closers[bracket]}" is missing.`;
            return this.fail(message, this.from[open]!, this.to[open]!);
          }
          return this.failAt(
            `";" ends a line, but "${bracket}" is still open: "${closers[bracket]}" is missing.`,
          );
        }
        return this.failAt('Something is missing here.');
      }
      case T.close:
      case T.closeList:
      case T.closeBrace: {
        if (open !== undefined) {
          const bracket = this.words[open]!;
          return this.failAt(`"${word}" does not close "${bracket}": "${closers[bracket]}" is expected.`);
        }
        return this.failAt(`"${word}" closes no bracket: its opening bracket is missing.`);
      }
      case T.comma:
        if (open === undefined) {
          return this.failAt(
            'A comma stands between the entries of a list: write [a, b]. Decimals have a point: 1.5.',
          );
        }
        if (this.words[open] === '|') return this.failAt('"|" is still open: its closing "|" is missing.');
        return this.failAt('A comma cannot stand here: a list has square brackets, [a, b].');
      case T.equals: {
        if (open !== undefined && this.typed.slice(this.from[open]!, this.from[this.at]!).includes('\n')) {
          const bracket = this.words[open]!;
          const message = `The bracket "${bracket}" is never closed: "${closers[bracket]}" is missing.`;
          return this.fail(message, this.from[open]!, this.to[open]!);
        }
        return this.failAt(
          open === undefined
            ? 'An equation is no function: write left side − right side, or a name and "=" at the beginning of a line.'
            : '"=" cannot stand here: a comparison is written "==", an index i = 1..10.',
        );
      }
      case T.range:
        return this.failAt('A range stands only in a sum or product: sum(x[i], i = 1..10).');
      case T.relation:
      case T.and:
      case T.or:
        return this.failAt(`"${word}" stands only in the condition of if(condition, a, b).`);
      case T.number:
        return this.failAt(`Write an operator before the number ${word}, for example "*".`);
      default:
        return this.failAt(`"${word}" cannot stand here.`);
    }
  }

  /** An operand is missing at the present place. */
  private missing(): Node {
    const token = this.kind[this.at]!;
    const word = this.shown(this.at);
    const before = this.at > 0 ? this.shown(this.at - 1) : '';
    const beforeKind = this.at > 0 ? this.kind[this.at - 1]! : T.newline;
    if (token === T.number || token === T.equals || token === T.range) return this.unexpected();
    const ends = token === T.end || token === T.newline || token === T.semicolon;
    const closes = token === T.close || token === T.closeList || token === T.closeBrace || token === T.lower;
    if (beforeKind === T.newline || beforeKind === T.semicolon || (ends && this.at === 0)) {
      if (closes) return this.unexpected();
      return this.failAt(ends ? 'Something is missing here.' : `Something is missing before "${word}".`);
    }
    if (closes && (beforeKind === T.open || beforeKind === T.openBrace || beforeKind === T.openList)) {
      const opener = this.at - 1;
      return this.fail(
        `Something is missing between "${before}" and "${word}".`,
        this.from[opener]!,
        this.to[this.at]!,
      );
    }
    if (ends || closes || token === T.comma || token === T.bar) {
      if (before === '' || before === word) return this.failAt(`Something is missing before "${word}".`);
      return this.failAt(`Something is missing after "${before}".`);
    }
    return this.failAt(`Something is missing between "${before}" and "${word}".`);
  }

  private plain(node: Node | Condition): Node {
    if (!isCondition(node)) return node;
    return this.fail('A comparison is no number: it stands only in if(condition, a, b).', node.from, node.to);
  }

  /** An expression that is a number or a list. */
  private value(): Node {
    return this.plain(this.expression());
  }

  /** An expression or, inside of `if`, a condition. */
  private expression(): Node | Condition {
    let left = this.conjunction();
    while (this.kind[this.at] === T.or) {
      this.at++;
      const right = this.conjunction();
      left = this.connect('or', left, right);
    }
    return left;
  }

  private conjunction(): Node | Condition {
    let left = this.negation();
    while (this.kind[this.at] === T.and) {
      this.at++;
      const right = this.negation();
      left = this.connect('and', left, right);
    }
    return left;
  }

  private connect(kind: 'and' | 'or', left: Node | Condition, right: Node | Condition): Node | Condition {
    const place = { from: left.from, to: right.to };
    if (isCondition(left) && isCondition(right)) return { kind, left, right, ...place };
    const wrong = isCondition(left) ? right : left;
    return this.fail(`"${kind}" joins comparisons, such as x > 0 ${kind} y > 0.`, wrong.from, wrong.to);
  }

  private negation(): Node | Condition {
    if (this.kind[this.at] !== T.not) return this.comparison();
    const from = this.from[this.at]!;
    this.at++;
    if (++this.depth > MAX_NESTING) return this.tooDeep();
    const of = this.negation();
    this.depth--;
    if (!isCondition(of))
      return this.fail('"not" stands before a comparison, such as not x > 0.', of.from, of.to);
    return { kind: 'not', of, from, to: of.to };
  }

  /** `0 < x < 1` means 0 < x and x < 1. */
  private comparison(): Node | Condition {
    const first = this.sum();
    if (this.kind[this.at] !== T.relation) return first;
    let left = this.plain(first);
    let all: Condition | undefined;
    while (this.kind[this.at] === T.relation) {
      const relation = this.words[this.at] as '<';
      this.at++;
      const right = this.plain(this.sum());
      const one: Condition = { kind: 'compare', relation, left, right, from: left.from, to: right.to };
      all = all === undefined ? one : { kind: 'and', left: all, right: one, from: all.from, to: one.to };
      left = right;
    }
    return all!;
  }

  private sum(): Node | Condition {
    const first = this.product();
    let token = this.kind[this.at]!;
    if (token !== T.plus && token !== T.minus) return first;
    const terms = [this.plain(first)];
    const minus = [false];
    while (token === T.plus || token === T.minus) {
      this.at++;
      minus.push(token === T.minus);
      terms.push(this.plain(this.product()));
      token = this.kind[this.at]!;
    }
    return { kind: 'sum', terms, minus, from: first.from, to: terms[terms.length - 1]!.to };
  }

  /** Unary signs, taken together: −1 for an odd number of minuses, 1 otherwise, 0 for none. */
  private signs(): number {
    let sign = 0;
    for (;;) {
      const token = this.kind[this.at]!;
      if (token === T.minus) sign = sign === -1 ? 1 : -1;
      else if (token === T.plus) sign ||= 1;
      else return sign;
      this.at++;
    }
  }

  private signed(sign: number, from: number, node: Node | Condition): Node | Condition {
    if (sign === 0) return node;
    const of = this.plain(node);
    return sign < 0 ? { kind: 'negative', of, from, to: of.to } : of;
  }

  private startsFactor(token: number): boolean {
    return token >= T.name && token <= T.bar
      ? token !== T.openList && (token !== T.bar || this.bars === 0)
      : token === T.root;
  }

  private product(): Node | Condition {
    const from = this.from[this.at]!;
    const sign = this.signs();
    const first = this.power();
    let factors: Node[] | undefined;
    let operators: ProductOperator[] | undefined;
    for (;;) {
      const token = this.kind[this.at]!;
      let operator: ProductOperator;
      let factor: Node | Condition;
      if (token === T.times || token === T.divide || token === T.at) {
        this.at++;
        operator = token === T.times ? '*' : token === T.divide ? '/' : '@';
        const start = this.from[this.at]!;
        factor = this.signed(this.signs(), start, this.power());
      } else if (this.startsFactor(token) || (token === T.openList && first.kind === 'number')) {
        operator = 'juxtaposed';
        factor = this.power();
      } else {
        if (token === T.number) this.unexpected();
        break;
      }
      factors ??= [this.plain(first)];
      operators ??= [];
      factors.push(this.plain(factor));
      operators.push(operator);
    }
    if (factors === undefined) return this.signed(sign, from, first);
    const to = factors[factors.length - 1]!.to;
    return this.signed(sign, from, { kind: 'product', factors, operators: operators!, from: first.from, to });
  }

  private power(): Node | Condition {
    const base = this.postfix();
    if (this.kind[this.at] !== T.power) return base;
    this.at++;
    if (++this.depth > MAX_NESTING) return this.tooDeep();
    const from = this.from[this.at]!;
    const exponent = this.plain(this.signed(this.signs(), from, this.power()));
    this.depth--;
    return { kind: 'power', base: this.plain(base), exponent, from: base.from, to: exponent.to };
  }

  /** A factor with its superscripts and picked entries. */
  private postfix(): Node | Condition {
    let node = this.primary();
    for (;;) {
      const token = this.kind[this.at]!;
      if (token === T.raise) {
        const exponent = this.raised();
        node = { kind: 'power', base: this.plain(node), exponent, from: node.from, to: exponent.to };
      } else if (token === T.openList && node.kind !== 'number') {
        const open = this.at;
        const indices = this.entries(T.closeList);
        if (indices.length > 1 && this.from[open]! > node.to) {
          return this.fail(
            'Write * before a list to multiply by it, or no blank before indices.',
            node.to,
            this.from[open]!,
          );
        }
        node = { kind: 'pick', of: this.plain(node), indices, from: node.from, to: this.closedAt(open) };
      } else return node;
    }
  }

  private raised(): Node {
    const open = this.at;
    this.at++;
    const exponent = this.value();
    if (this.kind[this.at] !== T.lower) {
      return this.fail('The superscript is not complete.', this.from[open]!, this.to[this.at]!);
    }
    const place = { from: this.from[open]!, to: this.to[this.at]! };
    this.at++;
    return { ...exponent, ...place };
  }

  private closedAt(open: number): number {
    return this.mistake === undefined ? this.to[this.at - 1]! : this.to[open]!;
  }

  /** The entries between the bracket at the present place and its closing one. */
  private entries(close: number): Node[] {
    const open = this.at;
    const bars = this.enter();
    const entries: Node[] = [];
    for (;;) {
      entries.push(this.value());
      if (this.kind[this.at] !== T.comma) break;
      this.at++;
    }
    this.leave(close, open, bars);
    return entries;
  }

  private enter(): number {
    this.opened.push(this.at);
    const { bars } = this;
    this.bars = 0;
    this.at++;
    return bars;
  }

  private leave(close: number, _open: number, bars: number): void {
    if (this.kind[this.at] !== close) this.unexpected();
    else this.at++;
    this.opened.pop();
    this.bars = bars;
  }

  private tooDeep(): Node {
    return this.failAt(
      `More than ${MAX_NESTING} levels of brackets and exponents cannot be read; name parts on lines of their own.`,
    );
  }

  private primary(): Node | Condition {
    const { at } = this;
    const from = this.from[at]!;
    const to = this.to[at]!;
    switch (this.kind[at]!) {
      case T.name:
        this.at++;
        return { kind: 'name', name: this.words[at]!, from, to };
      case T.number:
        this.at++;
        return { kind: 'number', text: this.words[at]!, from, to };
    }
    if (++this.depth > MAX_NESTING) return this.tooDeep();
    const node = this.nested(from);
    this.depth--;
    return node;
  }

  private nested(from: number): Node | Condition {
    const { at } = this;
    switch (this.kind[at]!) {
      case T.open:
      case T.openBrace: {
        const bars = this.enter();
        const inner = this.expression();
        this.leave(this.kind[at] === T.open ? T.close : T.closeBrace, at, bars);
        return { ...inner, from, to: this.closedAt(at) };
      }
      case T.openList: {
        const entries = this.entries(T.closeList);
        return { kind: 'list', entries, from, to: this.closedAt(at) };
      }
      case T.bar: {
        this.opened.push(at);
        this.bars++;
        this.at++;
        const inner = this.value();
        if (this.kind[this.at] !== T.bar) this.unexpected();
        else this.at++;
        this.opened.pop();
        this.bars--;
        return this.call('abs', [inner], from, this.closedAt(at));
      }
      case T.root: {
        const sign = this.words[at]!;
        this.at++;
        const of = this.plain(this.postfix());
        if (sign === '∜')
          return this.call('root', [of, { kind: 'number', text: '4', from, to: from + 1 }], from, of.to);
        return this.call(sign === '√' ? 'sqrt' : 'cbrt', [of], from, of.to);
      }
      case T.call:
      case T.own:
      case T.logarithm:
        return this.application();
      case T.if:
        return this.choice();
      default:
        return this.missing();
    }
  }

  private call(name: string, args: Node[], from: number, to: number): Node {
    return { kind: 'call', name, own: false, args, indices: [], from, to };
  }

  private choice(): Node {
    const from = this.from[this.at]!;
    this.at++;
    const open = this.at;
    const bars = this.enter();
    const condition = this.expression();
    if (!isCondition(condition)) {
      if (this.kind[this.at] === T.equals) return this.failAt('A comparison is written "==".');
      if (this.mistake !== undefined) return condition;
      return this.fail('"if" begins with a comparison: if(x > 0, a, b).', condition.from, condition.to);
    }
    if (this.kind[this.at] === T.close)
      return this.failAt('"if" needs three arguments: if(condition, a, b).');
    if (this.kind[this.at] !== T.comma) return this.unexpected();
    this.at++;
    const then = this.value();
    if (this.kind[this.at] === T.close)
      return this.failAt('"if" needs a value for the other case too: if(condition, a, b).');
    if (this.kind[this.at] !== T.comma) return this.unexpected();
    this.at++;
    const otherwise = this.value();
    if (this.kind[this.at] === T.comma)
      return this.failAt('"if" needs three arguments: if(condition, a, b).');
    this.leave(T.close, open, bars);
    return { kind: 'if', condition, then, otherwise, from, to: this.closedAt(open) };
  }

  /** The present token is a function's name: `sin(x)`, `sin x`, `sin^2(x)`, `log_2(x)`, `sum(x[i], i = 1..3)`. */
  private application(): Node {
    const start = this.at;
    const from = this.from[start]!;
    const own = this.kind[start] === T.own;
    const base = this.kind[start] === T.logarithm ? this.words[start]! : undefined;
    const name = base === undefined ? this.words[start]! : 'log';
    this.at++;
    const exponent = this.functionExponent(name);
    const token = this.kind[this.at]!;
    let args: Node[];
    const indices: IndexRange[] = [];
    if (token === T.open || token === T.openBrace) {
      args = this.args(name, own, indices);
    } else if (
      !own &&
      (this.startsFactor(token) ||
        token === T.number ||
        token === T.openList ||
        token === T.minus ||
        token === T.plus)
    ) {
      args = [this.argument()];
    } else {
      const typed = this.typed.slice(from, this.to[start]!);
      return this.fail(`The function "${typed}" needs its argument: ${typed}(…).`, from, this.to[start]!);
    }
    const to = this.mistake === undefined ? this.to[this.at - 1]! : this.to[start]!;
    if (base !== undefined) {
      const place = { from: this.to[start]! - base.length, to: this.to[start]! };
      args.push(
        /^\d/.test(base) ? { kind: 'number', text: base, ...place } : { kind: 'name', name: base, ...place },
      );
    }
    if (!own && this.mistake === undefined)
      this.checkCount(name, args, indices, from, to, base !== undefined);
    const call: Node = { kind: 'call', name, own, args, indices, from, to };
    return exponent === undefined ? call : { kind: 'power', base: call, exponent, from, to };
  }

  private checkCount(
    name: string,
    args: Node[],
    indices: IndexRange[],
    from: number,
    to: number,
    hasBase: boolean,
  ): void {
    if (indices.length > 0) {
      if (args.length !== 1) {
        this.fail(`"${name}" takes one expression before its index: ${name}(x[i], i = 1..10).`, from, to);
      }
      return;
    }
    const [least, most] = functions.get(name)?.arity ?? (name === 'dot' ? [2, 2] : [1, 1]);
    if (hasBase ? args.length === 2 : args.length >= least && args.length <= most) return;
    const found =
      args.length === 0 ? 'none is given' : args.length === 1 ? 'one is given' : `${args.length} are given`;
    const ofLists = !functions.has(name) && name !== 'dot';
    const takes = ofLists ? `one list, ${name}([a, b, c])` : countWords(least, most);
    const series = seriesFunctions.has(name) && ofLists ? `, or an index: ${name}(x[i], i = 1..10)` : '';
    this.fail(`"${name}" takes ${takes}${series}; ${found}.`, from, to);
  }

  /** `^2` or `²` right after the name of a function. */
  private functionExponent(name: string): Node | undefined {
    const token = this.kind[this.at]!;
    if (token !== T.power && token !== T.raise) return undefined;
    const from = this.from[this.at]!;
    let exponent: Node;
    if (token === T.raise) exponent = this.raised();
    else {
      this.at++;
      const next = this.kind[this.at]!;
      if (next === T.number || next === T.name || next === T.open || next === T.openBrace)
        exponent = this.plain(this.primary());
      else if (next === T.minus) {
        const start = this.from[this.at]!;
        this.at++;
        exponent = {
          kind: 'negative',
          of: this.plain(this.primary()),
          from: start,
          to: this.to[this.at - 1]!,
        };
      } else return this.missing();
    }
    if (exponent.kind === 'negative' && this.mistake === undefined) {
      const inverse = functions.has(`a${name}`) ? `a${name}(x) for the inverse function or ` : '';
      this.fail(`Write ${inverse}1/${name}(x) for the reciprocal.`, from, exponent.to);
    }
    return exponent;
  }

  private args(name: string, own: boolean, indices: IndexRange[]): Node[] {
    const open = this.at;
    const close = this.kind[open] === T.open ? T.close : T.closeBrace;
    const bars = this.enter();
    const args: Node[] = [];
    if (this.kind[this.at] === close) {
      this.fail(
        `The function "${name}" needs its argument: ${name}(x).`,
        this.from[open]!,
        this.to[this.at]!,
      );
    }
    for (;;) {
      if (this.kind[this.at] === T.name && this.kind[this.at + 1] === T.equals) {
        if (own || !seriesFunctions.has(name)) {
          this.failAt(`"${name}" has no index; sum(x[i], i = 1..10) has one.`);
        } else indices.push(this.indexRange());
      } else if (indices.length > 0) {
        this.failAt('The index stands last: sum(x[i], i = 1..10).');
      } else args.push(this.value());
      if (this.kind[this.at] !== T.comma) break;
      this.at++;
    }
    this.leave(close, open, bars);
    return args;
  }

  private indexRange(): IndexRange {
    const { at } = this;
    this.at += 2;
    const first = this.value();
    if (this.kind[this.at] !== T.range && this.mistake === undefined) {
      this.failAt(`The index runs over a range: ${this.words[at]} = 1..10.`);
    }
    if (this.mistake === undefined) this.at++;
    const last = this.value();
    return { name: this.words[at]!, first, last, from: this.from[at]!, to: last.to };
  }

  /** What a function without brackets takes: the juxtaposed product up to a written operator or the next function. */
  private argument(): Node {
    const from = this.from[this.at]!;
    const sign = this.signs();
    const first = this.plain(this.power());
    const factors = [first];
    const operators: ProductOperator[] = [];
    for (;;) {
      const token = this.kind[this.at]!;
      const ends =
        token === T.call || token === T.own || token === T.logarithm || token === T.if || token === T.root;
      if (token === T.number) this.unexpected();
      if (ends || !this.startsFactor(token)) break;
      factors.push(this.plain(this.power()));
      operators.push('juxtaposed');
    }
    const product: Node =
      factors.length === 1
        ? first
        : { kind: 'product', factors, operators, from: first.from, to: factors[factors.length - 1]!.to };
    return this.plain(this.signed(sign, from, product));
  }
}

/**
 * The syntax tree of a formula text, in time linear in its length, or the first mistake in it.
 * Places are half-open ranges of the text as typed, also where characters were normalised.
 */
export const parse = (text: string): { program: Program } | { error: Mistake } => {
  const tokens = tokenize(text);
  if ('error' in tokens) return tokens;
  const parser = new Parser(tokens, text);
  const program = parser.program();
  return program === undefined ? { error: parser.mistake! } : { program };
};
