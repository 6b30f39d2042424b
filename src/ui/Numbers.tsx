import type { ReactNode } from 'react';
import { formatNumber } from '../plots/numbers.ts';
import { Scroll } from './Scroll.tsx';

interface Props {
  readonly caption: ReactNode;
  readonly columns: readonly string[];
  readonly rows: readonly string[];
  /** By rows; undefined while they are computed. */
  readonly values: Float64Array | undefined;
}

/** Rows and columns beyond which nobody reads on, and which would slow the playing down. */
const most = 24;

/** Numbers at the current step, with the names of rows and columns. */
export function Numbers({ caption, columns, rows, values }: Props) {
  const across = columns.slice(0, most);
  const down = rows.slice(0, most);
  const cut = across.length < columns.length || down.length < rows.length;
  return (
    <Scroll className="numbers" label="Wide table">
      <table aria-busy={values === undefined}>
        <thead>
          <tr>
            <td>{caption}</td>
            {across.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {down.map((name, row) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {across.map((column, index) => {
                const value = values?.[row * columns.length + index];
                return <td key={column}>{value === undefined ? '…' : formatNumber(value)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {cut && (
        <p className="note">
          The first {down.length} × {across.length} of {rows.length} × {columns.length} numbers.
        </p>
      )}
    </Scroll>
  );
}
