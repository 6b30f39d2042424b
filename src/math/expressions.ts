import { Cursor } from './cursor.ts';
import * as T from './token.ts';
import type { Condition, Node, ProductOperator } from './tree.ts';

/**
 * Deepest nesting of brackets, functions, roots and exponents. Each level takes about ten calls here and fewer
 * wherever the tree is walked, so the stack (10,000 calls and more) is never near its end.
 */
export const MAX_NESTING = 200;

export const isCondition = (node: Node | Condition): node is Condition =>
  node.kind === 'compare' || node.kind === 'and' || node.kind === 'or' || node.kind === 'not';

/** Recursive descent: one method for each level of the grammar, from the weakest operator to the strongest. */
export abstract class Expressions extends Cursor {
  /** The present token is a function's name. */
  protected abstract application(): Node;
  /** The present token is `if`. */
  protected abstract choice(): Node;

  protected plain(node: Node | Condition): Node {
    if (!isCondition(node)) return node;
    return this.fail('A comparison is no number: it stands only in if(condition, a, b).', node.from, node.to);
  }

  /** An expression that is a number or a list. */
  protected value(): Node {
    return this.plain(this.expression());
  }

  /** An expression or, inside of `if`, a condition. */
  protected expression(): Node | Condition {
    let left = this.conjunction();
    while (this.kind[this.at] === T.or) {
      this.at++;
      left = this.connect('or', left, this.conjunction());
    }
    return left;
  }

  protected conjunction(): Node | Condition {
    let left = this.negation();
    while (this.kind[this.at] === T.and) {
      this.at++;
      left = this.connect('and', left, this.negation());
    }
    return left;
  }

  protected connect(kind: 'and' | 'or', left: Node | Condition, right: Node | Condition): Node | Condition {
    const place = { from: left.from, to: right.to };
    if (isCondition(left) && isCondition(right)) return { kind, left, right, ...place };
    const wrong = isCondition(left) ? right : left;
    return this.fail(`"${kind}" joins comparisons, such as x > 0 ${kind} y > 0.`, wrong.from, wrong.to);
  }

  protected negation(): Node | Condition {
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
  protected comparison(): Node | Condition {
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

  protected sum(): Node | Condition {
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
  protected signs(): number {
    let sign = 0;
    for (;;) {
      const token = this.kind[this.at]!;
      if (token === T.minus) sign = sign === -1 ? 1 : -1;
      else if (token === T.plus) sign ||= 1;
      else return sign;
      this.at++;
    }
  }

  protected signed(sign: number, from: number, node: Node | Condition): Node | Condition {
    if (sign === 0) return node;
    const of = this.plain(node);
    return sign < 0 ? { kind: 'negative', of, from, to: of.to } : of;
  }

  protected startsFactor(token: number): boolean {
    return token >= T.name && token <= T.bar
      ? token !== T.openList && (token !== T.bar || this.bars === 0)
      : token === T.root;
  }

  protected product(): Node | Condition {
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

  protected power(): Node | Condition {
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
  protected postfix(): Node | Condition {
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

  protected raised(): Node {
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

  protected closedAt(open: number): number {
    return this.mistake === undefined ? this.to[this.at - 1]! : this.to[open]!;
  }

  /** The entries between the bracket at the present place and its closing one. */
  protected entries(close: number): Node[] {
    const bars = this.enter();
    const entries: Node[] = [];
    for (;;) {
      entries.push(this.value());
      if (this.kind[this.at] !== T.comma) break;
      this.at++;
    }
    this.leave(close, bars);
    return entries;
  }

  protected enter(): number {
    this.opened.push(this.at);
    const { bars } = this;
    this.bars = 0;
    this.at++;
    return bars;
  }

  protected leave(close: number, bars: number): void {
    if (this.kind[this.at] !== close) this.unexpected();
    else this.at++;
    this.opened.pop();
    this.bars = bars;
  }

  protected tooDeep(): Node {
    return this.failAt(
      `More than ${MAX_NESTING} levels of brackets and exponents cannot be read; name parts on lines of their own.`,
    );
  }

  protected primary(): Node | Condition {
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

  protected nested(from: number): Node | Condition {
    const { at } = this;
    switch (this.kind[at]!) {
      case T.open:
      case T.openBrace: {
        const bars = this.enter();
        const inner = this.expression();
        this.leave(this.kind[at] === T.open ? T.close : T.closeBrace, bars);
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
      case T.choice:
        return this.choice();
      default:
        return this.missing();
    }
  }

  protected call(name: string, args: Node[], from: number, to: number): Node {
    return { kind: 'call', name, own: false, args, indices: [], from, to };
  }
}
