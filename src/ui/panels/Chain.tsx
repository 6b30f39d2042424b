import './chain.css';
import { displayName, subscript } from '../../plots/names.ts';
import { formatNumber } from '../../plots/numbers.ts';
import { useStore } from '../../store.ts';
import type { ChainAnswer, ChainMatrix } from '../../studies/chain.ts';
import { Numbers } from '../Numbers.tsx';
import { PointName } from '../PointName.tsx';
import { useStudy } from '../useStudy.ts';

/** A stretch beyond this factor, or below its reciprocal, is said to grow or to vanish. */
const much = 10;

/** The chain rule in numbers: the Jacobians of the parts that the text names, their product, and the whole. */
export default function Chain() {
  const { answer, state, of, reason } = useStudy('chain', {});
  const result = useStore((store) => store.result);
  if (!result) return null;
  if (reason !== undefined) return <p className="note">{reason}</p>;
  if (!answer || answer.at.length !== result.variables.length) return <p className="note">Computing…</p>;
  const at = <PointName variables={result.variables} step={of?.step ?? 0} />;
  const { links, whole, difference, largest } = answer;
  const last = links.at(-1)!;
  const exact = difference <= 1e-12 * Math.max(largest, Number.MIN_VALUE);
  return (
    <div className="chain panel" aria-busy={state === 'waiting'}>
      <p>
        {answer.plain ? (
          <>
            <b className="chain-formula">{product(answer)}</b>: each part’s Jacobian times that of the part
            before it.
          </>
        ) : (
          'Each part’s Jacobian times those of what it uses, added up over all ways from the variables.'
        )}
      </p>
      <div className="chain-parts">
        {links.toReversed().flatMap((link) =>
          link.local.map((matrix, k) => {
            const used = link.uses[k]!;
            const by = used < 0 ? undefined : links[used]!;
            return (
              <Matrix
                key={`${link.name} ${used}`}
                title={`∂${shown(link.name)}/∂${by ? shown(by.name) : 'variables'}`}
                matrix={matrix}
                rows={entryNames(link.name, link.size)}
                columns={by ? entryNames(by.name, by.size) : answer.variables.map(displayName)}
              />
            );
          }),
        )}
      </div>
      <h3>Product, at {at}</h3>
      <Matrix
        title={`J of ${shown(last.name)} by the chain rule`}
        matrix={last.total}
        rows={entryNames(last.name, last.size)}
        columns={answer.variables.map(displayName)}
      />
      <p>
        {exact
          ? 'The product is the Jacobian of the whole'
          : 'The product differs from the Jacobian of the whole'}
        : largest difference of an entry {formatNumber(difference, 3)}, where the largest entry is{' '}
        {formatNumber(largest, 4)}.
      </p>
      <Stretches answer={answer} />
      <p className="visually-hidden">The Jacobian of the whole has rank {whole.rank}.</p>
    </div>
  );
}

interface MatrixProps {
  readonly title: string;
  readonly matrix: ChainMatrix;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
}

function Matrix({ title, matrix, rows, columns }: MatrixProps) {
  return (
    <div className="chain-part">
      <Numbers
        caption={<span className="visually-hidden">{title}</span>}
        columns={columns.map((name) => `∂${name}`)}
        rows={rows}
        values={matrix.entries}
      />
      <p className="note">
        <b>{title}</b>, {matrix.rows} × {matrix.columns}; stretches by {stretch(matrix)}
      </p>
    </div>
  );
}

function stretch({ singularValues, rank }: ChainMatrix): string {
  const [first = 0] = singularValues;
  const last = rank < singularValues.length ? 0 : (singularValues.at(-1) ?? 0);
  return singularValues.length === 1
    ? formatNumber(first, 4)
    : `${formatNumber(last, 4)} to ${formatNumber(first, 4)}`;
}

/** How a change of the variables grows or vanishes from part to part. */
function Stretches({ answer: { links } }: { readonly answer: ChainAnswer }) {
  const strongest = links.map(({ total }) => total.singularValues[0] ?? 0);
  const most = Math.max(...strongest.filter(Number.isFinite), Number.MIN_VALUE);
  const last = strongest.at(-1)!;
  return (
    <div className="scrolls">
      <table className="chain-stretches">
        <caption className="note">
          How strongly each part answers a change of the variables: the largest singular value of its Jacobian
          by the variables.{' '}
          {last > much
            ? 'The gradients grow on the way.'
            : Math.min(...strongest) < 1 / much
              ? 'The gradients vanish on the way.'
              : ''}
        </caption>
        <thead>
          <tr>
            <th scope="col">part</th>
            <th scope="col">its own σ₁</th>
            <th scope="col">from the variables on</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {links.map(({ name, local, total }, index) => (
            <tr key={name}>
              <th scope="row">{shown(name)}</th>
              <td>{local.map(({ singularValues }) => formatNumber(singularValues[0] ?? 0, 4)).join(', ')}</td>
              <td>{formatNumber(total.singularValues[0] ?? 0, 4)}</td>
              <td className="chain-bar" aria-hidden="true">
                <span style={{ width: `${bar(strongest[index]!, most)}%` }} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Four decades below the largest are as long as nothing. */
const bar = (value: number, most: number): number =>
  value > 0 && Number.isFinite(value) ? Math.max(1, 100 * (1 + Math.log10(value / most) / 4)) : 0;

function product({ links }: ChainAnswer): string {
  const names = links.map(({ name }) => shown(name));
  const whole = `∂${names.at(-1)}/∂x`;
  const factors = names.map((name, k) => `∂${name}/∂${k === 0 ? 'x' : names[k - 1]}`).toReversed();
  return `${whole} = ${factors.join(' · ')}`;
}

const shown = (name: string): string => displayName(name);
const entryNames = (name: string, size: number): string[] =>
  size === 1 ? [shown(name)] : Array.from({ length: size }, (_, i) => `${shown(name)}${subscript(i + 1)}`);
