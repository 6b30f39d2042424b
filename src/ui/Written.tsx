import { useState } from 'react';
import type { Formula } from '../descent/problem.ts';
import { Scroll } from './Scroll.tsx';
import { Tex } from './tex.tsx';

/** One entry of a derivative with its own name on the left. */
export interface Line {
  readonly left: string;
  readonly entry: Formula;
}

interface Props {
  /** TeX of what the matrix is. */
  readonly head: string;
  /** Rows of the matrix; empty where they are too many to be read. */
  readonly entries: readonly (readonly Formula[])[];
  lines(): readonly Line[];
}

/** Characters of formulas side by side that still fit a panel. */
const wide = 40;

/** A derivative as it would stand on the board: as a matrix, or entry by entry where that would be too wide. */
export function Written({ head, entries, lines }: Props) {
  if (entries.length === 0) {
    return <p className="note">Too many entries to write out; their numbers are below.</p>;
  }
  const columns = entries[0]?.map((_, k) => Math.max(...entries.map((row) => width(row[k])))) ?? [];
  if (columns.reduce((sum, column) => sum + column + 2, 0) <= wide && entries.length <= 10) {
    return (
      <Scroll className="formula" label="Wide formula">
        <Tex display tex={`${head} = ${matrix(entries)}`} text={head} />
      </Scroll>
    );
  }
  return <Entries lines={lines()} />;
}

/** Characters of TeX of all entries together that are typeset unasked: more hold up the page, and nobody reads them. */
const unasked = 6000;

/** One under the other; beyond what is typeset unasked, when asked. */
function Entries({ lines }: { readonly lines: readonly Line[] }) {
  const [all, setAll] = useState(false);
  let length = 0;
  const few = lines.filter(({ entry }) => {
    length += entry.tex.length;
    return length <= unasked;
  });
  const shown = all ? lines : few;
  const rest = lines.length - few.length;
  return (
    <>
      {shown.length > 0 && (
        <Scroll className="formula entries" label="Wide formulas">
          {shown.map(({ left, entry }) => (
            <Tex key={left} display tex={`${left} = ${entry.tex}`} text={entry.text} />
          ))}
        </Scroll>
      )}
      {rest > 0 && (
        <button type="button" className="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Fewer formulas' : `${rest} more ${rest === 1 ? 'formula' : 'formulas'}`}
        </button>
      )}
    </>
  );
}

/** About how many letters wide a formula is; what is set in several lines does not fit a matrix at all. */
function width(formula: Formula | undefined): number {
  const tex = formula?.tex ?? '';
  if (tex.includes('\\begin')) return Number.POSITIVE_INFINITY;
  return tex.replace(/\\[a-zA-Z]+|[{}^_\s]|\\./g, '').length;
}

/** In brackets, unless it is a single number. */
function matrix(rows: readonly (readonly Formula[])[]): string {
  const body = rows
    .map((row) => row.map(({ tex }) => `\\displaystyle ${tex}`).join(' & '))
    .join(' \\\\[6pt] ');
  return rows.length === 1 && rows[0]?.length === 1
    ? rows[0][0]!.tex
    : `\\begin{pmatrix} ${body} \\end{pmatrix}`;
}
