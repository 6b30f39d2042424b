import './inner-state.css';
import type { ReactNode } from 'react';
import { findMethod } from '../../descent/methods/index.ts';
import { type Form, inverseSection, levels, type Place, section } from '../../plots/inner.ts';
import { directionOnPlane } from '../../plots/plane.ts';
import { inspected, useStore } from '../../store.ts';
import type { Inspection, Result } from '../../worker/protocol.ts';
import { useIsOpen } from '../panels/opened.ts';
import { type DrawnQuantity, shownFirst, useStep } from '../step/useStep.ts';
import type { MarkProps } from './index.ts';

/** What a method carries besides its point, drawn where the next step begins. */
export function InnerState(props: MarkProps) {
  const { result, run } = props;
  const drawn = findMethod(result.setup.runs[run]?.method ?? '')?.rule.drawn ?? {};
  if (Object.keys(drawn).length === 0 || result.variables.length === 0) return null;
  return <Inner {...props} />;
}

function Inner({ result, plot, projection }: MarkProps) {
  const { answer } = useStep(result);
  const inspection = useStore(inspected);
  if (!answer) return null;
  const { at, drawn } = answer;
  const origin = plot.place(result, at.x, at.f);
  const canvas: Canvas = {
    result,
    inspection,
    at: at.x,
    origin: projection.toPixels(origin),
    flat: result.axes[0] === result.axes[1],
    size: Math.min(projection.width, projection.height),
    toPixels: ([u, v]) => projection.toPixels([origin[0] + u, origin[1] + v]),
    pull: (vector) => plot.arrow(result, vector),
  };
  return (
    <g className="inner-state">
      <defs>
        <marker
          id="head-inner"
          viewBox="0 0 10 10"
          refX="8"
          refY="5"
          markerWidth="12"
          markerHeight="12"
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path d="M0 1 L9 5 L0 9 L2.5 5 Z" />
        </marker>
      </defs>
      {drawn.map((quantity) => (
        <Switched key={quantity.kind} {...quantity} canvas={canvas} />
      ))}
    </g>
  );
}

/** The plane about the point, and its pixels. */
interface Canvas {
  readonly result: Result;
  readonly inspection: Inspection | undefined;
  readonly origin: readonly [left: number, top: number];
  /** One variable: there is no second axis for it. */
  readonly flat: boolean;
  /** n: the point. */
  readonly at: Float64Array;
  /** Of the shorter side. */
  readonly size: number;
  /** Of a step from the point. */
  toPixels(step: Place): [left: number, top: number];
  /** A vector that is no step, as the plot draws the gradient. */
  pull(vector: Float64Array): Place;
}

type Props = DrawnQuantity & { readonly canvas: Canvas };

function Switched(props: Props) {
  if (!useIsOpen(`mark-${props.kind}`, shownFirst(props.kind))) return null;
  switch (props.kind) {
    case 'arrow':
      return <Arrow {...props} />;
    case 'rates':
      return <Rates {...props} />;
    case 'ellipse':
    case 'inverse ellipse':
      return <Ellipses {...props} />;
    case 'circle':
      return <Circle {...props} />;
    case 'simplex':
      return <Simplex {...props} />;
  }
}

/** The parts of a vector along the axes of the plot. */
function inPlane(vector: ArrayLike<number>, { result, flat }: Canvas, offset = 0): Place {
  const [across, up] = result.axes;
  if (result.field.plane) {
    const n = result.variables.length;
    return directionOnPlane(
      result,
      Array.from({ length: n }, (_, i) => vector[offset + i]!),
    );
  }
  return [vector[offset + across]!, flat ? 0 : vector[offset + up]!];
}

/** Pixels: what is no step has a length that can be seen, and shows its direction alone. */
const [shortest, longest] = [34, 110];

function Arrow({ value, toScale, canvas }: Props) {
  if (typeof value === 'number') return null;
  const { origin } = canvas;
  let to = canvas.toPixels(toScale ? inPlane(value, canvas) : canvas.pull(value));
  const length = Math.hypot(to[0] - origin[0], to[1] - origin[1]);
  if (!(length > 0) || (toScale && length < 4)) return null;
  if (!toScale) {
    const shown = Math.min(Math.max(length, shortest), Math.min(longest, 0.3 * canvas.size)) / length;
    to = [origin[0] + (to[0] - origin[0]) * shown, origin[1] + (to[1] - origin[1]) * shown];
  }
  const ends = { x1: origin[0], y1: origin[1], x2: to[0], y2: to[1] };
  return (
    <g className="inner-arrow">
      <line className="rim" {...ends} />
      <line {...ends} markerEnd="url(#head-inner)" />
    </g>
  );
}

