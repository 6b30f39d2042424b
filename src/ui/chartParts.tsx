import type { ReactNode } from 'react';
import { type AxisScale, linearTicks, logTicks, tickTexts } from '../plots/ticks.ts';
import type { ChartAxis, ChartRule } from './Chart.tsx';

/** Pixels around a chart's area. */
export const around = { left: 58, right: 16, top: 26, bottom: 38 };

type Extent = readonly [min: number, max: number];

interface AxesProps {
  readonly xRange: Extent;
  readonly yRange: Extent;
  readonly xScale: AxisScale;
  readonly yScale: AxisScale;
  xAt(value: number): number;
  yAt(value: number): number;
  readonly width: number;
  readonly height: number;
  readonly x: ChartAxis;
  readonly y: ChartAxis;
}

export function Axes({ xRange, yRange, xScale, yScale, xAt, yAt, width, height, x, y }: AxesProps) {
  const across = Math.max(2, Math.floor(width / 80));
  const up = Math.max(2, Math.floor(height / 34));
  const xTicks = xScale === 'log' ? logTicks(xRange, across) : linearTicks(xRange, across, x.whole);
  const yTicks = yScale === 'log' ? logTicks(yRange, up) : linearTicks(yRange, up, y.whole);
  const [xTexts, yTexts] = [tickTexts(xTicks), tickTexts(yTicks)];
  return (
    <g className="chart-axes">
      {yTicks.map((tick, i) => (
        <g key={tick} transform={`translate(0 ${yAt(tick).toFixed(1)})`}>
          <line x2={width} />
          <text x={-8} dy="0.34em" textAnchor="end">
            {yTexts[i]}
          </text>
        </g>
      ))}
      {xTicks.map((tick, i) => (
        <g key={tick} transform={`translate(${xAt(tick).toFixed(1)} ${height})`}>
          <line className="chart-tick" y2={5} />
          <text y={18} textAnchor="middle">
            {xTexts[i]}
          </text>
        </g>
      ))}
      <path className="chart-frame" d={`M0 0V${height}H${width}`} />
      <text className="chart-name" x={-around.left + 4} y={-12}>
        {y.label}
      </text>
      <text className="chart-name" x={width} y={height + 34} textAnchor="end">
        {x.label}
      </text>
    </g>
  );
}

export function Rule({
  rule,
  at,
  width,
  height,
}: {
  rule: ChartRule;
  at: number;
  width: number;
  height: number;
}) {
  if (Number.isNaN(at)) return null;
  const color = rule.color ?? 'var(--muted)';
  const style = { stroke: color, strokeDasharray: rule.dash };
  if (rule.axis === 'y')
    return (
      <g className="chart-rule">
        <line x2={width} y1={at} y2={at} style={style} />
        <text x={width - 4} y={at < 14 ? at + 13 : at - 5} textAnchor="end" style={{ fill: color }}>
          {rule.label}
        </text>
      </g>
    );
  const leftwards = at > width / 2;
  return (
    <g className="chart-rule">
      <line y2={height} x1={at} x2={at} style={style} />
      <text
        x={at + (leftwards ? -5 : 5)}
        y={10}
        textAnchor={leftwards ? 'end' : 'start'}
        style={{ fill: color }}
      >
        {rule.label}
      </text>
    </g>
  );
}

export function ReadOut({ at, width, children }: { at: number; width: number; children: ReactNode }) {
  const leftwards = at > width / 2;
  const style = leftwards ? { right: around.right + width - at + 10 } : { left: around.left + at + 10 };
  return (
    <div className="chart-readout" style={{ top: around.top, ...style }} aria-hidden="true">
      {children}
    </div>
  );
}
