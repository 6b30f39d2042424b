import './map.css';
import { useEffect, useMemo, useState } from 'react';
import { circleRadius, imageWindow, type Pair, planeView } from '../../plots/mapping.ts';
import { displayName, subscript } from '../../plots/names.ts';
import { formatNumber, formatPoint } from '../../plots/numbers.ts';
import { stepOf, useStore } from '../../store.ts';
import type { JacobianAnswer } from '../../studies/jacobian.ts';
import type { MapAnswer } from '../../studies/map.ts';
import type { Result } from '../../worker/protocol.ts';
import { useStudy } from '../useStudy.ts';
import { Grid, Local } from './MapMarks.tsx';
import { MapPlane, side } from './MapPlane.tsx';
import { MapSpace } from './MapSpace.tsx';

/** A vector function as a map: how it bends a grid, and what its Jacobian does at a point. */
export default function MapPanel() {
  const result = useStore((state) => state.result);
  const { answer, reason } = useStudy('map', {});
  if (!result) return null;
  if (reason !== undefined) return <p className="note">{reason}</p>;
  if (!answer || answer.n !== result.variables.length || answer.m !== result.outputs) {
    return <p className="note">Computing…</p>;
  }
  // Another function or another step begins anew at its point.
  return (
    <Pictured key={JSON.stringify([result.setup.formula, result.setup.sliders])} {...{ result, answer }} />
  );
}

function Pictured({ result, answer }: { readonly result: Result; readonly answer: MapAnswer }) {
  const { edit } = useStore.getState();
  const run = useStore((state) => state.run);
  const step = useStore((state) => stepOf(state, run));
  const n = result.variables.length;
  const current = result.paths[run]?.x.subarray(step * n, (step + 1) * n);
  const [probe, setProbe] = useState<readonly number[]>();
  const [pull, setPull] = useState<{
    readonly target: readonly number[];
    readonly from: readonly number[];
  }>();
  const back = useStudy('preimage', pull);
  const local = useStudy('jacobian', {}, probe).answer;
  useEffect(() => {
    if (back.answer) setProbe([...back.answer.at]);
  }, [back.answer]);
  // The step that is looked at has changed: its point is shown again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the point is what the effect waits for
  useEffect(() => {
    setProbe(undefined);
    setPull(undefined);
  }, [current?.join()]);
  const at = probe ?? Array.from(current ?? []);
  const move = (place: readonly number[]) => {
    setPull(undefined);
    setProbe([...place]);
  };
  const behind = pull !== undefined && back.answer?.reached === false;
  if (!local || local.n !== answer.n || local.m !== answer.m || at.length !== answer.n) return null;
  const props = { result, answer, local, at, onMove: move };
  return (
    <div className="map panel">
      {answer.n === 2 && answer.m === 2 ? (
        <Planes {...props} onPull={(target) => setPull({ target, from: at })} />
      ) : (
        <MapSpace {...props} />
      )}
      {behind && (
        <p className="note">The map does not reach that place from here: this is as near as it comes.</p>
      )}
      <p className="map-buttons">
        <button type="button" disabled={probe === undefined} onClick={() => edit({ start: [...at] })}>
          Start here
        </button>
        <button
          type="button"
          disabled={probe === undefined}
          onClick={() => {
            setProbe(undefined);
            setPull(undefined);
          }}
        >
          Back to the current step
        </button>
      </p>
      <Words {...props} />
    </div>
  );
}

export interface PictureProps {
  readonly result: Result;
  readonly answer: MapAnswer;
  readonly local: JacobianAnswer;
  /** n: the point. */
  readonly at: readonly number[];
  onMove(place: readonly number[]): void;
}

const identity = [1, 0, 0, 1];

function Planes(props: PictureProps & { onPull(target: Pair): void }) {
  const { result, answer, local, at, onMove, onPull } = props;
  const radius = circleRadius(answer);
  const domain = useMemo(() => planeView(answer, side), [answer]);
  const image = useMemo(() => planeView(imageWindow(answer, []), side), [answer]);
  const names = result.variables.map(displayName) as [string, string];
  const to: Pair = [local.residual[0]!, local.residual[1]!];
  return (
    <div className="map-planes">
      <MapPlane
        title="Domain"
        names={names}
        view={domain}
        place={[at[0]!, at[1]!]}
        handle="Point"
        onMove={onMove}
      >
        <Grid answer={answer} of="domain" view={domain} />
        <Local view={domain} centre={at} a={identity} {...{ local, radius }} of="domain" />
      </MapPlane>
      <MapPlane title="Image" names={['F₁', 'F₂']} view={image} place={to} handle="Image" onMove={onPull}>
        <Grid answer={answer} of="image" view={image} />
        <Local view={image} centre={local.residual} a={local.jacobian} {...{ local, radius }} of="image" />
      </MapPlane>
    </div>
  );
}

/** The picture in words and numbers. */
function Words({ result, answer, local, at }: PictureProps) {
  const names = result.variables.map(displayName);
  const { singularValues, left, right, determinant, rank, m, n } = local;
  const k = singularValues.length;
  const column = (vectors: Float64Array, rows: number, index: number) =>
    formatPoint(
      Array.from({ length: rows }, (_, i) => vectors[i * k + index]!),
      4,
    );
  return (
    <>
      <p>
        F{formatPoint(at, 5)} = <span className="digits">{formatPoint(local.residual)}</span>.{' '}
        {determinant !== undefined ? areaSentence(determinant, rank, n) : speedSentence(local)}
        {answer.flat && ' The determinant is 0 everywhere in this window: the image is no area at all.'}
      </p>
      <div className="scrolls numbers">
        <table>
          <caption className="note">Singular values and directions of the Jacobian: J vᵢ = σᵢ uᵢ.</caption>
          <thead>
            <tr>
              <td />
              <th scope="col">stretch σ</th>
              <th scope="col">direction v in ({names.join(', ')})</th>
              <th scope="col">
                becomes u in ({Array.from({ length: m }, (_, i) => `F${subscript(i + 1)}`).join(', ')})
              </th>
            </tr>
          </thead>
          <tbody>
            {Array.from(singularValues, (value, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a singular value is known by its place
              <tr key={index}>
                <th scope="row">{subscript(index + 1)}</th>
                <td>{formatNumber(value)}</td>
                <td>{column(right, n, index)}</td>
                <td>{column(left, m, index)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ul className="legend map-legend">
        {n === 2 &&
          names.map((name, index) => (
            <li key={name} className={`key-line fixed-${1 - index}`}>
              {name} alone changes
            </li>
          ))}
        {answer.fold && answer.fold.domain.length > 0 && <li className="key-fold">det J = 0</li>}
        {n === 2 && <li className="key-singular">singular directions</li>}
      </ul>
    </>
  );
}

function areaSentence(determinant: number, rank: number, n: number): string {
  const what = n === 2 ? 'area' : 'volume';
  const value = formatNumber(determinant);
  if (!Number.isFinite(determinant)) return 'Here the Jacobian has no value.';
  if (rank < n) return `det J = ${value}: here the map is singular and squeezes a small ${what} flat.`;
  const turned = determinant < 0 ? ', and turns it over like a mirror' : '';
  return `det J = ${value}: a small ${what} becomes ${formatNumber(Math.abs(determinant))} times as large${turned}.`;
}

function speedSentence({ singularValues, n }: JacobianAnswer): string {
  const product = singularValues.reduce((all, value) => all * value, 1);
  return n === 1
    ? `The curve goes on at the speed ‖dF/dt‖ = ${formatNumber(product)}.`
    : `A small area becomes √det JᵀJ = ${formatNumber(product)} times as large.`;
}
