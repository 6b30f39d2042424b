import { Expressions, isCondition } from './expressions.ts';
import { functions } from './functions.ts';
import type { Mistake } from './mistake.ts';
import * as T from './token.ts';
import { tokenize } from './tokens.ts';
import type { IndexRange, Line, Node, ProductOperator, Program } from './tree.ts';

/** Functions that can run an index: sum(x[i], i = 1..10). */
export const seriesFunctions: ReadonlySet<string> = new Set([
  'sum',
  'prod',
  'mean',
  'min',
  'max',
  'logsumexp',
]);

/** Every use of a function counts its arguments; 'a or b' reads better than a range. */
const countWords = (least: number, most: number): string => {
  if (least === most) return least === 1 ? 'one argument' : `${least} arguments`;
  return most === Number.POSITIVE_INFINITY
    ? `at least ${least} argument${least > 1 ? 's' : ''}`
    : `${least} or ${most} arguments`;
};

/** Lines, and how functions are applied. */
class Parser extends Expressions {
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

  protected choice(): Node {
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
    const then = this.next('three arguments');
    const otherwise = this.next('a value for the other case too');
    if (this.kind[this.at] === T.comma) this.needs('three arguments');
    this.leave(T.close, bars);
    return { kind: 'if', condition, then, otherwise, from, to: this.closedAt(open) };
  }

  private needs(what: string): Node {
    return this.failAt(`"if" needs ${what}: if(condition, a, b).`);
  }

  /** The next argument of `if`. */
  private next(what: string): Node {
    if (this.kind[this.at] === T.close) return this.needs(what);
    if (this.kind[this.at] !== T.comma) return this.unexpected();
    this.at++;
    return this.value();
  }

  /** The present token is a function's name: `sin(x)`, `sin x`, `sin^2(x)`, `log_2(x)`, `sum(x[i], i = 1..3)`. */
  protected application(): Node {
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
    this.leave(close, bars);
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
        token === T.call ||
        token === T.own ||
        token === T.logarithm ||
        token === T.choice ||
        token === T.root;
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
