/** A number (1 × 1), a column or a matrix, by rows. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly entries: readonly number[];
}

class Unread extends Error {}

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?|\.\d+)|(\\left|\\right|\\,|\\ |\\quad)|(\\begin\{pmatrix\}|\\end\{pmatrix\}|\\begin\{cases\}|\\end\{cases\}|\\operatorname\{[a-z]+\}|\\text\{[^}]*\}|\\\\|\\[A-Za-z]+|\S))/gy;

/**
 * The value of arithmetic in TeX as the rules write it with numbers: what a reader finds who recomputes what is shown.
 * Undefined for what is not arithmetic, such as ∇f(x) or arg min.
 */
export function evaluateTex(tex: string): Matrix | undefined {
  try {
    const reader = new Reader(tokens(tex));
    const value = reader.sum();
    return reader.done() ? value : undefined;
  } catch (error) {
    if (error instanceof Unread) return undefined;
    throw error;
  }
}

function tokens(tex: string): string[] {
  const found: string[] = [];
  const text = tex.trim();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (!match) throw new Unread();
    const token = match[1] ?? match[3];
    if (token !== undefined) found.push(token);
  }
  return found;
}

const number = (value: number): Matrix => ({ rows: 1, columns: 1, entries: [value] });
const isNumber = ({ rows, columns }: Matrix): boolean => rows === 1 && columns === 1;
const numberOf = (value: Matrix): number => {
  if (!isNumber(value)) throw new Unread();
  return value.entries[0]!;
};
const scaled = (value: Matrix, by: number): Matrix => ({
  ...value,
  entries: value.entries.map((entry) => entry * by),
});

function added(a: Matrix, b: Matrix, sign: number): Matrix {
  if (a.rows !== b.rows || a.columns !== b.columns) throw new Unread();
  return { ...a, entries: a.entries.map((entry, i) => entry + sign * b.entries[i]!) };
}

function product(a: Matrix, b: Matrix): Matrix {
  if (isNumber(a)) return scaled(b, a.entries[0]!);
  if (isNumber(b)) return scaled(a, b.entries[0]!);
  if (a.columns !== b.rows) throw new Unread();
  const entries = Array.from({ length: a.rows * b.columns }, (_, k) => {
    const [row, column] = [Math.floor(k / b.columns), k % b.columns];
    let sum = 0;
    for (let i = 0; i < a.columns; i++)
      sum += a.entries[row * a.columns + i]! * b.entries[i * b.columns + column]!;
    return sum;
  });
  return { rows: a.rows, columns: b.columns, entries };
}

const transposed = ({ rows, columns, entries }: Matrix): Matrix => ({
  rows: columns,
  columns: rows,
  entries: entries.map((_, k) => entries[(k % rows) * columns + Math.floor(k / rows)]!),
});

const functions = new Map<string, (...values: number[]) => number>([
  ['\\max', Math.max],
  ['\\operatorname{sign}', Math.sign],
  ['\\operatorname{clamp}', (value = 0, low = 0, high = 0) => Math.min(Math.max(value, low), high)],
]);

const relations = new Map<string, (a: number, b: number) => boolean>([
  ['>', (a, b) => a > b],
  ['<', (a, b) => a < b],
]);

/** Recursive descent; `Unread` for anything that is not arithmetic. */
class Reader {
  private at = 0;

  constructor(private readonly tokens: readonly string[]) {}

  done(): boolean {
    return this.at === this.tokens.length;
  }

  sum(): Matrix {
    let value = this.term();
    for (;;) {
      if (this.take('+')) value = added(value, this.term(), 1);
      else if (this.take('-')) value = added(value, this.term(), -1);
      else return value;
    }
  }

  private term(): Matrix {
    if (this.take('-')) return scaled(this.term(), -1);
    let value = this.power();
    while (this.take('\\cdot') || ['(', '\\frac', '\\begin{pmatrix}'].includes(this.peek()))
      value = product(value, this.power());
    return value;
  }

  private power(): Matrix {
    const base = this.atom();
    if (!this.take('^')) return base;
    if (this.take('\\top')) return transposed(base);
    return number(numberOf(base) ** numberOf(this.peek() === '{' ? this.braced() : this.atom()));
  }

  private atom(): Matrix {
    const token = this.next();
    if (/^[\d.]/.test(token)) return number(Number(token));
    const named = functions.get(token);
    if (named) return number(named(...this.list()));
    switch (token) {
      case '(': {
        const value = this.sum();
        this.expect(')');
        return value;
      }
      case '|': {
        const value = this.sum();
        this.expect('|');
        return number(Math.abs(numberOf(value)));
      }
      case '\\frac': {
        const above = this.braced();
        return scaled(above, 1 / numberOf(this.braced()));
      }
      case '\\sqrt':
        return number(Math.sqrt(numberOf(this.braced())));
      case '\\infty':
        return number(Number.POSITIVE_INFINITY);
      case '\\begin{pmatrix}':
        return this.matrix();
      case '\\begin{cases}':
        return this.cases();
    }
    throw new Unread();
  }

  private braced(): Matrix {
    this.expect('{');
    const value = this.sum();
    this.expect('}');
    return value;
  }

  private list(): number[] {
    this.expect('(');
    const values = [numberOf(this.sum())];
    while (this.take(',')) values.push(numberOf(this.sum()));
    this.expect(')');
    return values;
  }

  private matrix(): Matrix {
    const entries = [numberOf(this.sum())];
    let rows = 1;
    for (;;) {
      const token = this.next();
      if (token === '\\end{pmatrix}') return { rows, columns: entries.length / rows, entries };
      if (token === '\\\\') rows++;
      else if (token !== '&') throw new Unread();
      entries.push(numberOf(this.sum()));
    }
  }

  private cases(): Matrix {
    let chosen: Matrix | undefined;
    do {
      const value = this.sum();
      this.expect('&');
      let holds = this.take('\\text{otherwise}');
      if (!holds) {
        const left = numberOf(this.sum());
        const relation = relations.get(this.next());
        if (!relation) throw new Unread();
        holds = relation(left, numberOf(this.sum()));
      }
      if (holds) chosen ??= value;
    } while (this.take('\\\\'));
    this.expect('\\end{cases}');
    if (!chosen) throw new Unread();
    return chosen;
  }

  private peek(): string {
    return this.tokens[this.at] ?? '';
  }

  private next(): string {
    return this.tokens[this.at++] ?? '';
  }

  private take(token: string): boolean {
    if (this.peek() !== token) return false;
    this.at++;
    return true;
  }

  private expect(token: string): void {
    if (!this.take(token)) throw new Unread();
  }
}
