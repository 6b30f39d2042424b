import './step.css';
import { displayName } from '../../plots/names.ts';
import { formatPoint } from '../../plots/numbers.ts';
import type { Result } from '../../worker/protocol.ts';
import { choose, useIsOpen } from '../panels/opened.ts';
import { Scroll } from '../Scroll.tsx';
import { Tex } from '../tex.tsx';
import { DrawnSwitches } from './DrawnSwitches.tsx';
import { Tried } from './Tried.tsx';
import { type StepAnswer, useStep } from './useStep.ts';

interface Props {
  readonly result: Result;
  /** Open until the person closes it. */
  readonly open: boolean;
  /** At the end of the path there is no next step: then the last one is shown. */
  readonly atEnd: boolean;
}

/** Every line of the rule in this step's numbers, and what the step tried. */
export function StepDetail({ result, open, atEnd }: Props) {
  const isOpen = useIsOpen('step-detail', open);
  return (
    <div className={isOpen ? 'fold open step-detail' : 'fold step-detail'}>
      <h3>
        <button
          type="button"
          className="fold-button"
          aria-expanded={isOpen}
          aria-controls="step-detail"
          onClick={() => choose('step-detail', !isOpen)}
        >
          <span className="fold-sign" aria-hidden="true" />
          {atEnd ? 'Last step, line by line' : 'Next step, line by line'}
        </button>
      </h3>
      <div id="step-detail" hidden={!isOpen}>
        {isOpen && <Detail result={result} atEnd={atEnd} />}
      </div>
    </div>
  );
}

function Detail({ result, atEnd }: Omit<Props, 'open'>) {
  const { answer, state, reason } = useStep(result, atEnd);
  if (!answer) return <p className="note">{state === 'failed' ? reason : 'The step is being looked up…'}</p>;
  const { lines, trials, disturbed, at, drawn } = answer;
  return (
    <div className="step-lines" aria-busy={state === 'waiting'} data-step={answer.from}>
      {atEnd && <Ending result={result} />}
      {disturbed && (
        <p className="note">
          The method saw a disturbed gradient,{' '}
          <span className="digits">{formatPoint(at.gradient, 5, 6)}</span>, and not ∇f itself.
        </p>
      )}
      <ol>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines are known by their place
          <li key={index}>
            <Line {...line} variables={result.variables} />
          </li>
        ))}
      </ol>
      {trials && <Tried trials={trials} answer={answer} variables={result.variables} />}
      {drawn.length > 0 && !atEnd && <DrawnSwitches drawn={drawn} result={result} />}
    </div>
  );
}

/** Why there is no next step, with what was tried. */
function Ending({ result }: Pick<Props, 'result'>) {
  const { answer } = useStep(result);
  return (
    <>
      <p className="note">The run ends here: no further step is taken.</p>
      {answer?.trials?.failed !== undefined && !answer.next && (
        <Tried trials={answer.trials} answer={answer} variables={result.variables} />
      )}
    </>
  );
}

/** So many variables have their line before one asks for more. */
const FIRST = 2;

type LineProps = StepAnswer['lines'][number] & { readonly variables: readonly string[] };

/** A line of the rule as the paper writes it, and beneath it the same for each variable, down to the number. */
function Line({ paper, forms, variables }: LineProps) {
  const whole = forms.length === 1 && forms[0]!.symbols === paper;
  const [shown, more] = [forms.slice(0, FIRST), forms.slice(FIRST)];
  const count = variables.length - shown.length;
  return (
    <>
      {!whole && (
        <Scroll className="line-paper" label="Wide rule">
          <Tex display tex={paper} />
        </Scroll>
      )}
      <Forms forms={shown} />
      {more.length > 0 && (
        <details>
          <summary>
            {count === 1 ? `The same for ${displayName(variables.at(-1)!)}` : `${count} more variables`}
          </summary>
          <Forms forms={more} />
          {more.length < count && <p className="note">And so on, to {displayName(variables.at(-1)!)}.</p>}
        </details>
      )}
    </>
  );
}

function Forms({ forms }: Pick<LineProps, 'forms'>) {
  return (
    <Scroll className="line-forms" label="Wide arithmetic">
      {forms.map((form) => (
        <Tex key={form.symbols} display tex={arithmetic(form)} />
      ))}
    </Scroll>
  );
}

/** Symbols, numbers and result beneath each other, at the same equals sign where the line defines one quantity. */
function arithmetic({ symbols, numbers }: LineProps['forms'][number]): string {
  const [left, right] = sides(symbols);
  const [result, computed, sign] = sides(numbers);
  const rows = [];
  if (computed === undefined) rows.push(`${left} &= ${right}`, `&= ${strong(result)}`);
  else if (/\\,|\(/.test(left)) rows.push(`&${symbols}`, `&${result}`, `&\\quad ${sign} ${computed}`);
  else {
    rows.push(`${left} &= ${right}`, `&${sign} ${computed}`);
    const short = !computed.includes('pmatrix') && visible(computed) + visible(result) <= FITS;
    if (short) rows.push(`${rows.pop()} = ${strong(result)}`);
    else rows.push(`&= ${strong(result)}`);
  }
  return `\\begin{aligned} ${rows.join(' \\\\[3pt] ')} \\end{aligned}`;
}

/** About so many letters fit beside each other. */
const FITS = 30;

/** About how many letters wide a formula is; fractions stand above each other. */
const visible = (tex: string): number =>
  tex
    .replace(/\\frac\{([^{}]*)\}\{([^{}]*)\}/g, (_, above, below) =>
      above.length > below.length ? above : below,
    )
    .replace(/\\[a-zA-Z]+|[{}^_\s]|\\./g, '').length;

const strong = (tex: string): string => `\\htmlClass{line-result}{${tex}}`;

function sides(line: string): [left: string, right?: string, sign?: string] {
  const found = / (=|\\approx|\\neq) /.exec(line);
  if (!found) return [line];
  const before = line.slice(0, found.index);
  return [before, line.slice(found.index + found[0].length), found[1]!];
}
