import './curvature.css';
import { useState } from 'react';
import { subscript } from '../../plots/names.ts';
import { formatNumber } from '../../plots/numbers.ts';
import { useStore } from '../../store.ts';
import type { CurvatureAnswer } from '../../studies/curvature.ts';
import { PointName } from '../PointName.tsx';
import { Scroll } from '../Scroll.tsx';
import { useStudy } from '../useStudy.ts';
import { choose, useIsOpen } from './opened.ts';
import { Rates } from './Rates.tsx';
import { type Stability, stabilityOf } from './stability.ts';
import { bending, direction, kindOfPoint } from './words.ts';

/** Of more than twice as many eigenvalues so many of the lowest and of the highest are shown. */
const most = 6;

/** The Hessian as curvature at the current point: which way it bends, how strongly, and which learning rates hold. */
export default function Curvature() {
  const { answer, state, of, reason } = useStudy('curvature', {});
  const result = useStore((store) => store.result);
  const run = useStore((store) => store.setup.runs[store.run]);
  if (!result || !run) return null;
  if (reason !== undefined) return <p className="note">{reason}</p>;
  if (answer?.n !== result.variables.length) return <p className="note">Computing…</p>;
  const f = result.scalar ? 'f' : 'φ';
  const [shape, sentence] = bending(answer, f);
  const stability = stabilityOf(run);
  return (
    <div className="curvature panel" aria-busy={state === 'waiting'}>
      <p>
        <strong className={`shape ${answer.shape}`}>{shape}.</strong> {sentence}
      </p>
      {answer.definiteness !== 'unknown' && <p className="note">{kindOfPoint(answer, f)}</p>}
      {answer.definiteness !== 'unknown' && (
        <>
          <EigenTable {...{ answer, stability }} variables={result.variables} step={of?.step ?? 0} />
          <dl className="readings key-figures">
            {answer.n > 1 && (
              <div>
                <dt title="Condition number">κ</dt>
                <dd>
                  {formatNumber(answer.condition)}
                  <span className="note"> condition number, |λ|max/|λ|min</span>
                </dd>
              </div>
            )}
            <div>
              <dt>det H</dt>
              <dd>
                {formatNumber(answer.determinant)}
                <span className="note"> determinant, the product of the eigenvalues</span>
              </dd>
            </div>
            <div>
              <dt>tr H</dt>
              <dd>
                {formatNumber(answer.trace)}
                <span className="note"> trace, their sum</span>
              </dd>
            </div>
          </dl>
          <Rates {...{ answer, stability, run, f }} />
          {result.axes[0] !== result.axes[1] && <DrawnSwitch />}
        </>
      )}
    </div>
  );
}

function DrawnSwitch() {
  const isDrawn = useIsOpen('curvature-mark', true);
  return (
    <label className="drawn-switch">
      <input type="checkbox" checked={isDrawn} onChange={() => choose('curvature-mark', !isDrawn)} />
      <span>
        On the plot: the directions, and where the curvature changes the height by as much; dashed is
        downwards
      </span>
    </label>
  );
}

interface TableProps {
  readonly answer: CurvatureAnswer;
  readonly stability: Stability | undefined;
  readonly variables: readonly string[];
  readonly step: number;
}

function EigenTable({ answer, stability, variables, step }: TableProps) {
  const [all, setAll] = useState(false);
  const { eigenvalues, eigenvectors, n, zero } = answer;
  const every = Array.from(eigenvalues.keys());
  const cut = !all && n > 2 * most;
  const shown = cut ? [...every.slice(0, most), ...every.slice(-most)] : every;
  return (
    <>
      <Scroll className="eigen" label="Eigenvalues and directions">
        <table>
          <caption className="visually-hidden">
            Eigenvalues of the Hessian, from the lowest to the highest
          </caption>
          <thead>
            <tr>
              <td>
                at <PointName variables={variables} step={step} />
              </td>
              <th scope="col">eigenvalue</th>
              <th scope="col">direction</th>
              {stability && <th scope="col">{stability.plain ? <>|1 − αλ|</> : 'factor'}</th>}
            </tr>
          </thead>
          <tbody>
            {shown.map((i) => {
              const value = eigenvalues[i]!;
              const sign = value > zero ? 'up' : value < -zero ? 'down' : 'level';
              const factor = stability?.factor(value);
              return (
                <tr key={i} className={cut && i === n - most ? 'after-gap' : undefined}>
                  <th scope="row">
                    <CurveSign sign={sign} /> λ{subscript(i + 1)}
                  </th>
                  <td>{formatNumber(value)}</td>
                  <td>
                    {direction(
                      Float64Array.from(variables, (_, k) => eigenvectors[k * n + i]!),
                      variables,
                    )}
                  </td>
                  {factor !== undefined && (
                    <td className={factor > 1 ? 'grows' : undefined}>
                      {formatNumber(factor, 5)}
                      {factor > 1 && <span className="grows-word"> grows</span>}
                    </td>
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
      {n > 2 * most && (
        <button type="button" className="quiet" onClick={() => setAll(!all)}>
          {all ? `Only the ${most} lowest and highest` : `All ${n} eigenvalues`}
        </button>
      )}
    </>
  );
}

const paths = { up: 'M1 2Q7 18 13 2', down: 'M1 10Q7 -6 13 10', level: 'M1 6H13' } as const;
const spoken = { up: 'upwards', down: 'downwards', level: 'flat' } as const;

/** A little bowl, dome or line: the sign of a curvature by shape and colour. */
function CurveSign({ sign }: { readonly sign: keyof typeof paths }) {
  return (
    <svg className={`curve-sign ${sign}`} width="14" height="12" role="img" aria-label={spoken[sign]}>
      <path d={paths[sign]} />
    </svg>
  );
}
