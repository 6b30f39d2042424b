import { formatNumber, formatPoint } from '../plots/numbers.ts';
import { stepOf, useStore } from '../store.ts';
import { PointName } from './PointName.tsx';
import { runName } from './runs.ts';

/** Where the descent is now. Spoken when a step is taken by hand, not while playing. */
export function StepStatus() {
  const result = useStore((state) => state.result);
  const playing = useStore((state) => state.playing);
  const run = useStore((state) => state.run);
  const step = useStore((state) => stepOf(state, run));
  const path = result?.paths[run];
  if (!result || !path) return <section className="step-status" role="status" aria-label="Current step" />;
  const n = result.variables.length;
  const point = path.x.subarray(step * n, (step + 1) * n);
  const gradient = path.gradient.subarray(step * n, (step + 1) * n);
  const taken = path.length - 1;
  const value = result.scalar ? 'f' : 'φ = ½‖F‖²';
  return (
    <section
      className="step-status"
      role="status"
      aria-label="Current step"
      aria-live={playing ? 'off' : 'polite'}
    >
      <p className="step-count">
        Step {step} of {taken}
        {result.setup.runs.length > 1 && <span className="of-run"> {runName(result.setup.runs, run)}</span>}
      </p>{' '}
      <dl className="readings">
        {n > 0 && (
          <div className="reading-point">
            <dt>
              <PointName variables={result.variables} step={step} />
            </dt>{' '}
            <dd>{n === 1 ? formatNumber(point[0]!) : formatPoint(point)}</dd>
          </div>
        )}{' '}
        <div>
          <dt>{value}</dt> <dd>{formatNumber(path.f[step] ?? Number.NaN)}</dd>
        </div>{' '}
        {n > 0 && (
          <div className="reading-gradient">
            <dt>‖∇{result.scalar ? 'f' : 'φ'}‖</dt> <dd>{formatNumber(norm(gradient))}</dd>
          </div>
        )}
      </dl>{' '}
      {n > 0 && step === taken && (
        <p className="outcome">
          {capital(path.outcome)}. {path.reason}
        </p>
      )}
    </section>
  );
}

/** Without overflow, for any number of entries. */
function norm(vector: Float64Array): number {
  let sum = 0;
  for (const entry of vector) sum = Math.hypot(sum, entry);
  return sum;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
