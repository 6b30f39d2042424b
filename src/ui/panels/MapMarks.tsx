import { useMemo } from 'react';
import { ellipse, pathOf, type planeView, strokesOf } from '../../plots/mapping.ts';
import type { JacobianAnswer } from '../../studies/jacobian.ts';
import type { MapAnswer } from '../../studies/map.ts';
import { side } from './MapPlane.tsx';

interface GridProps {
  readonly answer: MapAnswer;
  readonly of: 'domain' | 'image';
  readonly view: ReturnType<typeof planeView>;
}

/** The grid or its image, and where the map folds. */
export function Grid({ answer, of, view }: GridProps) {
  const { lines, fold } = answer;
  const paths = useMemo(
    () => lines.map((line) => pathOf(line[of], 2, (place) => view.toPixels([place[0]!, place[1]!]), side)),
    [lines, of, view],
  );
  return (
    <>
      {paths.map((path, index) => (
        <path
          key={`${lines[index]!.fixed} ${lines[index]!.value}`}
          className={`map-line fixed-${lines[index]!.fixed}`}
          d={path}
        />
      ))}
      {fold && <path className="map-fold" d={strokesOf(fold[of], view.toPixels)} />}
    </>
  );
}

interface LocalProps {
  readonly local: JacobianAnswer;
  readonly view: ReturnType<typeof planeView>;
  readonly centre: ArrayLike<number>;
  /** 2 × 2 by rows: what it does to the circle. */
  readonly a: ArrayLike<number>;
  readonly radius: number;
  readonly of: 'domain' | 'image';
}

/** The circle or its ellipse, the images of the two axes, and the singular directions. */
export function Local({ local, view, centre, a, radius, of }: LocalProps) {
  const at = (dx: number, dy: number) => view.toPixels([centre[0]! + radius * dx, centre[1]! + radius * dy]);
  const line = (name: string, dx: number, dy: number, both = false) => {
    const [x1, y1] = both ? at(-dx, -dy) : at(0, 0);
    const [x2, y2] = at(dx, dy);
    if (![x1, y1, x2, y2].every((value) => Math.abs(value) < 1e5)) return null;
    return <line className={name} {...{ x1, y1, x2, y2 }} />;
  };
  const { left, right, singularValues } = local;
  return (
    <g className="map-local">
      <path
        className="map-circle"
        d={`${pathOf(ellipse(centre, a, 2, radius), 2, (place) => view.toPixels([place[0]!, place[1]!]), side)}Z`}
      />
      {[0, 1].map((k) => {
        const vectors = of === 'domain' ? right : left;
        const stretch = of === 'domain' ? 1 : singularValues[k]!;
        return <g key={k}>{line('map-singular', stretch * vectors[k]!, stretch * vectors[2 + k]!, true)}</g>;
      })}
      {line('map-axis along-0', a[0]!, a[2]!)}
      {line('map-axis along-1', a[1]!, a[3]!)}
    </g>
  );
}
