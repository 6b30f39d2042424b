/**
 * A list of numbers (shape [m]) or a matrix (shape [rows, columns], entries by rows).
 * A number is a bare T; T itself is never a List.
 */
export class List<T> {
  readonly shape: readonly number[];
  readonly entries: readonly T[];

  constructor(shape: readonly number[], entries: readonly T[]) {
    this.shape = shape;
    this.entries = entries;
  }
}

export type Value<T> = T | List<T>;

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

/** Entry k of the value seen in the common shape. */
const entryAt = <T>(value: Value<T>, k: number): T =>
  value instanceof List ? value.entries[k % value.entries.length]! : value;

/** The operation on each entry of the common shape. */
export const each = <T>(
  shape: readonly number[],
  values: readonly Value<T>[],
  operation: (args: readonly T[]) => T,
): List<T> => {
  const size = shape.reduce((product, length) => product * length, 1);
  const entries: T[] = [];
  for (let k = 0; k < size; k++) entries.push(operation(values.map((value) => entryAt(value, k))));
  return new List(shape, entries);
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
