import { useEffect, useRef } from 'react';
import { levelsOf } from '../plots/contour.ts';
import type { Theme } from '../plots/plot.ts';
import type { Result } from '../worker/protocol.ts';

interface Props {
  readonly result: Result;
  readonly theme: Theme;
}

/** The field as coloured cells: stands at once, before the level lines are drawn and while they would lag behind. */
export function FieldCanvas({ result, theme }: Props) {
  const place = useRef<HTMLCanvasElement>(null);
  const { columns, rows } = result.field;
  useEffect(() => {
    const context = place.current?.getContext('2d');
    if (!context) return;
    const levels = levelsOf(result);
    const colors = theme.field.map(([, color]) =>
      [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)),
    );
    const image = context.createImageData(columns, rows);
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        const height = levels.height(result.field.values[row * columns + column]!);
        if (!Number.isFinite(height)) continue;
        const band = Math.floor((height - levels.start) / levels.size + 1e-9) + 0.5;
        const share = (band * levels.size) / (levels.end - levels.start || 1);
        const color = colors[Math.round(Math.min(1, Math.max(0, share)) * (colors.length - 1))]!;
        image.data.set([color[0]!, color[1]!, color[2]!, 255], ((rows - 1 - row) * columns + column) * 4);
      }
    }
    context.putImageData(image, 0, 0);
  }, [result, theme, columns, rows]);
  // The lattice's ends are the centres of the outermost cells, half of which lie outside the window.
  const [wide, high] = [columns / (columns - 1 || 1), rows / (rows - 1 || 1)];
  return (
    <canvas
      ref={place}
      className="field-canvas"
      width={columns}
      height={rows}
      style={{
        width: `${100 * wide}%`,
        height: `${100 * high}%`,
        left: `${-50 * (wide - 1)}%`,
        top: `${-50 * (high - 1)}%`,
      }}
    />
  );
}
