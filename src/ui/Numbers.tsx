import './numbers.css';
import { memo, type ReactNode, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { formatNumber } from '../plots/numbers.ts';
import { Scroll } from './Scroll.tsx';

interface Props {
  readonly caption: ReactNode;
  readonly columns: readonly string[];
  readonly rows: readonly string[];
  /** By rows; undefined while they are computed. */
  readonly values: Float64Array | undefined;
}

/** Rows and columns up to which a table is there as a whole; of a larger one, only what is in view. */
const whole = 52;
/** Rows and columns from which on the table scrolls in a box of its own. */
const tall = 14;
/** Size of a cell of a large table in pixels, as numbers.css has it. */
const cell = { width: 92, height: 30 } as const;
/** Cells around the view that are there before one scrolls to them. */
const ahead = 3;

/**
 * Numbers at the current step, with the names of rows and columns. Matrices of more than a few entries are coloured by
 * size and sign.
 */
export function Numbers({ caption, columns, rows, values: newest }: Props) {
  // A large table may lag behind while steps are played; what is clicked never waits for it.
  const count = rows.length * columns.length;
  const deferred = useDeferredValue(newest);
  const last = useRef(deferred);
  useEffect(() => {
    last.current = deferred ?? last.current;
  }, [deferred]);
  const kept = deferred ?? (last.current?.length === count ? last.current : undefined);
  const values = count > 100 ? kept : newest;
  const large = rows.length > whole || columns.length > whole;
  const [view, setView] = useState({ row: 0, column: 0 });
  const [firstRow, lastRow] = large ? part(view.row, rows.length, 16) : [0, rows.length];
  const [firstColumn, lastColumn] = large ? part(view.column, columns.length, 12) : [0, columns.length];
  const largest = useMemo(() => largestOf(values), [values]);
  const heat = rows.length > 1 && columns.length > 1 && rows.length * columns.length > 4;
  const shown = columns.slice(firstColumn, lastColumn);
  const before = firstColumn * cell.width;
  const after = (columns.length - lastColumn) * cell.width;
  const isTall = rows.length > tall;
  return (
    <Scroll
      className={`numbers${isTall ? ' tall' : ''}${large ? ' large' : ''}`}
      label="Wide table"
      onScroll={
        large
          ? ({ scrollTop, scrollLeft }) => {
              const [row, column] = [
                Math.floor(scrollTop / cell.height),
                Math.floor(scrollLeft / cell.width),
              ];
              if (row !== view.row || column !== view.column) setView({ row, column });
            }
          : undefined
      }
    >
      <table
        aria-busy={newest === undefined}
        {...(large && { 'aria-rowcount': rows.length + 1, 'aria-colcount': columns.length + 1 })}
      >
        <thead>
          <tr>
            <td>{caption}</td>
            {before > 0 && <Gap width={before} />}
            {shown.map((name, index) => (
              <th key={name} scope="col" {...(large && { 'aria-colindex': firstColumn + index + 2 })}>
                {name}
              </th>
            ))}
            {after > 0 && <Gap width={after} />}
          </tr>
        </thead>
        <tbody>
          {firstRow > 0 && <tr style={{ height: firstRow * cell.height }} />}
          {rows.slice(firstRow, lastRow).map((name, index) => {
            const start = (firstRow + index) * columns.length;
            return (
              <tr key={name} {...(large && { 'aria-rowindex': firstRow + index + 2 })}>
                <th scope="row">{name}</th>
                {before > 0 && <Gap width={before} />}
                {shown.map((column, at) => (
                  <Cell
                    key={column}
                    value={values?.[start + firstColumn + at]}
                    heat={heat ? heatOf(values?.[start + firstColumn + at], largest) : 0}
                  />
                ))}
                {after > 0 && <Gap width={after} />}
              </tr>
            );
          })}
          {lastRow < rows.length && <tr style={{ height: (rows.length - lastRow) * cell.height }} />}
        </tbody>
      </table>
    </Scroll>
  );
}

const Gap = ({ width }: { readonly width: number }) => (
  <td aria-hidden="true" className="gap" style={{ minWidth: width }} />
);

const Cell = memo(function Cell({
  value,
  heat,
}: {
  readonly value: number | undefined;
  readonly heat: number;
}) {
  return (
    <td
      className={heat > 0 ? 'plus' : heat < 0 ? 'minus' : undefined}
      style={heat === 0 ? undefined : ({ '--heat': `${Math.abs(heat)}%` } as React.CSSProperties)}
    >
      {value === undefined ? '…' : formatNumber(value)}
    </td>
  );
});

function part(first: number, length: number, shown: number): [from: number, to: number] {
  return [Math.max(0, Math.min(first, length - shown) - ahead), Math.min(length, first + shown + ahead)];
}

/** Part of the colour in a cell, in percent, with the number's sign: the root of its share of the largest. */
export function heatOf(value: number | undefined, largest: number): number {
  if (value === undefined || !Number.isFinite(value) || value === 0 || largest === 0) return 0;
  return Math.sign(value) * Math.max(4, Math.round(46 * Math.sqrt(Math.abs(value) / largest)));
}

/** The largest finite magnitude. */
export function largestOf(values: ArrayLike<number> | undefined): number {
  let most = 0;
  for (let i = 0; i < (values?.length ?? 0); i += 1) {
    const size = Math.abs(values![i]!);
    if (size > most && Number.isFinite(size)) most = size;
  }
  return most;
}
