import { displayName } from '../../plots/names.ts';
import { formatNumber, formatPoint } from '../../plots/numbers.ts';
import { Scroll } from '../Scroll.tsx';
import type { StepAnswer } from './useStep.ts';

type Trials = NonNullable<StepAnswer['trials']>;
type Of<Kind extends Trials['kind']> = Extract<Trials, { readonly kind: Kind }>;

interface Props {
  readonly trials: Trials;
  readonly answer: StepAnswer;
  readonly variables: readonly string[];
}

/** What the step tried before it settled. */
export function Tried({ trials, answer, variables }: Props) {
  return (
    <div className="tried">
      {trials.kind === 'line search' && <Lengths search={trials} answer={answer} />}
      {(trials.kind === 'trust region' || trials.kind === 'damping') && <Regions trials={trials} />}
      {trials.kind === 'simplex' && <Points trials={trials} variables={variables} />}
      {trials.failed !== undefined && <p className="outcome">{trials.failed}</p>}
    </div>
  );
}

function Lengths({ search, answer }: { readonly search: Of<'line search'>; readonly answer: StepAnswer }) {
  const { f, slope, c1, c2, tried } = search;
  const taken = takenOf(search, answer);
  const slopes = tried.some((trial) => trial.slope !== undefined);
  return (
    <>
      <p className="note">
        Lengths t along p are tried until φ(t) = f(x + t·p) meets Armijo’s condition
        {c2 !== undefined && ' and the curvature condition'}. φ(0) = {formatNumber(f, 5)}, φ′(0) ={' '}
        {formatNumber(slope, 5)}, c₁ = {formatNumber(c1)}
        {c2 !== undefined && `, c₂ = ${formatNumber(c2)}: |φ′(t)| ≤ ${formatNumber(Math.abs(c2 * slope), 5)}`}
        .
      </p>
      <Table
        caption="Tried lengths"
        head={['t', 'φ(t)', '≤ φ(0) + c₁tφ′(0)', 'Armijo', ...(slopes ? ['φ′(t)', 'Curvature'] : []), '']}
        rows={tried.map((trial, i) => [
          formatNumber(trial.t, 5),
          formatNumber(trial.f, 5),
          formatNumber(f + c1 * trial.t * slope, 5),
          trial.armijo ? 'met' : 'not met',
          ...(slopes
            ? [
                trial.slope === undefined ? '' : formatNumber(trial.slope, 5),
                trial.curvature === undefined ? '' : trial.curvature ? 'met' : 'not met',
              ]
            : []),
          i === taken ? 'taken' : '',
        ])}
      />
    </>
  );
}

/** The trial whose length leads to the next point. */
function takenOf({ tried, direction }: Of<'line search'>, { at, next }: StepAnswer): number {
  if (!next) return -1;
  const widest = direction.reduce((most, p, i) => (Math.abs(p) > Math.abs(direction[most]!) ? i : most), 0);
  const length = (next.x[widest]! - at.x[widest]!) / direction[widest]!;
  return tried.reduce(
    (best, { t }, i) => (Math.abs(t - length) <= Math.abs((tried[best]?.t ?? Infinity) - length) ? i : best),
    -1,
  );
}

function Regions({ trials }: { readonly trials: Of<'trust region' | 'damping'> }) {
  const region = trials.kind === 'trust region';
  return (
    <Table
      caption={region ? 'Tried radii' : 'Tried dampings'}
      head={[region ? 'Δ' : 'λ', '‖p‖', 'f(x + p)', 'Predicted fall', 'Ratio ρ', '']}
      rows={trials.tried.map(({ size, step, f, predicted, ratio, accepted }) => [
        ...[size, Math.hypot(...step), f, predicted, ratio].map((value) => formatNumber(value, 5)),
        accepted ? 'taken' : 'refused',
      ])}
    />
  );
}

function Points({
  trials,
  variables,
}: {
  readonly trials: Of<'simplex'>;
  readonly variables: readonly string[];
}) {
  return (
    <>
      <p className="note">The worst corner is replaced by: {trials.move}.</p>
      <Table
        caption="Tried points"
        head={[
          'Point',
          `(${variables.slice(0, 3).map(displayName).join(', ')}${variables.length > 3 ? ', …' : ''})`,
          'f',
        ]}
        rows={trials.tried.map(({ name, x, f }) => [name, formatPoint(x, 5, 4), formatNumber(f, 5)])}
      />
    </>
  );
}

interface TableProps {
  readonly caption: string;
  readonly head: readonly string[];
  /** The first cell of each row is its heading. */
  readonly rows: readonly (readonly string[])[];
}

function Table({ caption, head, rows }: TableProps) {
  return (
    <Scroll className="tried-table" label={`${caption}, wide`}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name === '' ? <span className="visually-hidden">Outcome</span> : name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([heading, ...cells], row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are known by their place
            <tr key={row} className={cells.at(-1) === 'taken' ? 'taken' : undefined}>
              <th scope="row">{heading}</th>
              {cells.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells are known by their place
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
