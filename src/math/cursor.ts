import type { Mistake } from './mistake.ts';
import type { Tokens } from './scan.ts';
import * as T from './token.ts';
import type { Node } from './tree.ts';

const closers: Record<string, string> = { '(': ')', '[': ']', '{': '}', '|': '|' };

/**
 * A place in the tokens, one ahead. The first mistake is kept and the place is moved to the
 * end, where every rule stops at once.
 */
export class Cursor {
  protected at = 0;
  protected depth = 0;
  protected readonly kind: number[];
  protected readonly from: number[];
  protected readonly to: number[];
  protected readonly words: string[];
  protected readonly typed: string;
  mistake: Mistake | undefined;
  /** Open bars at the present level of brackets: a bar after an operand closes one. */
  protected bars = 0;
  /** Open brackets, by token number, innermost last. */
  protected readonly opened: number[] = [];

  constructor(tokens: Tokens, typed: string) {
    this.kind = tokens.kind;
    this.from = tokens.from;
    this.to = tokens.to;
    this.words = tokens.text;
    this.typed = typed;
  }

  /** The token as it was typed. */
  protected shown(at: number): string {
    const text = this.typed.slice(this.from[at], this.to[at]);
    return text.length > 20 ? `${text.slice(0, 20)}…` : text;
  }

  protected fail(message: string, from: number, to: number): Node {
    this.mistake ??= { message, from, to };
    this.at = this.kind.length - 1;
    return { kind: 'number', text: '0', from, to };
  }

  protected failAt(message: string): Node {
    return this.fail(message, this.from[this.at]!, this.to[this.at]!);
  }

  /** A token that can neither continue nor end what stands before it. */
  protected unexpected(): Node {
    const token = this.kind[this.at]!;
    const word = this.shown(this.at);
    const open = this.opened[this.opened.length - 1];
    const bracket = open === undefined ? '' : this.words[open]!;
    const closer = `"${closers[bracket]}"`;
    const neverClosed = (): Node =>
      this.fail(
        `The bracket "${bracket}" is never closed: ${closer} is missing.`,
        this.from[open!]!,
        this.to[open!]!,
      );
    switch (token) {
      case T.end:
      case T.newline:
        return open === undefined ? this.failAt('Something is missing here.') : neverClosed();
      case T.semicolon:
        return this.failAt(
          open === undefined
            ? 'Something is missing here.'
            : `";" ends a line, but "${bracket}" is still open: ${closer} is missing.`,
        );
      case T.close:
      case T.closeList:
      case T.closeBrace:
        return this.failAt(
          open === undefined
            ? `"${word}" closes no bracket: its opening bracket is missing.`
            : `"${word}" does not close "${bracket}": ${closer} is expected.`,
        );
      case T.comma:
        if (open === undefined) {
          return this.failAt(
            'A comma stands between the entries of a list: write [a, b]. Decimals have a point: 1.5.',
          );
        }
        if (bracket === '|') return this.failAt('"|" is still open: its closing "|" is missing.');
        return this.failAt('A comma cannot stand here: a list has square brackets, [a, b].');
      case T.equals: {
        if (open !== undefined && this.typed.slice(this.from[open]!, this.from[this.at]!).includes('\n')) {
          return neverClosed();
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
  protected missing(): Node {
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
}
