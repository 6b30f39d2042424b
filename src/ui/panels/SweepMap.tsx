import { type KeyboardEvent, type PointerEvent, useMemo, useState } from 'react';
import { formatNumber } from '../../plots/numbers.ts';
import { linearTicks, logTicks, placeOn, tickTexts } from '../../plots/ticks.ts';
import type { StudyAnswer } from '../../studies/index.ts';
import { Marker } from '../Marker.tsx';
import { type ChartTable, TableTwin } from '../TableTwin.tsx';
import { useWidth } from '../useWidth.ts';
import { nearest } from './sweepChoice.ts';
import { countsOf, endings, outcomeOf, summary } from './sweepWords.ts';

type Answer = StudyAnswer['sweep'];
type Axis = Answer['first'];

interface Props {
  readonly answer: Answer;
  readonly up: Axis;
  onTake(values: Readonly<Record<string, number>>): void;
}

const around = { left: 62, right: 12, top: 10, bottom: 40 };

/** Steps to the tolerance over two parameters: the fuller the colour the sooner; other outcomes by their sign. */
export function SweepMap({ answer, up, onTake }: Props) {
  const { first, outcome, taken } = answer;
  const [place, width] = useWidth(640);
  const columns = first.values.length;
  const rows = up.values.length;
  const inner = { width: Math.max(60, width - around.left - around.right), height: 300 };
  const cell = { width: inner.width / columns, height: inner.height / rows };
  const present = [
    nearest(first.values, first.present, first.logarithmic),
    nearest(up.values, up.present, up.logarithmic),
  ] as const;
  const [at, setAt] = useState<readonly [column: number, row: number]>();
  const [column, row] = at ?? present;
  const k = row * columns + column;
  const values = { [first.param]: first.values[column]!, [up.param]: up.values[row]! };
  const says = `${first.label} ${formatNumber(first.values[column]!, 3)}, ${up.label.toLowerCase()} ${formatNumber(up.values[row]!, 3)}: ${outcomeOf(answer, k) ?? 'not run yet'}`;
  const counts = countsOf(answer);
  const found = Array.from(taken).filter((_, i) => outcome[i] === 0);
  const [least, most] = [Math.min(...found), Math.max(...found)];

  const under = (event: PointerEvent): readonly [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (value: number, count: number) =>
      Math.min(count - 1, Math.max(0, Math.floor(value * count)));
    return [
      share((event.clientX - box.left) / (box.width || 1), columns),
      share(1 - (event.clientY - box.top) / (box.height || 1), rows),
    ];
  };
  const move = (event: KeyboardEvent) => {
    const by = moves.get(event.key);
    if (event.key === 'Enter' || event.key === ' ') onTake(values);
    else if (!by) return;
    else
      setAt([
        Math.min(columns - 1, Math.max(0, column + by[0])),
        Math.min(rows - 1, Math.max(0, row + by[1])),
      ]);
    event.preventDefault();
  };
  return (
    <figure className="chart sweep-map">
      <div
        ref={place}
        className="sweep-map-stage"
        style={{ height: inner.height + around.top + around.bottom }}
      >
        <svg
          width={width}
          height={inner.height + around.top + around.bottom}
          role="img"
          aria-label={`Steps to the tolerance by ${first.label.toLowerCase()} and ${up.label.toLowerCase()}`}
        >
          <g transform={`translate(${around.left} ${around.top})`}>
            <Cells answer={answer} {...{ cell, inner, least, most }} />
            <Outline className="present" column={present[0]} row={present[1]} {...{ cell, inner }} />
            {at && <Outline className="chosen" column={column} row={row} {...{ cell, inner }} />}
            <Axes first={first} up={up} inner={inner} cell={cell} />
          </g>
        </svg>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid over a picture */}
        <div
          role="group"
          aria-label="Map of the runs: arrow keys move, Enter takes the values"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard moves about in it
          tabIndex={0}
          className="sweep-map-area"
          style={{ left: around.left, top: around.top, ...inner }}
          onPointerMove={(event) => setAt(under(event))}
          onPointerLeave={() => setAt(undefined)}
          onPointerUp={(event) => {
            if (event.button !== 0) return;
            const [c, r] = under(event);
            onTake({ [first.param]: first.values[c]!, [up.param]: up.values[r]! });
          }}
          onKeyDown={move}
        />
      </div>
      <p className="sweep-says" role="status" aria-label="Chosen run">
        {says}
      </p>
      <ul className="sweep-legend">
        {endings
          .filter((_, i) => counts[i]! > 0)
          .map(({ name, shape, color }, i) => (
            <li key={name}>
              <svg width="16" height="14" aria-hidden="true">
                {i === 0 && name === 'converged' ? (
                  <rect className="heat" width="16" height="14" style={{ fill: heat(0.3) }} />
                ) : (
                  <Marker shape={shape} x={8} y={7} size={4} color={color} />
                )}
              </svg>
              {name === 'converged' && found.length > 0
                ? `converged, in ${least} (full colour) to ${most} steps`
                : name}
            </li>
          ))}
        <li>
          <svg width="16" height="14" aria-hidden="true">
            <rect className="present" x="2" y="2" width="12" height="10" />
          </svg>
          now
        </li>
      </ul>
      <figcaption className="note">{summary(answer)} Choose a place to take both values.</figcaption>
      <TableTwin table={() => table(answer, up)} />
    </figure>
  );
}

