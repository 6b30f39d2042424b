/**
 * A list of numbers (shape [m]) or a matrix (shape [rows, columns], entries by rows).
 * A number is a bare T; T itself is never a List.
 */
export class List<T> {
  readonly shape: readonly number[];
  /** How many lists within each other are made when the entries are first asked for. */
  pending = 0;
  private made: readonly T[] | (() => readonly T[]);

  constructor(shape: readonly number[], entries: readonly T[] | (() => readonly T[])) {
    this.shape = shape;
    this.made = entries;
  }

  get entries(): readonly T[] {
    if (typeof this.made === 'function') this.made = this.made();
    this.pending = 0;
    return this.made;
  }
}

export type Value<T> = T | List<T>;

export const sizeOf = (shape: readonly number[]): number => shape.reduce((size, length) => size * length, 1);

/** "a list of 3", "a 2 × 3 matrix", "a number" */
export const describeShape = (shape: readonly number[]): string =>
  shape.length === 0
    ? 'a number'
    : shape.length === 1
      ? `a list of ${shape[0]}`
      : `a ${shape[0]} × ${shape[1]} matrix`;

const shapeOf = <T>(value: Value<T>): readonly number[] => (value instanceof List ? value.shape : []);

const same = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((size, k) => size === b[k]);

/**
 * The common shape for an element-wise operation: numbers go with everything, a list of c with each row of an
 * r × c matrix (as in NumPy); undefined if the shapes do not fit.
 */
export const commonShape = <T>(values: readonly Value<T>[]): readonly number[] | undefined => {
  let common: readonly number[] = [];
  for (const value of values) {
    const shape = shapeOf(value);
    if (shape.length === 0 || same(shape, common)) continue;
    if (common.length === 0) common = shape;
    else if (common.length === 2 && shape.length === 1 && shape[0] === common[1]) continue;
    else if (shape.length === 2 && common.length === 1 && common[0] === shape[1]) common = shape;
    else return undefined;
  }
  return common;
};

/** The operation on each entry of the common shape, done when the entries are first asked for. */
export const each = <T>(
  shape: readonly number[],
  values: readonly Value<T>[],
  operation: (args: readonly T[]) => T,
): List<T> => {
  const lists = values.map((value) => (value instanceof List ? value : new List([1], [value])));
  const list = new List(shape, () => {
    const all = lists.map(({ entries }) => entries);
    return Array.from({ length: sizeOf(shape) }, (_, k) => operation(all.map((of) => of[k % of.length]!)));
  });
  list.pending = 1 + Math.max(...lists.map(({ pending }) => pending));
  return list;
};

export const transpose = <T>(matrix: List<T>): List<T> => {
  const [rows, columns] = matrix.shape;
  if (rows === undefined || columns === undefined) return matrix;
  const entries: T[] = [];
  for (let c = 0; c < columns; c++) {
    for (let r = 0; r < rows; r++) entries.push(matrix.entries[r * columns + c]!);
  }
  return new List([columns, rows], entries);
};
