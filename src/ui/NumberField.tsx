import { useId, useState } from 'react';
import { exactNumber } from '../plots/numbers.ts';
import { readNumber } from '../setup.ts';
import type { Limit } from './panels/useRateLimit.ts';

interface Props {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** How the slider's way is divided; 'integer' in whole numbers. */
  readonly scale: 'linear' | 'log' | 'integer';
  /** What is accepted when typed, both ends included; the slider's ends if absent. */
  readonly limits?: readonly [lowest: number, highest: number];
  readonly slider?: boolean;
  /** A sentence about this number from elsewhere. */
  readonly mistake?: string | undefined;
  /** Beyond it the slider is hatched. */
  readonly limit?: Limit | undefined;
  onChange(value: number, live: boolean): void;
}

/**
 * A number to type or to slide. For a screen reader and the keyboard it is one spin button; the slider is the same
 * number for a pointer.
 */
export function NumberField(props: Props) {
  const { label, value, min, max, scale, limits = [min, max], slider = true, limit, onChange } = props;
  const id = useId();
  const [draft, setDraft] = useState<string>();
  const problem = draft === undefined ? undefined : problemOf(draft, label, scale, limits);
  const message = problem ?? props.mistake;
  const way = new Way(min, max, scale);

  const type = (text: string) => {
    setDraft(text);
    const typed = readNumber(text);
    if (typed !== undefined && !problemOf(text, label, scale, limits)) onChange(typed, true);
  };
  const leave = () => {
    if (draft === undefined || problem) return;
    setDraft(undefined);
    onChange(value, false);
  };
  const move = (steps: number) => {
    const next = way.next(value, steps);
    setDraft(undefined);
    onChange(Math.min(limits[1], Math.max(limits[0], next)), false);
  };
  return (
    <div className="field number-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        role="spinbutton"
        type="text"
        inputMode="decimal"
        autoComplete="off"
        value={draft ?? exactNumber(value)}
        aria-valuenow={inDigits(value)}
        aria-valuemin={inDigits(limits[0])}
        aria-valuemax={inDigits(limits[1])}
        aria-invalid={message !== undefined}
        aria-describedby={message ? `${id}-mistake` : limit ? `${id}-limit` : undefined}
        onChange={(event) => type(event.currentTarget.value)}
        onBlur={leave}
        onKeyDown={(event) => {
          if (event.key === 'Enter') leave();
          if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
          event.preventDefault();
          move((event.key === 'ArrowUp' ? 1 : -1) * (event.shiftKey ? 10 : 1));
        }}
      />
      {slider && (
        <input
          type="range"
          tabIndex={-1}
          aria-hidden="true"
          min={0}
          max={1}
          step="any"
          value={way.share(value)}
          className={limit && 'limited'}
          style={
            { '--share': way.share(value), '--limit': limit && way.share(limit.at) } as React.CSSProperties
          }
          onChange={(event) => {
            setDraft(undefined);
            onChange(way.value(Number(event.currentTarget.value)), true);
          }}
          onPointerUp={() => onChange(value, false)}
        />
      )}
      {limit && !message && (
        <p id={`${id}-limit`} className={limit.beyond ? 'limit-text beyond' : 'limit-text'}>
          {limit.text}
        </p>
      )}
      {message && (
        <p id={`${id}-mistake`} className="mistake" role="alert">
          {message}
        </p>
      )}
    </div>
  );
}

/** A number whose text has no exponent, which the attributes of a spin button do not know; absent for any other. */
const inDigits = (value: number): number | undefined => (String(value).includes('e') ? undefined : value);

function problemOf(
  text: string,
  label: string,
  scale: Props['scale'],
  [lowest, highest]: readonly [number, number],
): string | undefined {
  const value = readNumber(text);
  if (value === undefined) return `${label} must be a number, such as ${scale === 'integer' ? 50 : 0.1}.`;
  if (scale === 'integer' && !Number.isInteger(value)) return `${label} must be a whole number.`;
  if (value < lowest)
    return `${label} must be ${lowest === Number.MIN_VALUE ? 'above 0' : `at least ${lowest}`}.`;
  if (value > highest) return `${label} must be at most ${exactNumber(highest)}.`;
  return undefined;
}

/** The way of a slider from 0 to 1, and the numbers along it. */
class Way {
  constructor(
    private readonly min: number,
    private readonly max: number,
    private readonly scale: Props['scale'],
  ) {}

  share(value: number): number {
    const { min, max } = this;
    const part =
      this.scale === 'log' ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
    return Number.isNaN(part) ? 0 : Math.min(1, Math.max(0, part));
  }

  /** Rounded to what a hand can aim at. */
  value(share: number): number {
    const { min, max } = this;
    if (this.scale === 'log') return rounded(min * (max / min) ** share, 2);
    const exact = min + (max - min) * share;
    if (this.scale === 'integer') return Math.round(exact);
    const unit = 10 ** Math.floor(Math.log10((max - min) / 100));
    return Number((Math.round(exact / unit) * unit).toPrecision(12));
  }

  /** A step of an arrow key: a tenth of the leading digit where the way is logarithmic, else a hundredth of the way. */
  next(value: number, steps: number): number {
    if (this.scale === 'integer') return value + steps;
    if (this.scale === 'linear') {
      const unit = 10 ** Math.floor(Math.log10((this.max - this.min) / 50));
      return Number((value + steps * unit).toPrecision(12));
    }
    const unit = value > 0 ? 10 ** Math.floor(Math.log10(value) + 1e-9) / 10 : this.min;
    const next = value + steps * (steps < 0 && value <= 10.01 * unit ? unit / 10 : unit);
    return next > 0 ? Number(next.toPrecision(12)) : value / 10;
  }
}

function rounded(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}
