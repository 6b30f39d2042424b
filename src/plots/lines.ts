/**
 * Level lines of a lattice by marching squares, as segments x0, y0, x1, y1 in units of the lattice (column, row).
 * Cells with a corner that has no value are left out.
 *
 * @param heights rows × columns
 */
export function levelLines(
  heights: Float64Array,
  columns: number,
  rows: number,
  levels: { readonly start: number; readonly end: number; readonly size: number },
): number[] {
  const segments: number[] = [];
  for (let row = 0; row + 1 < rows; row += 1) {
    for (let column = 0; column + 1 < columns; column += 1) {
      const at = row * columns + column;
      const corners = [
        heights[at]!,
        heights[at + 1]!,
        heights[at + columns + 1]!,
        heights[at + columns]!,
      ] as const;
      const low = Math.min(...corners);
      const high = Math.max(...corners);
      if (!(high > low)) continue;
      const first = Math.max(0, Math.ceil((low - levels.start) / levels.size));
      const last = Math.floor((Math.min(high, levels.end) - levels.start) / levels.size);
      for (let index = first; index <= last; index += 1) {
        cross(segments, column, row, corners, levels.start + index * levels.size);
      }
    }
  }
  return segments;
}

/** Corners of a cell, counter-clockwise from the one with the smallest column and row. */
const corner = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
] as const;

/** Joins the points where a level crosses the cell's sides; two pairs at a saddle, joined in the order of the sides. */
function cross(
  segments: number[],
  column: number,
  row: number,
  heights: readonly [number, number, number, number],
  level: number,
): void {
  for (let side = 0; side < 4; side += 1) {
    const next = (side + 1) % 4;
    const [a, b] = [heights[side]!, heights[next]!];
    if (a < level === b < level) continue;
    const t = (level - a) / (b - a);
    const [from, to] = [corner[side]!, corner[next]!];
    segments.push(column + from[0] + t * (to[0] - from[0]), row + from[1] + t * (to[1] - from[1]));
  }
}
