import './chart.css';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useId, useMemo, useState } from 'react';
import type { MarkerShape } from '../plots/looks.ts';
import { formatNumber } from '../plots/numbers.ts';
import { firstFrom, nearestOf } from '../plots/rising.ts';
import { type AxisScale, drawnIndices, extentOf, placeOn } from '../plots/ticks.ts';
import { Axes, around, ReadOut, Rule } from './chartParts.tsx';
import { LineKey, Marker } from './Marker.tsx';
import { type ChartTable, TableTwin } from './TableTwin.tsx';
import { useWidth } from './useWidth.ts';

export interface ChartAxis {
  readonly label: string;
  /** 'linear' if absent. */
  readonly scale?: AxisScale;
  /** What is shown; fits the lines and points if absent. */
  readonly range?: readonly [min: number, max: number];
  /** Ticks at whole numbers alone. */
  readonly whole?: boolean;
}

/** A series. It breaks where y cannot be shown: NaN, or not positive on a logarithmic axis. */
export interface ChartLine {
  readonly name: string;
  /** Any CSS colour, `var(--run-1)` too. */
  readonly color: string;
  /** `stroke-dasharray`; absent: solid. */
  readonly dash?: string | undefined;
  /** Stands here and there on the line. */
  readonly marker?: MarkerShape;
  /** Must not fall along the line. */
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly width?: number;
}

export interface ChartPoint {
  readonly x: number;
  readonly y: number;
  readonly color: string;
  readonly marker?: MarkerShape;
  /** Half its height in pixels, 5 if absent. */
  readonly size?: number;
  /** Only the outline. */
  readonly open?: boolean;
  readonly label?: string;
}

/** A straight line across the chart: a bound, a tolerance, the present value. */
export interface ChartRule {
  readonly axis: 'x' | 'y';
  readonly at: number;
  readonly label?: string;
  readonly color?: string;
  readonly dash?: string;
}

interface Props {
  /** Accessible name of the picture. */
  readonly title: string;
  /** What it shows, in a sentence; stands beneath it. */
  readonly sentence: ReactNode;
  /** The same numbers as text; made when the person opens it. */
  table(): ChartTable;
  /** The table is there for a screen reader also while it is folded away. */
  readonly tableStays?: boolean;
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  readonly lines: readonly ChartLine[];
  readonly points?: readonly ChartPoint[];
  readonly rules?: readonly ChartRule[];
  /** Pixels. */
  readonly height?: number;
  /** Which of a line's values is read at a place: the nearest, or the last that was reached. */
  readonly read?: 'nearest' | 'reached';
  /** Places that can be chosen, rising, and what becomes of the choice; a slider for the keyboard. */
  readonly choose?: {
    /**
     * Of the slider: names no other control, since `getByRole('slider', { name: 'Step' })` finds a part of a name too.
     */
    readonly name: string;
    readonly stops: ArrayLike<number>;
    /** Where it is now. */
    readonly at: number;
    /** The place in words; a number if absent. */
    text?(at: number): string;
    onChoose(at: number): void;
  };
}

/** SVG takes no larger numbers. */
const farAway = 1e5;
/** Pixels between the marks of a line. */
const marksApart = 72;

