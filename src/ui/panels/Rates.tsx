import { findMethod } from '../../descent/methods/index.ts';
import { formatNumber } from '../../plots/numbers.ts';
import type { Run } from '../../setup.ts';
import { useStore } from '../../store.ts';
import type { CurvatureAnswer } from '../../studies/curvature.ts';
import type { Stability } from './stability.ts';

interface Props {
  readonly answer: CurvatureAnswer;
  readonly stability: Stability | undefined;
  readonly run: Run;
  readonly f: string;
}

/** Which learning rates the curvature at this point allows. */
export function Rates({ answer, stability, run, f }: Props) {
  const edit = useStore((store) => store.edit);
  const locked = useStore((store) => store.setup.hide.includes('method'));
  const index = useStore((store) => store.run);
  const { eigenvalues, n, stableRate, bestRate, bestFactor } = answer;
  const largest = eigenvalues[n - 1]!;
  const method = findMethod(run.method);
  const take = (rate: number) => {
    const { runs } = useStore.getState().setup;
    edit({
      runs: runs.map((old, i) => (i === index ? { ...old, params: { ...old.params, lr: rate } } : old)),
    });
  };
  return (
    <div className="rates panel">
      <h3>Constant learning rates for this curvature</h3>
      <dl className="readings key-figures">
        <div>
          <dt>2/λ{n > 1 && <sub>max</sub>}</dt>
          <dd>
            {formatNumber(stableRate)}
            <span className="note">
              {largest > 0
                ? ` largest stable rate of gradient descent: above it the steps ${n > 1 ? 'in the steepest direction ' : ''}grow`
                : ` largest stable rate: ${f} curves upwards nowhere here, so no rate overshoots`}
            </span>
          </dd>
        </div>
        {Number.isFinite(bestRate) && n > 1 && (
          <div>
            <dt>
              2/(λ<sub>min</sub>+λ<sub>max</sub>)
            </dt>
            <dd>
              {formatNumber(bestRate)}
              <span className="note">
                {' '}
                best constant rate; each step leaves (κ − 1)/(κ + 1) = {formatNumber(bestFactor, 5)} of the
                distance
              </span>
            </dd>
          </div>
        )}
        {Number.isFinite(bestRate) && n === 1 && (
          <div>
            <dt>1/λ</dt>
            <dd>
              {formatNumber(bestRate)}
              <span className="note"> best constant rate: on a parabola one step reaches the minimum</span>
            </dd>
          </div>
        )}
      </dl>
      {stability ? (
        <p className="note">{verdict(answer, stability, method?.label ?? run.method)}</p>
      ) : (
        <p className="note">
          {method?.label ?? run.method} is not bound by 2/λmax: it does not go a fixed multiple of the
          gradient.
        </p>
      )}
      {stability &&
        !locked &&
        Number.isFinite(bestRate) &&
        stability.plain &&
        stability.rate !== rounded(bestRate) && (
          <button type="button" onClick={() => take(rounded(bestRate))}>
            Use α = {formatNumber(rounded(bestRate))}
          </button>
        )}
    </div>
  );
}

/** A rate that one can read, never above what it stands for. */
function rounded(rate: number): number {
  const unit = 10 ** (Math.floor(Math.log10(rate)) - 3);
  return Number((Math.floor(rate / unit + 1e-9) * unit).toPrecision(12));
}

function verdict({ eigenvalues, n, zero }: CurvatureAnswer, stability: Stability, method: string): string {
  const { rate, limit } = stability;
  const largest = eigenvalues[n - 1]!;
  const alpha = `α = ${formatNumber(rate)}`;
  const of = stability.plain ? '' : ` (for ${method} as it is set: ${formatNumber(limit(largest))})`;
  const count = eigenvalues.filter((value) => value > zero && rate > limit(value)).length;
  if (count > 0) {
    const where = n === 1 ? '' : ` in ${count} of ${n} directions`;
    return `${alpha} is above the limit${of}: near here the distance grows${where} from step to step.`;
  }
  if (eigenvalues[0]! < -zero) {
    return `${alpha} overshoots in no direction${of}; where the curvature is negative every rate leads away, downhill.`;
  }
  if (largest <= zero) return `${alpha}: there is nothing to overshoot.`;
  return `${alpha} is below the limit${of}: near here no direction grows.`;
}