const moves = new Map<string, readonly [number, number]>([
  ['ArrowLeft', [-1, 0]],
  ['ArrowRight', [1, 0]],
  ['ArrowUp', [0, 1]],
  ['ArrowDown', [0, -1]],
]);

/** 0 for the fewest steps, 1 for the most, by ratio. */
const shareOf = (taken: number, least: number, most: number): number =>
  most > least ? Math.log(Math.max(1, taken) / Math.max(1, least)) / Math.log(most / Math.max(1, least)) : 0;

const heat = (share: number): string =>
  `color-mix(in oklab, var(--run-1) ${Math.round(88 - 70 * share)}%, var(--paper))`;

interface CellsProps {
  readonly answer: Answer;
  readonly cell: { readonly width: number; readonly height: number };
  readonly inner: { readonly width: number; readonly height: number };
  readonly least: number;
  readonly most: number;
}

function Cells({ answer: { outcome, taken, first }, cell, inner, least, most }: CellsProps) {
  const columns = first.values.length;
  const { width, height } = cell;
  return useMemo(
    () =>
      Array.from(outcome, (ending, k) => {
        const x = (k % columns) * width;
        const y = inner.height - (Math.floor(k / columns) + 1) * height;
        const share = shareOf(taken[k]!, least, most);
        return <Cell key={`${x} ${y}`} {...{ x, y, width, height, ending, share }} />;
      }),
    [outcome, taken, columns, width, height, inner.height, least, most],
  );
}

interface CellProps {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly ending: number;
  readonly share: number;
}

function Cell({ x, y, width, height, ending, share }: CellProps) {
  if (ending < 0) return null;
  const { shape, color } = endings[ending]!;
  // A hair's breadth more, or the ground shows between them.
  const box = { x, y, width: width + 0.4, height: height + 0.4 };
  if (ending === 0) return <rect {...box} style={{ fill: heat(share) }} />;
  const size = Math.min(3, width / 4, height / 4);
  return <Marker shape={shape} x={x + width / 2} y={y + height / 2} size={size} color={color} />;
}

interface OutlineProps {
  readonly className: string;
  readonly column: number;
  readonly row: number;
  readonly cell: { readonly width: number; readonly height: number };
  readonly inner: { readonly width: number; readonly height: number };
}

const Outline = ({ className, column, row, cell, inner }: OutlineProps) => (
  <rect
    className={className}
    x={column * cell.width}
    y={inner.height - (row + 1) * cell.height}
    width={cell.width}
    height={cell.height}
  />
);

function Axes({ first, up, inner, cell }: Pick<OutlineProps, 'inner' | 'cell'> & { first: Axis; up: Axis }) {
  const across = ticksOf(first, Math.max(2, Math.floor(inner.width / 90)));
  const along = ticksOf(up, 6);
  // A cell's middle stands for its value.
  const x = (share: number) => cell.width / 2 + share * (inner.width - cell.width);
  const y = (share: number) => inner.height - cell.height / 2 - share * (inner.height - cell.height);
  return (
    <g className="chart-axes">
      {along.map(({ text, share }) => (
        <text key={text} x={-8} y={y(share)} dy="0.34em" textAnchor="end">
          {text}
        </text>
      ))}
      {across.map(({ text, share }) => (
        <text key={text} x={x(share)} y={inner.height + 17} textAnchor="middle">
          {text}
        </text>
      ))}
      <path className="chart-frame" d={`M0 0V${inner.height}H${inner.width}`} />
      <text className="chart-name" x={inner.width} y={inner.height + 34} textAnchor="end">
        {first.label}
      </text>
      <text
        className="chart-name"
        transform={`translate(${-around.left + 12} ${inner.height / 2}) rotate(-90)`}
        textAnchor="middle"
      >
        {up.label}
      </text>
    </g>
  );
}

function ticksOf({ values, logarithmic }: Axis, about: number): { text: string; share: number }[] {
  const range = [values[0]!, values[values.length - 1]!] as const;
  const ticks = logarithmic ? logTicks(range, about) : linearTicks(range, about);
  const texts = tickTexts(ticks);
  const places = placeOn(range, logarithmic ? 'log' : 'linear');
  return ticks.map((tick, i) => ({ text: texts[i]!, share: places.share(tick) }));
}

/** A row for each value of the second parameter; steps of the runs that converge, the outcome of the others. */
function table(answer: Answer, up: Axis): ChartTable {
  const { first, outcome, taken } = answer;
  const columns = first.values.length;
  return {
    caption: `Steps by ${up.label.toLowerCase()} (rows) and ${first.label.toLowerCase()} (columns)`,
    head: ['', ...Array.from(first.values, (value) => formatNumber(value, 3))],
    rows: Array.from(up.values, (value, row) => [
      formatNumber(value, 3),
      ...Array.from(first.values, (_, column) => {
        const k = row * columns + column;
        return outcome[k] === 0 ? taken[k]! : (endings[outcome[k]!]?.name ?? '');
      }),
    ]),
  };
}