/** A line chart: axes, series told apart by colour, dash and mark, a read-out under the pointer, a text twin. */
export function Chart(props: Props) {
  const {
    title,
    sentence,
    table,
    lines,
    points = [],
    rules = [],
    height = 220,
    read = 'nearest',
    choose,
  } = props;
  const [place, width] = useWidth(640);
  const [hover, setHover] = useState<number>();
  const id = useId();
  const inner = {
    width: Math.max(40, width - around.left - around.right),
    height: Math.max(40, height - around.top - around.bottom),
  };
  const { axes, drawn } = useDrawn(props, inner);
  const { xAt, yAt, xPlace } = axes;

  const stopNear = (event: PointerEvent): number | undefined => {
    const box = event.currentTarget.getBoundingClientRect();
    const value = xPlace.value((event.clientX - box.left) / (box.width || 1));
    const candidates = choose ? [choose.stops] : lines.map((line) => line.x);
    return nearestOf(candidates, value, (at) => xAt(at));
  };
  const readings = hover === undefined ? [] : readingsAt(lines, hover, read);
  return (
    <figure className="chart">
      <div ref={place} className="chart-stage" style={{ height }}>
        <svg
          width={width}
          height={height}
          role="img"
          aria-labelledby={`${id}-title`}
          aria-describedby={`${id}-says`}
        >
          <title id={`${id}-title`}>{title}</title>
          <clipPath id={`${id}-clip`}>
            <rect x={-6} y={-6} width={inner.width + 12} height={inner.height + 12} />
          </clipPath>
          <g transform={`translate(${around.left} ${around.top})`}>
            <Axes {...axes} {...inner} x={props.x} y={props.y} />
            <g clipPath={`url(#${id}-clip)`}>
              {rules.map((rule) => (
                <Rule
                  key={`${rule.axis} ${rule.at} ${rule.label}`}
                  rule={rule}
                  at={rule.axis === 'x' ? xAt(rule.at) : yAt(rule.at)}
                  {...inner}
                />
              ))}
              {drawn.map(({ line, path, marks }) => (
                <g key={line.name} className="chart-line">
                  <path
                    d={path}
                    style={{ stroke: line.color, strokeWidth: line.width ?? 2, strokeDasharray: line.dash }}
                  />
                  {line.marker &&
                    marks.map(([left, top]) => (
                      <Marker
                        key={left}
                        shape={line.marker!}
                        x={left}
                        y={top}
                        size={3.6}
                        color={line.color}
                      />
                    ))}
                </g>
              ))}
              {hover !== undefined && (
                <line className="chart-hover" x1={xAt(hover)} x2={xAt(hover)} y2={inner.height} />
              )}
              {points.map(({ x, y, color, marker = 'circle', size = 5, open = false, label }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: points have no other name
                <g key={index} className="chart-point">
                  <Marker
                    {...{ shape: marker, size, color }}
                    x={xAt(x)}
                    y={yAt(y)}
                    {...(open && { fill: 'var(--paper)' })}
                  />
                  {label && (
                    <text x={xAt(x) + size + 4} y={yAt(y) - size}>
                      {label}
                    </text>
                  )}
                </g>
              ))}
            </g>
          </g>
        </svg>
        <div
          className={choose ? 'chart-area chosen-from' : 'chart-area'}
          style={{ left: around.left, top: around.top, ...inner }}
          onPointerMove={(event) => setHover(stopNear(event))}
          onPointerLeave={() => setHover(undefined)}
          {...(choose && {
            role: 'slider',
            tabIndex: 0,
            'aria-label': choose.name,
            'aria-valuenow': choose.at,
            'aria-valuemin': choose.stops[0] ?? 0,
            'aria-valuemax': choose.stops[choose.stops.length - 1] ?? 0,
            'aria-valuetext': choose.text?.(choose.at) ?? formatNumber(choose.at),
            onPointerUp: (event: PointerEvent) => {
              const at = stopNear(event);
              if (event.button === 0 && at !== undefined) choose.onChoose(at);
            },
            onKeyDown: (event: KeyboardEvent) => {
              const next = moved(choose, event.key, event.shiftKey);
              if (next === undefined) return;
              event.preventDefault();
              choose.onChoose(next);
            },
          })}
        />
        {hover !== undefined && (
          <ReadOut at={xAt(hover)} width={inner.width}>
            <p>
              {props.x.label} {choose?.text?.(hover) ?? formatNumber(hover)}
            </p>
            {readings.map(({ line, value }) => (
              <p key={line.name}>
                <LineKey {...line} /> {line.name}: {formatNumber(value, 5)}
              </p>
            ))}
          </ReadOut>
        )}
      </div>
      <figcaption id={`${id}-says`} className="note">
        {sentence}
      </figcaption>
      <TableTwin table={table} stays={props.tableStays ?? false} />
    </figure>
  );
}

