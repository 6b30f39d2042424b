import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import {
  circleRadius,
  ellipse,
  imageWindow,
  type Pair,
  pathOf,
  planeView,
  spaceView,
} from '../../plots/mapping.ts';
import { displayName } from '../../plots/names.ts';
import { formatNumber } from '../../plots/numbers.ts';
import type { PictureProps } from './Map.tsx';
import { Grid, Local } from './MapMarks.tsx';
import { MapPlane, side } from './MapPlane.tsx';

/** Degrees that an arrow key turns. */
const turnBy = 5;
const first = { turn: -35, tilt: 28 };

/** A curve in the plane, or a curve or surface in space that can be turned, with what touches it at the point. */
export function MapSpace(props: PictureProps) {
  const { result, answer, at, onMove } = props;
  const names = result.variables.map(displayName);
  const domain = useMemo(() => planeView(answer, side), [answer]);
  const [angle, setAngle] = useState(first);
  const image =
    answer.m === 2 ? <CurveInPlane {...props} /> : <InSpace {...props} {...{ angle, setAngle }} />;
  return (
    <>
      <div className="map-planes">
        {answer.n === 2 && (
          <MapPlane
            title="Domain"
            names={names as [string, string]}
            view={domain}
            place={[at[0]!, at[1]!]}
            handle="Point"
            onMove={onMove}
          >
            <Grid answer={answer} of="domain" view={domain} />
            <Local
              view={domain}
              centre={at}
              a={[1, 0, 0, 1]}
              local={props.local}
              radius={circleRadius(answer)}
              of="domain"
            />
          </MapPlane>
        )}
        {image}
      </div>
      {answer.n === 1 && (
        <label className="map-parameter">
          {names[0]}
          <input
            type="range"
            min={answer.x[0]}
            max={answer.x[1]}
            step="any"
            value={at[0]}
            aria-valuetext={formatNumber(at[0]!, 4)}
            onChange={(event) => onMove([Number(event.currentTarget.value)])}
          />
        </label>
      )}
    </>
  );
}

function CurveInPlane({ answer, local }: PictureProps) {
  const to: Pair = [local.residual[0]!, local.residual[1]!];
  const view = useMemo(() => planeView(imageWindow(answer, []), side), [answer]);
  const [left, top] = view.toPixels(to);
  const speed = Math.hypot(local.jacobian[0]!, local.jacobian[1]!) || 1;
  const reach = (0.3 * side) / view.scale[0] / speed;
  const end = (sign: number) =>
    view.toPixels([to[0] + sign * reach * local.jacobian[0]!, to[1] + sign * reach * local.jacobian[1]!]);
  const [a, b] = [end(-1), end(1)];
  return (
    <figure className="map-plane">
      <figcaption>Curve</figcaption>
      <svg
        className="map-stage"
        viewBox={`0 0 ${side} ${side}`}
        role="img"
        aria-label="The curve with its tangent at the point"
      >
        <Grid answer={answer} of="image" view={view} />
        <line className="map-tangent" x1={a[0]} y1={a[1]} x2={b[0]} y2={b[1]} />
        <circle className="map-point" cx={left} cy={top} r="6" />
      </svg>
    </figure>
  );
}

interface SpaceProps extends PictureProps {
  readonly angle: typeof first;
  setAngle(angle: typeof first): void;
}

const keys = new Map<string, Pair>([
  ['ArrowLeft', [-1, 0]],
  ['ArrowRight', [1, 0]],
  ['ArrowUp', [0, 1]],
  ['ArrowDown', [0, -1]],
]);

function InSpace({ answer, local, angle, setAngle }: SpaceProps) {
  const grip = useRef<{ x: number; y: number; from: typeof first }>(undefined);
  const { project, size } = useMemo(() => spaceView(answer.lines, angle, side), [answer, angle]);
  const turned = ({ turn, tilt }: typeof first) =>
    setAngle({ turn, tilt: Math.min(90, Math.max(-90, tilt)) });
  const { residual, jacobian } = local;
  const radius = answer.n === 2 ? circleRadius(answer) : 0;
  const tangent = useMemo(() => {
    if (answer.n === 2) return ellipse(residual, jacobian, 3, radius);
    const reach = (0.25 * size) / (Math.hypot(...jacobian) || 1);
    return Float64Array.from(
      [-1, 1].flatMap((sign) => [0, 1, 2].map((i) => residual[i]! + sign * reach * jacobian[i]!)),
    );
  }, [answer, residual, jacobian, radius, size]);
  const [left, top] = project(residual);
  const key = (event: KeyboardEvent) => {
    const direction = keys.get(event.key);
    if (!direction) return;
    event.preventDefault();
    turned({ turn: angle.turn + turnBy * direction[0], tilt: angle.tilt + turnBy * direction[1] });
  };
  return (
    <figure className="map-plane">
      <figcaption>{answer.n === 1 ? 'Curve in space' : 'Surface in space'}</figcaption>
      <button
        type="button"
        className="map-turn"
        aria-label={`Turn the view; now ${Math.round(angle.turn)}° around and ${Math.round(angle.tilt)}° from above`}
        aria-description="Drag, or press the arrow keys."
        onKeyDown={key}
        onPointerDown={(event) => {
          grip.current = { x: event.clientX, y: event.clientY, from: angle };
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => {
          if (!grip.current) return;
          const { x, y, from } = grip.current;
          turned({ turn: from.turn - (event.clientX - x) / 2, tilt: from.tilt + (event.clientY - y) / 2 });
        }}
        onPointerUp={() => {
          grip.current = undefined;
        }}
        onPointerCancel={() => {
          grip.current = undefined;
        }}
      >
        <svg viewBox={`0 0 ${side} ${side}`} aria-hidden="true">
          <SpaceAxes project={project} size={size} />
          {answer.lines.map((line) => (
            <path
              key={`${line.fixed} ${line.value}`}
              className={`map-line fixed-${line.fixed}`}
              d={pathOf(line.image, 3, project, side)}
            />
          ))}
          <path
            className={answer.n === 2 ? 'map-circle' : 'map-tangent'}
            d={pathOf(tangent, 3, project, side)}
          />
          {answer.n === 2 &&
            [0, 1].map((k) => {
              const end = project([0, 1, 2].map((i) => residual[i]! + radius * jacobian[2 * i + k]!));
              return (
                <line key={k} className={`map-axis along-${k}`} x1={left} y1={top} x2={end[0]} y2={end[1]} />
              );
            })}
          <circle className="map-point" cx={left} cy={top} r="6" />
        </svg>
      </button>
    </figure>
  );
}

/** Which way the three values grow, in a corner. */
function SpaceAxes({ project, size }: Pick<ReturnType<typeof spaceView>, 'project' | 'size'>) {
  const origin = project([0, 0, 0]);
  return (
    <g className="map-ticks">
      {['F₁', 'F₂', 'F₃'].map((name, axis) => {
        const end = project([0, 1, 2].map((i) => (i === axis ? 0.09 * size : 0)));
        const [dx, dy] = [end[0] - origin[0], end[1] - origin[1]];
        return (
          <g key={name} transform="translate(46 356)">
            <line className="map-space-axis" x2={dx} y2={dy} />
            <text className="map-name" x={1.35 * dx} y={1.35 * dy + 4} textAnchor="middle">
              {name}
            </text>
          </g>
        );
      })}
    </g>
  );
}
