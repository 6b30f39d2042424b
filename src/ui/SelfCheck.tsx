import './self-check.css';
import { displayName, subscript } from '../plots/names.ts';
import { formatNumber } from '../plots/numbers.ts';
import { useStore } from '../store.ts';
import type { SelfCheckAnswer } from '../studies/selfCheck.ts';
import { useStudy } from './useStudy.ts';

type Comparison = Extract<SelfCheckAnswer['check'], { comparisons: unknown }>['comparisons'][number];

const names = { gradient: 'Gradient', jacobian: 'Jacobian', hessian: 'Hessian' } as const;

/** Whether the exact derivatives agree with differences at the current point: a line, and what was compared on demand. */
export function SelfCheck() {
  const playing = useStore((state) => state.playing);
  const variables = useStore((state) => state.result?.variables);
  const { answer, reason } = useStudy('selfCheck', playing || !variables?.length ? undefined : {});
  if (!variables || reason !== undefined || answer?.at.length !== variables.length) return null;
  const { check } = answer;
  if (check.kind === 'cannot be checked here') {
    return <p className="self-check note">Not compared with differences here. {check.reason}</p>;
  }
  const largest = Math.max(...check.comparisons.map(({ deviation }) => deviation));
  return (
    <details className={`self-check ${check.kind}`}>
      <summary>
        <span className="self-check-sign" aria-hidden="true">
          {check.kind === 'agrees' ? '✓' : '≠'}
        </span>{' '}
        {check.kind === 'agrees' ? 'Checked against differences' : 'Differs from differences'}:{' '}
        {largest === 0 ? 'no deviation' : `within ${formatNumber(largest, 2)}`}
      </summary>
      <p className="note">
        The derivatives by rules beside extrapolated central differences at this point: the gradient against
        values of the function, the Hessian against gradients. Deviations are shares of the largest entry.
      </p>
      <table>
        <caption className="visually-hidden">What was compared</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">numbers</th>
            <th scope="col">largest deviation</th>
            <th scope="col">at</th>
            <th scope="col">differences’ own error</th>
          </tr>
        </thead>
        <tbody>
          {check.comparisons.map((comparison) => (
            <tr key={comparison.what}>
              <th scope="row">{names[comparison.what]}</th>
              <td>{comparison.entries}</td>
              <td>{formatNumber(comparison.deviation, 2)}</td>
              <td>{entryName(comparison, variables)}</td>
              <td>{formatNumber(comparison.uncertainty, 2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function entryName({ what, at: [row, column] }: Comparison, variables: readonly string[]): string {
  const by = `∂${displayName(variables[column]!)}`;
  if (what === 'gradient') return by;
  return what === 'hessian' ? `∂${displayName(variables[row]!)}${by}` : `F${subscript(row + 1)}, ${by}`;
}
