import { displayName } from '../../plots/names.ts';
import { formatNumber } from '../../plots/numbers.ts';
import { useStore } from '../../store.ts';
import { largestOf, Numbers } from '../Numbers.tsx';
import { PointName } from '../PointName.tsx';
import { useStudy } from '../useStudy.ts';

/** The Hessian of ½‖F‖² as the sum of what Gauss–Newton keeps and what it leaves out. */
export default function GaussNewton() {
  const { answer, reason, of, state } = useStudy('jacobian', {});
  const result = useStore((store) => store.result);
  if (!result) return null;
  if (reason !== undefined) return <p className="note">{reason}</p>;
  if (answer?.n !== result.variables.length) return <p className="note">Computing…</p>;
  const names = result.variables.map((name) => `∂${displayName(name)}`);
  const at = <PointName variables={result.variables} step={of?.step ?? 0} />;
  const [kept, left] = [largestOf(answer.gaussNewton), largestOf(answer.dropped)];
  return (
    <div className="panel" aria-busy={state === 'waiting'}>
      <p>The Hessian of ½‖F‖² is H = JᵀJ + Σ Fᵢ∇²Fᵢ.</p>
      <h3>JᵀJ, which Gauss–Newton keeps</h3>
      <Numbers caption={<>JᵀJ at {at}</>} columns={names} rows={names} values={answer.gaussNewton} />
      <h3>Σ Fᵢ∇²Fᵢ, which it drops</h3>
      <Numbers caption={<>H − JᵀJ at {at}</>} columns={names} rows={names} values={answer.dropped} />
      <p className="note">
        {left === 0
          ? 'Nothing is dropped here: the Gauss–Newton matrix is the Hessian.'
          : `Its largest entry is ${formatNumber(left, 3)}, that of JᵀJ ${formatNumber(kept, 3)}: ${
              left < 0.1 * kept
                ? 'Gauss–Newton is nearly Newton’s method here.'
                : 'Gauss–Newton and Newton’s method go different ways here.'
            }`}
      </p>
    </div>
  );
}
