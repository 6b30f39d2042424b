import './local-models.css';
import { useMemo } from 'react';
import { formatNumber, formatPoint } from '../../plots/numbers.ts';
import { useStore } from '../../store.ts';
import type { TaylorAnswer, TaylorError } from '../../studies/taylor.ts';
import { Chart, type ChartLine, type ChartPoint } from '../Chart.tsx';
import { Tex } from '../tex.tsx';
import { useStudy } from '../useStudy.ts';
import { choose, useIsOpen } from './opened.ts';

/** The linear and the quadratic Taylor model at the current point, and how fast their errors shrink towards it. */
export default function LocalModels() {
  const { answer, state, reason } = useStudy('taylor', { errors: true });
  const result = useStore((store) => store.result);
  if (!result) return null;
  if (reason !== undefined) return <p className="note">{reason}</p>;
  const f = result.scalar ? 'f' : 'φ';
  const tex = result.scalar ? 'f' : '\\varphi';
  const current = answer?.at.length === result.variables.length ? answer : undefined;
  return (
    <div className="local-models-panel panel" aria-busy={state === 'waiting'}>
      <p className="model-formulas">
        <Tex tex={`m_1(d) = ${tex} + \\nabla ${tex}^{\\mathsf T} d`} />
        <Tex tex={`m_2(d) = m_1(d) + \\tfrac12\\, d^{\\mathsf T} H d`} />
      </p>
      <fieldset className="model-switches">
        <legend className="visually-hidden">Draw over the plot</legend>
        <Switch
          id="local-models-linear"
          label={result.axes[0] === result.axes[1] ? 'Tangent' : 'Linear model'}
        />
        <Switch
          id="local-models-quadratic"
          label={result.axes[0] === result.axes[1] ? 'Parabola' : 'Quadratic model'}
          otherwise
        />
        <Switch id="local-models-target" label="Newton step" otherwise />
      </fieldset>
      {result.axes[0] !== result.axes[1] && (
        <p className="note">
          The dashed lines of a model have the values of the plot’s lines: where they coincide, the model is
          right.
        </p>
      )}
      {current && (
        <>
          <p>{newton(current, f)}</p>
          {current.errors && <Errors errors={current.errors} f={f} />}
        </>
      )}
    </div>
  );
}

function Switch({ id, label, otherwise = false }: { id: string; label: string; otherwise?: boolean }) {
  const isOn = useIsOpen(id, otherwise);
  return (
    <label>
      <input type="checkbox" checked={isOn} onChange={() => choose(id, !isOn)} />
      <span className={`switch-key ${id}`}>{label}</span>
    </label>
  );
}

const article = { minimum: 'minimum', maximum: 'maximum', saddle: 'saddle' } as const;

function newton({ stationary, at }: TaylorAnswer, f: string): string {
  if (!stationary) {
    return 'The quadratic model has no single stationary point: the Hessian is singular, and there is no Newton step.';
  }
  const { point, kind, model, step } = stationary;
  const place = at.length === 1 ? formatNumber(point[0]!, 5) : formatPoint(point, 5, 6);
  const length = Math.hypot(...step);
  return (
    `The quadratic model’s ${article[kind]} is at ${place}, a Newton step of length ${formatNumber(length, 3)} away. ` +
    `There the model is ${formatNumber(model, 5)}, and ${f} is ${formatNumber(stationary.f, 5)}.`
  );
}

interface Props {
  readonly errors: NonNullable<TaylorAnswer['errors']>;
  readonly f: string;
}

function Errors({ errors, f }: Props) {
  const { distances, linear, quadratic, rounding } = errors;
  const lines = useMemo(() => linesOf(errors), [errors]);
  const points = useMemo(
    () => [...slopeOf(linear, 'var(--gradient)'), ...slopeOf(quadratic, 'var(--point)')],
    [linear, quadratic],
  );
  return (
    <Chart
      title="Error of the local models against the distance"
      sentence={`${told('linear', linear, f)} ${told('quadratic', quadratic, f)}`}
      table={() => ({
        caption: 'Largest error of the models at a distance',
        head: ['distance', 'linear model', 'quadratic model', 'rounding'],
        rows: Array.from(distances, (distance, k) =>
          [distance, linear.errors[k]!, quadratic.errors[k]!, rounding[k]!].map((value) =>
            formatNumber(value, 4),
          ),
        ),
      })}
      x={{ label: 'distance ‖d‖', scale: 'log' }}
      y={{ label: `|${f} − m|`, scale: 'log' }}
      lines={lines}
      points={points}
    />
  );
}

function told(name: string, { fit, verdict, expected }: TaylorError, f: string): string {
  const slope = fit?.slope.toFixed(2) ?? '';
  const part = fit ? formatNumber(10 ** -fit.slope, 2) : '';
  switch (verdict) {
    case 'expected':
      return `The ${name} model’s error has slope ${slope} ≈ ${expected}: a tenth of the distance, ${part} of the error.`;
    case 'higher':
      return `The ${name} model’s error has slope ${slope}, more than ${expected}: the next derivatives vanish here.`;
    case 'exact':
      return `The ${name} model is exact: ${f} is such a polynomial itself.`;
    case 'not smooth':
      return `The ${name} model’s error has slope ${slope}, less than ${expected}: ${f} is not smooth enough here.`;
    case 'unclear':
      return `The ${name} model’s error follows no straight line here.`;
    case 'no value':
      return `The ${name} model has no error to show: ${f} or a derivative has no value here.`;
  }
}

/** The slope, written where the fitted part ends. */
function slopeOf({ fit }: TaylorError, color: string): ChartPoint[] {
  if (!fit) return [];
  const y = fit.factor * fit.to ** fit.slope;
  return [{ x: fit.to, y, color, marker: 'diamond', size: 4, label: `slope ${fit.slope.toFixed(2)}` }];
}

function linesOf({ distances, linear, quadratic, rounding }: Props['errors']): ChartLine[] {
  const series = (
    name: string,
    { errors: y }: TaylorError,
    color: string,
    marker: NonNullable<ChartLine['marker']>,
  ): ChartLine => ({
    name,
    color,
    marker,
    x: distances,
    // What is lost in rounding shows nothing.
    y: y.map((value, k) => (value > rounding[k]! ? value : Number.NaN)),
  });
  const fitted = (name: string, { fit }: TaylorError, color: string): ChartLine[] => {
    if (!fit) return [];
    const [from, to] = [fit.from / 3, Math.min(fit.to * 30, distances.at(-1)!)];
    const x = [from, to];
    return [{ name, color, dash: '4 4', width: 1.2, x, y: x.map((at) => fit.factor * at ** fit.slope) }];
  };
  return [
    ...fitted('fit, linear', linear, 'var(--muted)'),
    ...fitted('fit, quadratic', quadratic, 'var(--muted)'),
    series('linear model', linear, 'var(--gradient)', 'square'),
    series('quadratic model', quadratic, 'var(--point)', 'circle'),
  ];
}
