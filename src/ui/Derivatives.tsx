import type { ReactNode } from 'react';
import { displayName, subscript, texArguments, texName } from '../plots/names.ts';
import { formatPoint } from '../plots/numbers.ts';
import { inspected, stepOf, useStore } from '../store.ts';
import { JacobianNumbers } from './JacobianNumbers.tsx';
import { Numbers } from './Numbers.tsx';
import { PointName } from './PointName.tsx';
import { SelfCheck } from './SelfCheck.tsx';
import { type Line, Written } from './Written.tsx';

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
  const tex = variables.map(texName);
  const args = texArguments(variables);
  const phi = scalar ? 'f' : '\\varphi';
  const value = scalar ? 'f' : 'φ';
  const nabla = (symbol: string) => `\\htmlClass{gradient}{\\nabla ${symbol}}`;
  const at = (
    <>
      at <PointName variables={variables} step={step} />
    </>
  );
  return (
    <>
      {!scalar && (
        <Derivative id="jacobian" title="Jacobian" note={jacobianNote(outputs)}>
          <Written
            head={`J_F${args}`}
            entries={formulas.jacobian}
            lines={() =>
              formulas.jacobian.flatMap((row, i) =>
                row.map((entry, k): Line => ({ left: partial(`F_{${i + 1}}`, [tex[k]!]), entry })),
              )
            }
          />
          <Numbers
            caption={at}
            columns={names.map((name) => `∂/∂${name}`)}
            rows={Array.from({ length: outputs }, (_, row) => `F${subscript(row + 1)}`)}
            values={inspection?.jacobian}
          />
          <JacobianNumbers />
          {inspection && (
            <p className="note">
              F = <span className="digits">{formatPoint(inspection.residual)}</span> {at}
            </p>
          )}
        </Derivative>
      )}
      <Derivative id="gradient" title="Gradient" color="gradient" note={gradientNote(n, scalar)}>
        <Written
          head={nabla(phi) + args}
          entries={formulas.gradient.map((entry) => [entry])}
          lines={() => formulas.gradient.map((entry, k): Line => ({ left: partial(phi, [tex[k]!]), entry }))}
        />
        <Numbers
          caption={at}
          columns={names.map((name) => `∂${value}/∂${name}`)}
          rows={[`∇${value}`]}
          values={gradient}
        />
      </Derivative>
      <Derivative
        id="hessian"
        title="Hessian"
        note={`How the gradient changes: the curvature of ${value} along and between the variables.`}
      >
        <Written
          head={`H${args}`}
          entries={formulas.hessian}
          lines={() =>
            formulas.hessian.flatMap((row, i) =>
              row.slice(i).map((entry, k): Line => ({ left: partial(phi, [tex[i]!, tex[i + k]!]), entry })),
            )
          }
        />
        <Numbers
          caption={at}
          columns={names.map((name) => `∂${name}`)}
          rows={names.map((name) => `∂${name}`)}
          values={inspection?.hessian}
        />
      </Derivative>
      <SelfCheck />
    </>
  );
}

function jacobianNote(outputs: number): string {
  return outputs === 1
    ? 'One row: it is the transposed gradient of the only output.'
    : 'A row for each output: how it changes with each variable; transposed, each row is that output’s gradient.';
}

function gradientNote(n: number, scalar: boolean): string {
  if (!scalar) return 'Of φ = ½‖F‖², which goes down: Jᵀ F.';
  return n === 1
    ? 'The slope; it points uphill.'
    : 'Points straight uphill, at right angles to the level line; lying down, it is the Jacobian of f.';
}

/** `∂²f/∂x∂y`, in TeX. */
function partial(value: string, by: readonly string[]): string {
  const same = by.length === 2 && by[0] === by[1];
  const below = same ? `\\partial ${by[0]}^2` : by.map((name) => `\\partial ${name}`).join('\\,');
  return `\\frac{\\partial${by.length === 2 ? '^2' : ''} ${value}}{${below}}`;
}

interface DerivativeProps {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly color?: string;
  readonly children: ReactNode;
}

function Derivative({ id, title, note, color = '', children }: DerivativeProps) {
  return (
    <section className={`panel derivative-${id}`} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} className={color}>
        {title}
      </h2>
      <p className="note">{note}</p>
      {children}
    </section>
  );
}