function useDrawn({ x, y, lines, points = [] }: Props, inner: { width: number; height: number }) {
  const [xScale, yScale] = [x.scale ?? 'linear', y.scale ?? 'linear'];
  // The current point moves often; the lines, which may be long, are then neither measured nor drawn again.
  const [xLines, yLines] = useMemo(
    () =>
      lines.length === 0
        ? [[], []]
        : [
            extentOf(
              lines.map((line) => line.x),
              xScale,
              0,
            ),
            extentOf(
              lines.map((line) => line.y),
              yScale,
              0,
            ),
          ],
    [lines, xScale, yScale],
  );
  const fitted = (given: ChartAxis['range'], line: readonly number[], key: 'x' | 'y', scale: AxisScale) =>
    given ?? extentOf([line, points.map((point) => point[key])], scale, key === 'x' ? 0 : undefined);
  const [left, right] = fitted(x.range, xLines, 'x', xScale);
  const [low, high] = fitted(y.range, yLines, 'y', yScale);
  return useMemo(() => {
    const [xRange, yRange] = [[left, right] as const, [low, high] as const];
    const [xPlace, yPlace] = [placeOn(xRange, xScale), placeOn(yRange, yScale)];
    const near = (pixels: number) => Math.min(farAway, Math.max(-farAway, pixels));
    const xAt = (value: number) => near(xPlace.share(value) * inner.width);
    const yAt = (value: number) => near((1 - yPlace.share(value)) * inner.height);
    const drawn = lines.map((line, index) => ({ line, ...drawnLine(line, xAt, yAt, index) }));
    return { axes: { xRange, yRange, xScale, yScale, xPlace, xAt, yAt }, drawn };
  }, [left, right, low, high, xScale, yScale, lines, inner.width, inner.height]);
}

type Place = (value: number) => number;

function drawnLine(line: ChartLine, xAt: Place, yAt: Place, index: number) {
  const [left, top] = [(i: number) => xAt(line.x[i]!), (i: number) => yAt(line.y[i]!)];
  const shown = (i: number) => !Number.isNaN(left(i)) && !Number.isNaN(top(i));
  const kept = drawnIndices(Math.min(line.x.length, line.y.length), left, top);
  let path = '';
  let pen = false;
  // Marks of the lines stand at different places, so that lines that coincide show all of theirs.
  let mark = (marksApart * (index % 3)) / 3 - marksApart / 2;
  const marks: [number, number][] = [];
  for (const i of kept) {
    if (!shown(i)) pen = false;
    else {
      const lone = !pen && !(i + 1 < line.x.length && shown(i + 1));
      path += `${pen ? 'L' : 'M'}${left(i).toFixed(1)} ${top(i).toFixed(1)}${lone ? 'h0.1' : ''}`;
      pen = true;
      if (left(i) >= mark + marksApart || lone) {
        marks.push([left(i), top(i)]);
        mark = left(i);
      }
    }
  }
  return { path, marks };
}

function readingsAt(lines: readonly ChartLine[], at: number, read: 'nearest' | 'reached') {
  return lines.flatMap((line) => {
    const after = firstFrom(line.x, at);
    const exact = line.x[after] === at;
    const nearer =
      after > 0 && (after === line.x.length || at - line.x[after - 1]! < line.x[after]! - at)
        ? after - 1
        : after;
    let index = exact ? after : read === 'reached' ? after - 1 : nearer;
    // Of several at the same place the last is what was reached.
    while (line.x[index + 1] === line.x[index] && index + 1 < line.x.length) index++;
    const value = line.y[index];
    return value === undefined ? [] : [{ line, value }];
  });
}

/** The stop that a key asks for; undefined for other keys. */
function moved({ stops, at }: NonNullable<Props['choose']>, key: string, far: boolean): number | undefined {
  const last = stops.length - 1;
  const here = Math.min(firstFrom(stops, at), last);
  const stride = far ? 10 : 1;
  const page = Math.max(1, Math.round(last / 10));
  const wanted = new Map([
    ['ArrowLeft', here - stride],
    ['ArrowDown', here - stride],
    ['ArrowRight', here + stride],
    ['ArrowUp', here + stride],
    ['PageUp', here + page],
    ['PageDown', here - page],
    ['Home', 0],
    ['End', last],
  ]).get(key);
  return wanted === undefined ? undefined : stops[Math.min(last, Math.max(0, wanted))];
}
