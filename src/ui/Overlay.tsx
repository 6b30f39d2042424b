import { useMemo } from 'react';
import { thinned } from '../plots/layout.ts';
import { lookOf } from '../plots/looks.ts';
import type { Plot } from '../plots/plot.ts';
import { stepsAt } from '../race.ts';
import type { Path, Result } from '../worker/protocol.ts';
import { isOpen, Marker } from './Marker.tsx';
import { marks } from './marks/index.ts';
import type { Projection } from './projection.ts';

interface Props {
  readonly result: Result;
  readonly plot: Plot;
  readonly projection: Projection;
  readonly step: number;
  /** The run whose gradient and step are shown. */
  readonly run: number;
  /** Also draws the whole path, while the plot beneath does not show it. */
  readonly whole: boolean;
}

/** What moves: progress on the paths, the current points, the gradient there and the step that is taken. */
export function Overlay({ result, plot, projection, step, run, whole }: Props) {
  const steps = stepsAt(result, run, step);
  const several = result.paths.length > 1;
  return (
    <svg className="overlay" width={projection.width} height={projection.height} aria-hidden="true">
      <defs>
        {['gradient', 'step'].map((name) => (
          <marker
            key={name}
            id={`head-${name}`}
            className={`head ${name}`}
            viewBox="0 0 10 10"
            refX="8"
            refY="5"
            markerWidth="13"
            markerHeight="13"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 1 L9 5 L0 9 L2.5 5 Z" />
          </marker>
        ))}
      </defs>
      {result.paths.map((path, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a run is known by its place alone
        <PathMarks key={index} {...{ result, plot, projection, path, index, whole }} step={steps[index]!} />
      ))}
      {marks.map(({ id, component: Mark }) => (
        <Mark key={id} {...{ result, plot, projection, step, run }} />
      ))}
      <Arrows {...{ result, plot, projection, step }} path={result.paths[run]} />
      {result.paths.map((path, index) => {
        const [left, top] = projection.toPixels(placeOf(result, plot, path, steps[index]!));
        const { marker, color } = lookOf(index);
        const other = several && index !== run;
        return (
          <Marker
            // biome-ignore lint/suspicious/noArrayIndexKey: a run is known by its place alone
            key={index}
            className={`current run-${index + 1}`}
            shape={marker}
            x={left}
            y={top}
            size={other ? 5 : 6}
            {...(isOpen(marker) ? { color: other ? color : 'var(--point)' } : other && { fill: color })}
          />
        );
      })}
    </svg>
  );
}

interface MarksProps extends Omit<Props, 'run'> {
  readonly path: Path;
  readonly index: number;
}

/** Points closer together than this, in pixels, are drawn once. */
const apart = 5;

function PathMarks({ result, plot, projection, path, index, step, whole }: MarksProps) {
  const points = useMemo(
    () =>
      thinned(path.length).map((at) => ({ at, place: projection.toPixels(placeOf(result, plot, path, at)) })),
    [result, plot, projection, path],
  );
  const dots = useMemo(() => {
    let last: readonly [number, number] = [Number.NaN, Number.NaN];
    return points.filter(({ place }) => {
      if (Math.hypot(place[0] - last[0], place[1] - last[1]) < apart) return false;
      last = place;
      return true;
    });
  }, [points]);
  const done = points.filter(({ at }) => at <= step);
  const look = lookOf(index);
  const line = (part: typeof points) =>
    part.map(({ place }) => place.map((pixel) => pixel.toFixed(2)).join()).join(' ');
  return (
    <g className={`path run-${index + 1}`}>
      {whole && <polyline className="whole" points={line(points)} strokeDasharray={look.dash} />}
      <polyline className="done" points={line(done)} strokeDasharray={look.dash} />
      {result.setup.runs[index]?.start && points[0] && (
        <Marker
          className="own-start"
          shape={look.marker}
          x={points[0].place[0]}
          y={points[0].place[1]}
          size={7}
        />
      )}
      {dots.map(({ at, place }) => (
        <Marker
          key={at}
          shape={look.marker}
          className={at <= step ? 'dot past' : 'dot'}
          x={place[0]}
          y={place[1]}
          size={at <= step ? 2.6 : 2}
        />
      ))}
    </g>
  );
}

/** Arrows shorter than this many pixels would be hidden by the point. */
const [shortest, longest] = [30, 120];
/** Of the gradient at the start: what is smaller, and under a pixel long, is as good as nothing and has no arrow. */
const nothing = 1e-3;

function Arrows({
  result,
  plot,
  projection,
  step,
  path,
}: Omit<Props, 'run' | 'whole'> & { path: Path | undefined }) {
  if (!path) return null;
  const at = Math.min(step, path.length - 1);
  const n = result.variables.length;
  const from = placeOf(result, plot, path, at);
  const origin = projection.toPixels(from);
  const direction = plot.arrow(result, path.gradient.subarray(at * n, (at + 1) * n));
  const unit = projection.toPixels([from[0] + direction[0], from[1] + direction[1]]);
  const [dx, dy] = [unit[0] - origin[0], unit[1] - origin[1]];
  const length = Math.hypot(dx, dy);
  const first = plot.arrow(result, path.gradient.subarray(0, n));
  const vanished = length < 1 && Math.hypot(...direction) < nothing * Math.hypot(...first);
  const wanted = Math.min(Math.max(length, shortest), Math.min(longest, 0.35 * projection.width));
  const shown = Math.max(shortest, Math.min(wanted, room(origin, [dx / length, dy / length], projection)));
  const next = at + 1 < path.length ? projection.toPixels(placeOf(result, plot, path, at + 1)) : undefined;
  const stepLength = next ? Math.hypot(next[0] - origin[0], next[1] - origin[1]) : 0;
  return (
    <g className="arrows">
      {length > 0 && !vanished && (
        <Arrow
          name="gradient"
          from={origin}
          to={[origin[0] + (dx / length) * shown, origin[1] + (dy / length) * shown]}
        />
      )}
      {next && stepLength > 9 && <Arrow name="step" from={origin} to={next} />}
    </g>
  );
}

interface ArrowProps {
  readonly name: 'gradient' | 'step';
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
}

/** With a rim beneath it, so that it stands out on every height. */
function Arrow({ name, from, to }: ArrowProps) {
  const ends = { x1: from[0], y1: from[1], x2: to[0], y2: to[1] };
  return (
    <>
      <line className="rim" {...ends} />
      <line className={`${name}-arrow`} {...ends} markerEnd={`url(#head-${name})`} />
    </>
  );
}

/** Pixels from a point to the rim in a direction, less the space of an arrow's head. */
function room(
  [left, top]: readonly [number, number],
  [dx, dy]: readonly [number, number],
  { width, height }: Projection,
): number {
  const across = dx > 0 ? (width - left) / dx : dx < 0 ? -left / dx : Number.POSITIVE_INFINITY;
  const down = dy > 0 ? (height - top) / dy : dy < 0 ? -top / dy : Number.POSITIVE_INFINITY;
  return Math.min(across, down) - 6;
}

function placeOf(result: Result, plot: Plot, path: Path, at: number): readonly [number, number] {
  const n = result.variables.length;
  return plot.place(result, path.x.subarray(at * n, (at + 1) * n), path.f[at]!);
}
