import './chart.css';
import { useMemo, useState } from 'react';
import { formatNumber } from '../plots/numbers.ts';
import { Scroll } from './Scroll.tsx';

export interface ChartTable {
  readonly caption: string;
  readonly head: readonly string[];
  /** The first cell of each row is its heading. */
  readonly rows: readonly (readonly (string | number)[])[];
}

/** The numbers of a chart as text. */
export function TableTwin({ table, stays = false }: { table(): ChartTable; readonly stays?: boolean }) {
  const [open, setOpen] = useState(false);
  const made = useMemo(() => (open || stays) && <NumbersTable {...table()} />, [open, stays, table]);
  return (
    <>
      <details className="table-twin" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>As a table</summary>
        {open && made}
      </details>
      {stays && !open && <div className="visually-hidden">{made}</div>}
    </>
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
