import { inverseSection, section, semiAxes } from '../../plots/inner.ts';
import { displayName } from '../../plots/names.ts';
import { formatNumber, inBrackets } from '../../plots/numbers.ts';
import type { Result } from '../../worker/protocol.ts';
import { choose, useIsOpen } from '../panels/opened.ts';
import { Tex } from '../tex.tsx';
import { type DrawnQuantity, shownFirst } from './useStep.ts';

interface Props {
  readonly drawn: readonly DrawnQuantity[];
  readonly result: Result;
}

/** Which parts of the method's state are drawn over the plot, each with what it says. */
export function DrawnSwitches({ drawn, result }: Props) {
  return (
    <fieldset className="drawn-switches">
      <legend>On the plot</legend>
      {drawn
        .filter(({ kind }) => result.axes[0] !== result.axes[1] || !flatless.has(kind))
        .map((quantity) => (
          <Switch key={quantity.kind} {...quantity} result={result} />
        ))}
    </fieldset>
  );
}

/** What a curve of one variable has no room for. */
const flatless = new Set<DrawnQuantity['kind']>(['rates', 'ellipse', 'inverse ellipse']);

const names: Record<DrawnQuantity['kind'], string> = {
  arrow: 'Arrow',
  rates: 'Rates of the coordinates',
  ellipse: 'Ellipse of',
  'inverse ellipse': 'Ellipse of the inverse of',
  circle: 'Region of radius',
  simplex: 'Simplex',
};

function Switch({ result, ...quantity }: DrawnQuantity & { readonly result: Result }) {
  const { kind, tex } = quantity;
  const id = `mark-${kind}`;
  const on = useIsOpen(id, shownFirst(kind));
  return (
    <label className="switch-field">
      <input type="checkbox" checked={on} onChange={(event) => choose(id, event.currentTarget.checked)} />
      <Sample kind={kind} />
      <span>
        {names[kind]} <Tex tex={tex} />: <span className="note">{says(quantity, result)}</span>
      </span>
    </label>
  );
}

/** The drawn thing in words and numbers. */
function says({ kind, value, toScale }: DrawnQuantity, { axes, variables }: Result): string {
  const n = variables.length;
  const two = axes[0] === axes[1] ? [axes[0]] : axes;
  if (typeof value === 'number') return formatNumber(value, 4);
  const entries = inBrackets(
    two.map((axis) => formatNumber(value[axis]!, 4)),
    2,
  );
  switch (kind) {
    case 'arrow':
      return toScale ? entries : `${entries}, its direction`;
    case 'rates':
      return `${entries} along ${two.map((axis) => displayName(variables[axis]!)).join(' and ')}`;
    case 'simplex':
      return 'before, dashed after';
    default: {
      const form = kind === 'ellipse' ? section(value, n, axes) : inverseSection(value, n, axes);
      const half = form && semiAxes(form);
      const shape = half
        ? `axes 1 : ${formatNumber(half[1] / half[0], 3)}`
        : 'not positive definite: hyperbolas';
      return kind === 'ellipse' ? shape : `${shape}; dotted, the Hessian’s`;
    }
  }
}

/** A piece of the drawing, as a legend has it. */
function Sample({ kind }: Pick<DrawnQuantity, 'kind'>) {
  return (
    <svg className="drawn-sample" width="26" height="18" viewBox="-13 -9 26 18" aria-hidden="true">
      {kind === 'arrow' && <path d="M-11 0H8M3 -5L9 0L3 5" />}
      {kind === 'rates' && <path d="M-10 0H10M0 -5V5M-10 -5H10V5H-10Z" />}
      {(kind === 'ellipse' || kind === 'inverse ellipse') && <ellipse rx="11" ry="5" />}
      {kind === 'circle' && <circle r="8" strokeDasharray="4 3" />}
      {kind === 'simplex' && <path d="M-9 7L9 5L-1 -7Z" />}
    </svg>
  );
}
