import { formatNumber } from '../plots/numbers.ts';
import { useStudy } from './useStudy.ts';

/** Singular values that are written out. */
const most = 8;

/** Rank, singular values and, for a square one, determinant and condition of the Jacobian at the current point. */
export function JacobianNumbers() {
  const { answer, state } = useStudy('jacobian', {});
  if (!answer) return null;
  const { m, n, rank, determinant, condition, singularValues } = answer;
  const full = rank === Math.min(m, n);
  const shown = Array.from(singularValues.subarray(0, most), (value) => formatNumber(value));
  return (
    <dl className="readings key-figures" aria-busy={state === 'waiting'}>
      <div>
        <dt>rank</dt>
        <dd>
          {rank}
          <span className="note">
            {' '}
            of {m} × {n}
            {full ? ', full' : ': some directions change nothing'}
          </span>
        </dd>
      </div>
      {determinant !== undefined && (
        <div>
          <dt>det J</dt>
          <dd>{formatNumber(determinant)}</dd>
        </div>
      )}
      <div>
        <dt>σ</dt>
        <dd>
          {shown.join(', ')}
          {singularValues.length > most && ', …'}
          <span className="note"> singular values</span>
        </dd>
      </div>
      {singularValues.length > 1 && (
        <div>
          <dt>κ</dt>
          <dd>
            {formatNumber(condition)}
            <span className="note"> condition number σ₁/σ{singularValues.length === 2 ? '₂' : 'ₖ'}</span>
          </dd>
        </div>
      )}
    </dl>
  );
}
