import './pointer.css';
import { type RefObject, useEffect, useState } from 'react';
import { displayName } from '../plots/names.ts';
import { formatNumber, formatPoint } from '../plots/numbers.ts';
import type { Plot } from '../plots/plot.ts';
import type { Result } from '../worker/protocol.ts';
import { type Projection, readable } from './projection.ts';
import { useStudy } from './useStudy.ts';

interface Props {
  readonly result: Result;
  readonly plot: Plot;
  readonly projection: Projection;
  /** What the pointer moves over: the plot with all that lies on it. */
  readonly over: RefObject<HTMLElement | null>;
  /** The plot area itself. */
  readonly area: RefObject<HTMLElement | null>;
}

/** f and ∇f at the pointer of a mouse, computed there and not read off the picture. */
export function PointerReading({ result, plot, projection, over, area }: Props) {
  const pixels = usePointer(over, area, projection);
  const at = pixels && pointAt(result, plot, projection, pixels);
  const { answer } = useStudy('point', at && {}, at);
  if (!pixels || !at || !answer || answer.at.length !== result.variables.length) return null;
  const value = result.scalar ? 'f' : 'φ';
  const [left, top] = pixels;
  const shown = result.variables.length > 2 ? [...new Set(result.axes)] : result.variables.map((_, i) => i);
  const place = shown.map((i) => `${displayName(result.variables[i]!)} = ${formatNumber(answer.at[i]!, 4)}`);
  return (
    <div
      className="pointer-reading"
      aria-hidden="true"
      style={{
        transform: `translate(${left}px, ${top}px) translate(${left > projection.width / 2 ? 'calc(-100% - 14px)' : '14px'}, ${top > 90 ? 'calc(-100% - 10px)' : '14px'})`,
      }}
    >
      <span>{place.join(', ')}</span>
      <span>
        {value} = {Number.isNaN(answer.f) ? 'no value here' : formatNumber(answer.f, 5)}
      </span>
      {!Number.isNaN(answer.f) && (
        <span className="gradient">
          ∇{value} ={' '}
          {answer.gradient.length === 1
            ? formatNumber(answer.gradient[0]!, 4)
            : formatPoint(answer.gradient, 4, 4)}
        </span>
      )}
    </div>
  );
}

function pointAt(result: Result, plot: Plot, projection: Projection, pixels: readonly [number, number]) {
  const [x, y] = projection.toAxes(pixels);
  const [x1, y1] = projection.toAxes([pixels[0] + 1, pixels[1] + 1]);
  const at = plot.pick(result, [readable(x, x1 - x), readable(y, y1 - y)], result.field.at);
  return at.every(Number.isFinite) ? at : undefined;
}

/** Where a mouse rests or moves over the plot area, in its pixels; undefined elsewhere and while a button is down. */
function usePointer(over: Props['over'], area: Props['area'], { width, height }: Projection) {
  const [pixels, setPixels] = useState<readonly [number, number]>();
  useEffect(() => {
    const element = over.current;
    if (!element) return;
    const move = (event: PointerEvent) => {
      const corner = area.current?.getBoundingClientRect();
      if (!corner) return;
      const [left, top] = [event.clientX - corner.left, event.clientY - corner.top];
      const inside = left >= 0 && top >= 0 && left <= width && top <= height;
      setPixels(inside && event.pointerType === 'mouse' && event.buttons === 0 ? [left, top] : undefined);
    };
    const leave = () => setPixels(undefined);
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerdown', leave);
    element.addEventListener('pointerleave', leave);
    return () => {
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerdown', leave);
      element.removeEventListener('pointerleave', leave);
    };
  }, [over, area, width, height]);
  return pixels;
}
