import type { ReactNode } from 'react';
import type { Formula } from '../descent/problem.ts';
import { displayName, texName } from '../plots/names.ts';
import { formatNumber } from '../plots/numbers.ts';
import { inspected, stepOf, useStore } from '../store.ts';
import { PointName } from './PointName.tsx';
import { Tex } from './tex.tsx';

/** Gradient, Hessian and, for a vector function, the Jacobian: as formulas and as numbers at the current step. */
export function Derivatives() {
  const result = useStore((state) => state.result);
  const run = useStore((state) => state.run);
  const step = useStore((state) => stepOf(state, run));
  const inspection = useStore(inspected);
  if (!result || result.variables.length === 0) return null;
  const { variables, formulas, outputs, scalar } = result;
  const n = variables.length;
  const gradient = result.paths[run]?.gradient.subarray(step * n, (step + 1) * n);
  const names = variables.map(displayName);
  const at = (
    <>
      at <PointName variables={variables} step={step} />
    </>
  );
  const args = `(${variables.map(texName).join(',\\,')})`;
  const value = scalar ? 'f' : '\\tfrac12\\|F\\|^2';
  return (
    <>
      {!scalar && (
        <Derivative
          id="jacobian"
          title="Jacobian"
          tex={`J_F${args} = ${matrix(formulas.jacobian)}`}
          note="One row for each output: how it changes with each variable."
        >
          <Numbers
            corner="J"
            columns={names.map((name) => `∂/∂${name}`)}
            rows={Array.from({ length: outputs }, (_, row) => `F${row + 1}`)}
            values={inspection?.jacobian}
          />
        </Derivative>
      )}
      <Derivative
        id="gradient"
        title="Gradient"
        color="gradient"
        tex={`\\htmlClass{gradient}{\\nabla ${scalar ? 'f' : `\\left(${value}\\right)`}}${args} = ${column(formulas.gradient)}`}
        note={
          scalar
            ? 'Points uphill, at right angles to the level line.'
            : 'Of ½‖F‖², which is what goes down: Jᵀ F.'
        }
      >
        <Numbers corner="∇f" columns={names.map((name) => `∂f/∂${name}`)} rows={[at]} values={gradient} />
      </Derivative>
      <Derivative
        id="hessian"
        title="Hessian"
        tex={`H${args} = ${matrix(formulas.hessian)}`}
        note={`How the gradient changes: the curvature${scalar ? '' : ' of ½‖F‖²'} along and between the variables.`}
      >
        <Numbers
          corner="H"
          columns={names.map((name) => `∂${name}`)}
          rows={names.map((name) => `∂${name}`)}
          values={inspection?.hessian}
        />
      </Derivative>
    </>
  );
}

interface DerivativeProps {
  readonly id: string;
  readonly title: string;
  readonly tex: string;
  readonly note: string;
  readonly color?: string;
  readonly children: ReactNode;
}

function Derivative({ id, title, tex, note, color = '', children }: DerivativeProps) {
  return (
    <section className={`panel derivative-${id}`} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} className={color}>
        {title}
      </h2>
      <p className="note">{note}</p>
      <div className="formula scrolls">
        <Tex display tex={tex} />
      </div>
      {children}
    </section>
  );
}

interface NumbersProps {
  readonly corner: string;
  readonly columns: readonly string[];
  readonly rows: readonly ReactNode[];
  /** By rows; undefined while they are computed. */
  readonly values: Float64Array | undefined;
}

/** Numbers at the current step, with the names of rows and columns. */
function Numbers({ corner, columns, rows, values }: NumbersProps) {
  return (
    <div className="numbers scrolls">
      <table aria-busy={values === undefined}>
        <thead>
          <tr>
            <td aria-hidden="true">{corner}</td>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((name, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row of a matrix is known by its place
            <tr key={row}>
              <th scope="row">{name}</th>
              {columns.map((column, index) => {
                const value = values?.[row * columns.length + index];
                return <td key={column}>{value === undefined ? '…' : formatNumber(value)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const column = (entries: readonly Formula[]): string =>
  `\\begin{pmatrix} ${entries.map(({ tex }) => tex).join(' \\\\[2pt] ')} \\end{pmatrix}`;

const matrix = (rows: readonly (readonly Formula[])[]): string =>
  `\\begin{pmatrix} ${rows.map((row) => row.map(({ tex }) => tex).join(' & ')).join(' \\\\[2pt] ')} \\end{pmatrix}`;
