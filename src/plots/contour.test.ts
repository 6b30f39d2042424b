import { expect, test } from 'vitest';
import type { Setup } from '../setup.ts';
import type { Result } from '../worker/protocol.ts';
import { createSolver } from '../worker/solve.ts';
import { plotFor } from './index.ts';
import { scales } from './palette.ts';
import type { View } from './plot.ts';

const view: View = {
  theme: {
    dark: false,
    ink: '#111',
    muted: '#555',
    grid: '#ccc',
    paper: '#fff',
    gradient: '#b93c06',
    runs: ['#22349c'],
    field: scales.light,
  },
  width: 700,
  height: 600,
  arrows: true,
};

function solve(setup: Partial<Setup>): Result {
  const work = createSolver().answer({
    kind: 'solve',
    id: 1,
    setup: {
      formula: 'w1^2 + w2^2',
      runs: [{ method: 'gd', params: {} }],
      steps: 50,
      tol: 1e-6,
      view: 'contour',
      clock: 'evaluations',
      sliders: {},
      embed: false,
      hide: [],
      ...setup,
    },
    resolution: { columns: 31, rows: 21, arrows: 8, aspect: 1.2 },
  });
  for (;;) {
    const step = work.next();
    if (!step.done) continue;
    if (step.value.kind !== 'result') throw new Error(JSON.stringify(step.value));
    return step.value.result;
  }
}

const trace = (result: Result, type: string) =>
  plotFor(result)!
    .figure(result, view)
    .data.find((each) => each.type === type) as Record<string, never>;

test('there is a height wherever the function has a value, and blanks stay blank', () => {
  const result = solve({ formula: 'log(x) + y^2', start: [1, 1], x: [-1, 2], y: [-1, 1] });
  const { z } = trace(result, 'contour') as unknown as { z: Float64Array[] };
  const { values, columns } = result.field;
  for (const [row, line] of z.entries()) {
    for (const [column, height] of line.entries()) {
      expect(Number.isFinite(height)).toBe(Number.isFinite(values[row * columns + column]!));
    }
  }
  expect(z.flatMap((line) => [...line]).filter(Number.isNaN).length).toBeGreaterThan(100);
});

test('arrows point exactly uphill, none longer than a cell', () => {
  const result = solve({ formula: '(1-x)^2+100(y-x^2)^2', start: [-1.2, 1], x: [-2, 2], y: [-1, 3] });
  const { x, y, u, v, lengthfactor } = trace(result, 'quiver') as unknown as Record<
    'x' | 'y' | 'u' | 'v',
    number[]
  > & {
    lengthfactor: number;
  };
  const longest = Math.max(
    ...x.map((_, i) => Math.hypot((u[i]! * lengthfactor * 570) / 4, (v[i]! * lengthfactor * 544) / 4)),
  );
  expect(longest).toBeGreaterThanOrEqual(10);
  expect(longest).toBeLessThanOrEqual(31);
  for (const [i, a] of x.entries()) {
    const b = y[i]!;
    const gradient = [-2 * (1 - a) - 400 * a * (b - a * a), 200 * (b - a * a)] as const;
    const along =
      (u[i]! * gradient[0] + v[i]! * gradient[1]) / Math.hypot(u[i]!, v[i]!) / Math.hypot(...gradient);
    expect(along).toBeCloseTo(1, 9);
  }
});

test('the path is drawn whole, and arrows can be switched off', () => {
  const result = solve({ start: [5, 3] });
  const { x, y } = trace(result, 'scatter') as unknown as Record<'x' | 'y', number[]>;
  expect(x).toHaveLength(51);
  expect(x[0]).toBe(5);
  expect(y[50]).toBeCloseTo(3 * 0.8 ** 50, 12);
  const without = plotFor(result)!.figure(result, { ...view, arrows: false }).data;
  expect(without.some(({ type }) => type === 'quiver')).toBe(false);
});

test('a function of one variable is a curve, a constant is nothing', () => {
  const result = solve({ formula: 'x^2', start: [2] });
  const plot = plotFor(result)!;
  expect(plot.id).toBe('curve');
  expect(plot.place(result, [2], 4)).toEqual([2, 4]);
  expect(plot.pick(result, [3, 7], [2])).toEqual([3]);
  expect(plotFor(solve({ formula: '3' }))).toBeUndefined();
});

test('in a plane of many variables the others keep their place', () => {
  const result = solve({ formula: 'a^2 + b^2 + c^2', start: [1, 2, 3], axes: ['a', 'c'] });
  const plot = plotFor(result)!;
  expect(plot.place(result, [1, 2, 3], 14)).toEqual([1, 3]);
  expect(plot.pick(result, [-1, -3], [1, 2, 3])).toEqual([-1, 2, -3]);
});

test('the picture is told in words', () => {
  const words = plotFor(solve({ start: [5, 3] }))!.describe(solve({ start: [5, 3] }));
  expect(words).toContain('starts at (5, 3)');
  expect(words).toContain('after 50 steps');
  expect(words).toContain('step limit');
});

test('the colour scales change evenly in lightness', () => {
  const lightness = (hex: string) => {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    // CIE L*
    const y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    return y > 0.008856 ? 116 * Math.cbrt(y) - 16 : 903.3 * y;
  };
  for (const scale of Object.values(scales)) {
    const steps = scale.slice(1).map(([, color], i) => lightness(color) - lightness(scale[i]![1]));
    const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length;
    for (const step of steps) expect(step / mean).toBeGreaterThan(0.5);
    for (const step of steps) expect(step / mean).toBeLessThan(1.5);
  }
});
