import './chart.css';
import { useState } from 'react';
import { formatNumber } from '../plots/numbers.ts';
import { Scroll } from './Scroll.tsx';

export interface ChartTable {
  readonly caption: string;
  readonly head: readonly string[];
  /** The first cell of each row is its heading. */
  readonly rows: readonly (readonly (string | number)[])[];
}

/** The numbers of a chart as text. */
export function TableTwin({ table }: { table(): ChartTable }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="table-twin" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>As a table</summary>
      {open && <NumbersTable {...table()} />}
    </details>
  );
}

export function NumbersTable({ caption, head, rows }: ChartTable) {
  return (
    <Scroll className="table-scroll" label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([heading, ...cells], row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are known by their place
            <tr key={row}>
              <th scope="row">{text(heading)}</th>
              {cells.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells are known by their place
                <td key={column}>{text(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

const text = (cell: string | number | undefined): string =>
  typeof cell === 'number' ? formatNumber(cell) : (cell ?? '');