/** A cross and its box, whose arms are to each other as the rates of the two coordinates. */
function Rates({ value, canvas }: Props) {
  // Rates belong to coordinates, which a plane that lies across them does not show.
  if (typeof value === 'number' || canvas.flat || canvas.result.field.plane) return null;
  const [u, v] = inPlane(value, canvas).map(Math.abs) as [number, number];
  const reach = Math.min(64, 0.16 * canvas.size) / Math.max(u, v);
  if (!Number.isFinite(reach)) return null;
  const [left, top] = canvas.origin;
  const [across, up] = [u * reach, v * reach];
  return (
    <g className="inner-rates">
      <Twice>
        <rect x={left - across} y={top - up} width={2 * across} height={2 * up} />
      </Twice>
      <Twice>
        <path d={`M${left - across} ${top}H${left + across}M${left} ${top - up}V${top + up}`} />
      </Twice>
    </g>
  );
}

/** Where the quadratic form of the method's matrix has one value; beside an approximation the true Hessian's. */
function Ellipses({ kind, value, canvas }: Props) {
  const { result, inspection } = canvas;
  const n = result.variables.length;
  // Sections are those of the plane of two variables.
  if (typeof value === 'number' || canvas.flat || result.field.plane) return null;
  const own = kind === 'ellipse' ? section(value, n, result.axes) : inverseSection(value, n, result.axes);
  const exact =
    kind === 'inverse ellipse' && inspection ? section(inspection.hessian, n, result.axes) : undefined;
  const scale = own && scaleFor(own, canvas);
  if (!own || !scale) return null;
  return (
    <g className="inner-ellipses">
      {exact && <Levels form={exact} scale={scale} canvas={canvas} className="exact" />}
      <Levels form={own} scale={scale} canvas={canvas} className="own" />
    </g>
  );
}

/** Lengths in the plane by which a form's curves fill a fifth of the plot. */
function scaleFor(form: Form, canvas: Canvas): number | undefined {
  const { positive, negative } = levels(form);
  const [left, top] = canvas.origin;
  const reach = [...positive, ...negative].flat().reduce((most, place) => {
    const [x, y] = canvas.toPixels(place);
    return Math.max(most, Math.hypot(x - left, y - top));
  }, 0);
  const scale = Math.min(100, 0.2 * canvas.size) / reach;
  // Pixels are cut off far away: then the form is as good as flat.
  return Number.isFinite(scale) && reach < 5e4 ? scale : undefined;
}

function Levels({
  form,
  scale,
  canvas,
  className,
}: {
  form: Form;
  scale: number;
  canvas: Canvas;
  className: string;
}) {
  const { positive, negative } = levels(form);
  const draw = (curves: readonly (readonly Place[])[]) =>
    curves
      .map((curve) => {
        const points = curve.map(([u, v]) =>
          canvas
            .toPixels([u * scale, v * scale])
            .map((pixel) => pixel.toFixed(2))
            .join(' '),
        );
        return `M${points.join('L')}`;
      })
      .join('');
  return (
    <g className={className}>
      {positive.length > 0 && (
        <Twice>
          <path d={draw(positive)} />
        </Twice>
      )}
      {negative.length > 0 && (
        <Twice>
          <path className="falling" d={draw(negative)} />
        </Twice>
      )}
    </g>
  );
}

function Circle({ value, canvas }: Props) {
  if (typeof value !== 'number') return null;
  const [left, top] = canvas.origin;
  const [right] = canvas.toPixels([value, 0]);
  const across = right - left;
  if (canvas.flat)
    return (
      <g className="inner-circle">
        <Twice>
          <path d={`M${left - across} ${top - 7}v14m0 -7H${right}m0 -7v14`} />
        </Twice>
      </g>
    );
  const [, high] = canvas.toPixels([0, value]);
  return (
    <g className="inner-circle">
      <Twice>
        <ellipse cx={left} cy={top} rx={across} ry={top - high} />
      </Twice>
    </g>
  );
}

function Simplex({ value, after, canvas }: Props) {
  const n = canvas.result.variables.length;
  // The edges of a simplex of many variables would be a ball of wool.
  if (typeof value === 'number' || n > 6) return null;
  const corners = (vertices: Float64Array) =>
    Array.from({ length: n + 1 }, (_, i) => cornerOf(vertices, i, canvas));
  return (
    <g className="inner-simplex">
      {after && typeof after === 'object' && <Edges className="after" corners={corners(after)} />}
      <Edges className="before" corners={corners(value)} />
    </g>
  );
}

function cornerOf(vertices: Float64Array, i: number, canvas: Canvas): [number, number] {
  const corner = inPlane(vertices, canvas, i * canvas.result.variables.length);
  const here = inPlane(canvas.at, canvas);
  return canvas.toPixels([corner[0] - here[0], corner[1] - here[1]]);
}

function Edges({ corners, className }: { corners: readonly [number, number][]; className: string }) {
  const edges = corners.flatMap((from, i) =>
    corners.slice(i + 1).map((to) => `M${from[0]} ${from[1]}L${to[0]} ${to[1]}`),
  );
  return (
    <g className={className}>
      <Twice>
        <path d={edges.join('')} />
      </Twice>
    </g>
  );
}

/** With a rim beneath, so that it stands out on every height. */
function Twice({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <g className="inner-rim">{children}</g>
      {children}
    </>
  );
}
