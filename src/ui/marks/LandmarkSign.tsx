import type { CriticalPoint } from '../../descent/criticalPoints.ts';

interface Props {
  readonly kind: CriticalPoint['kind'];
  readonly x: number;
  readonly y: number;
}

/** A minimum points down, a maximum up; a saddle is a cross, what second derivatives cannot tell a diamond. */
const outlines = {
  minimum: 'M-6.5 -4.5H6.5L0 6.5Z',
  maximum: 'M-6.5 4.5H6.5L0 -6.5Z',
  saddle: 'M-5 -5L5 5M-5 5L5 -5',
  degenerate: 'M0 -6.5L6.5 0L0 6.5L-6.5 0Z',
} as const;

/** The sign of a critical point, in an SVG. */
export function LandmarkSign({ kind, x, y }: Props) {
  return (
    <g className={`landmark ${kind}`} transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}>
      <path className="landmark-rim" d={outlines[kind]} />
      <path d={outlines[kind]} />
    </g>
  );
}
