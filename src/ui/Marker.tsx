import type { MarkerShape } from '../plots/looks.ts';

interface Props {
  readonly shape: MarkerShape;
  readonly x: number;
  readonly y: number;
  /** Half its height in pixels. */
  readonly size: number;
  readonly className?: string;
  readonly color?: string;
  /** What shows inside an open shape. */
  readonly fill?: string;
}

/** A mark of a series in an SVG; crosses are strokes, the others are filled. */
export function Marker({ shape, x, y, size, className, color, fill = color }: Props) {
  return (
    <path
      className={className}
      d={outlines[shape](size)}
      transform={`translate(${x.toFixed(2)} ${y.toFixed(2)})`}
      style={{
        ...(color && { stroke: color }),
        ...(isOpen(shape) ? { fill: 'none' } : fill && { fill }),
      }}
    />
  );
}

/** Crosses enclose nothing. */
export const isOpen = (shape: MarkerShape): boolean => shape === 'cross' || shape === 'plus';

/** Of about equal areas. */
const outlines: Record<MarkerShape, (size: number) => string> = {
  circle: (r) => `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`,
  square: (r) => polygon([-0.9 * r, -0.9 * r], [0.9 * r, -0.9 * r], [0.9 * r, 0.9 * r], [-0.9 * r, 0.9 * r]),
  triangle: (r) => polygon([0, -1.25 * r], [1.2 * r, 0.9 * r], [-1.2 * r, 0.9 * r]),
  diamond: (r) => polygon([0, -1.3 * r], [1.3 * r, 0], [0, 1.3 * r], [-1.3 * r, 0]),
  cross: (r) => `M${-r} ${-r}L${r} ${r}M${-r} ${r}L${r} ${-r}`,
  plus: (r) => `M${-1.25 * r} 0H${1.25 * r}M0 ${-1.25 * r}V${1.25 * r}`,
};

const polygon = (...corners: readonly (readonly [number, number])[]): string =>
  `M${corners.map(([x, y]) => `${x.toFixed(2)} ${y.toFixed(2)}`).join('L')}Z`;

interface LineLook {
  /** Any CSS colour. */
  readonly color: string;
  /** `stroke-dasharray`; absent: solid. */
  readonly dash?: string | undefined;
  readonly marker?: MarkerShape;
}

/** A short piece of a line, for a legend. */
export function LineKey({ color, dash, marker }: LineLook) {
  return (
    <svg className="line-key" width="30" height="12" aria-hidden="true">
      <path d="M1 6H29" style={{ stroke: color, strokeWidth: 2, strokeDasharray: dash }} />
      {marker && <Marker shape={marker} x={15} y={6} size={3.6} color={color} />}
    </svg>
  );
}
