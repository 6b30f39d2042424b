import { findMethod } from '../descent/methods/index.ts';
import { resolveParams } from '../descent/settings.ts';
import { subscript } from '../plots/names.ts';
import { exactNumber, inBrackets, shownMoves, shownVectors } from '../plots/numbers.ts';
import { stepOf, useStore } from '../store.ts';
import type { Path } from '../worker/protocol.ts';
import { PointName, pointTex } from './PointName.tsx';
import { plainStep, symbolicLine } from './rule.ts';
import { Scroll } from './Scroll.tsx';
import { StepDetail } from './step/StepDetail.tsx';
import { Tex } from './tex.tsx';

/** The method's rule, and the same with the numbers of this step. */
export function UpdateRule() {
  const result = useStore((state) => state.result);
  const run = useStore((state) => state.run);
  const step = useStore((state) => stepOf(state, run));
  const path = result?.paths[run];
  const said = result?.setup.runs[run];
  const method = said && findMethod(said.method);
  if (!result || !path || !method || result.variables.length === 0) return null;
  const params = resolveParams(method, said.params);
  const lines = method.rule.lines(params);
  const symbol = pointTex(result.variables);
  const rate = params[plainStep(lines) ?? ''];
  const numbers = { path, variables: result.variables, rate, value: result.scalar ? 'f' : 'φ' };
  return (
    <section className="panel update-rule" aria-labelledby="rule-title">
      <h2 id="rule-title">Update rule</h2>
      <Scroll className="rule-lines" label="Wide rule">
        {lines.map((line) => (
          <Tex
            key={line}
            display
            tex={symbolicLine(method, line, symbol, result.scalar ? 'f' : '\\varphi')}
          />
        ))}
      </Scroll>
      {step > 0 && <StepNumbers {...numbers} to={step} caption="Came here by" />}
      {step + 1 < path.length && <StepNumbers {...numbers} to={step + 1} caption="Next step" />}
      <StepDetail result={result} open={rate === undefined} atEnd={step > 0 && step + 1 === path.length} />
    </section>
  );
}

interface StepProps {
  readonly path: Path;
  readonly variables: readonly string[];
  /** Of a step along the gradient; absent for every other rule. */
  readonly rate: number | undefined;
  /** Name of what goes down. */
  readonly value: string;
  readonly to: number;
  readonly caption: string;
}

/** `w₃ = w₂ − 0.1·∇f(w₂) = (3.2, 1.92) − 0.1·(6.4, 3.84) = (2.56, 1.536)`, with digits that add up. */
function StepNumbers({ path, variables, rate, value, to, caption }: StepProps) {
  const n = variables.length;
  const at = (values: Float64Array, step: number) => Array.from(values.subarray(step * n, (step + 1) * n));
  const [before, after] = [at(path.x, to - 1), at(path.x, to)];
  const gradient = at(path.gradient, to - 1);
  const followsGradient =
    rate !== undefined && before.every((x, i) => close(x - rate * gradient[i]!, after[i]!, x));
  const factor = followsGradient ? rate : 1;
  const shown = followsGradient ? shownVectors(before, rate, gradient, after) : shownMoves(before, after);
  const point = (key: 'from' | 'by' | 'to') => {
    const numbers = shown.map((entry) => typographic(entry[key]));
    const bare = n === 1 && !numbers[0]?.startsWith('−');
    return bare ? numbers[0] : inBrackets(numbers, 6);
  };
  const here = <PointName variables={variables} step={to - 1} />;
  return (
    <div className="step-numbers">
      <h3>{caption}</h3>
      <p className="arithmetic">
        <span className="point-now left-side">
          <PointName variables={variables} step={to} />
        </span>
        <span>
          {' = '}
          {here}
          {followsGradient ? (
            <>
              {' − '}
              {typographic(exactNumber(factor))}·
              <span className="gradient">
                ∇{value}({here})
              </span>
            </>
          ) : (
            <>
              {' + '}
              <span className="step-color">Δ{subscript(to - 1)}</span>
            </>
          )}
        </span>
        <span>
          {' = '}
          <span className="vector">{point('from')}</span>
          {followsGradient ? (
            <>
              {' '}
              <span className="vector">
                − {typographic(exactNumber(factor))}·<span className="gradient">{point('by')}</span>
              </span>
            </>
          ) : (
            <>
              {' + '}
              <span className="step-color vector">{point('by')}</span>
            </>
          )}
        </span>
        <span>
          {' = '}
          <span className="point-now">{point('to')}</span>
        </span>
      </p>
    </div>
  );
}

/** Equal but for rounding: noise or a schedule in the run shows as more. */
function close(a: number, b: number, scale: number): boolean {
  return Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b), Math.abs(scale)) || Object.is(a, b);
}

const typographic = (text: string): string => text.replaceAll('-', '−');
