import { expect, test } from 'vitest';
import { answerOf, asked } from './asked.testing.ts';
import { map } from './map.ts';
import { preimage } from './preimage.ts';

const mapOf = (f: string, window = '&x=-2,2&y=-2,2') =>
  answerOf(map.run(asked(`f=${encodeURIComponent(f)}&start=1,1&steps=0${window}`), {}));

test('the cusp map folds along y = −3x², whose image is 4·(−v/3)³ = 27·(u/2)²… as a cusp', () => {
  const { fold, flat, lines } = mapOf('F(x, y) = [x^3 + x y, y]');
  expect(flat).toBe(false);
  const { domain, image } = fold!;
  expect(domain.length).toBeGreaterThan(100);
  for (let k = 0; k < domain.length; k += 2) {
    const [x, y] = [domain[k]!, domain[k + 1]!];
    expect(y).toBeCloseTo(-3 * x * x, 6);
    // The cusp 4v³ + 27u² = 0 (Whitney 1955).
    expect(4 * image[k + 1]! ** 3 + 27 * image[k]! ** 2).toBeCloseTo(0, 5);
  }
  expect(lines.filter(({ fixed }) => fixed === 0).length).toBeGreaterThan(6);
});

test('a grid line is taken to its image', () => {
  const { lines } = mapOf('F(r, theta) = [r cos(theta), r sin(theta)]');
  for (const { fixed, value, domain, image } of lines) {
    for (let k = 0; k < 81; k += 10) {
      const [r, theta] = [domain[2 * k]!, domain[2 * k + 1]!];
      expect(domain[2 * k + fixed]).toBe(value);
      expect(image[2 * k]).toBeCloseTo(r * Math.cos(theta), 12);
      expect(image[2 * k + 1]).toBeCloseTo(r * Math.sin(theta), 12);
    }
  }
});

test('polar coordinates fold at r = 0 alone, a shear nowhere, a projection everywhere', () => {
  const polar = mapOf('F(r, theta) = [r cos(theta), r sin(theta)]').fold!.domain;
  expect(polar.length).toBeGreaterThan(0);
  for (let k = 0; k < polar.length; k += 2) expect(Math.abs(polar[k]!)).toBeLessThan(1e-6);
  expect(mapOf('F(x, y) = [x + y^2, y]').fold!.domain).toHaveLength(0);
  expect(mapOf('F(x, y) = [x + y, 2x + 2y]').flat).toBe(true);
  // det = 1/x changes its sign over a pole, where nothing folds.
  expect(mapOf('F(x, y) = [log(abs(x)), y]').fold!.domain).toHaveLength(0);
});

test('curves and surfaces in space are sampled', () => {
  const helix = mapOf('F(t) = [cos(t), sin(t), t/5]'.replace('F(t)', 'F(t)'), '&x=0,6&start=1');
  expect(helix.lines).toHaveLength(1);
  const { domain, image } = helix.lines[0]!;
  expect(image).toHaveLength(81 * 3);
  expect(image[3 * 40]).toBeCloseTo(Math.cos(domain[40]!), 12);
  const torus = mapOf('F(u, v) = [(2 + cos(v))cos(u), (2 + cos(v))sin(u), sin(v)]');
  for (const { image: line } of torus.lines) {
    const [x, y, z] = line;
    expect((Math.hypot(x!, y!) - 2) ** 2 + z! ** 2).toBeCloseTo(1, 12);
  }
});

test('a point of the image is followed back, and behind a fold the nearest point is the fold', () => {
  const back = (f: string, target: readonly number[], from: readonly number[]) =>
    answerOf(
      preimage.run(asked(`f=${encodeURIComponent(f)}&start=${from.join()}&steps=0`), { target, from }),
    );
  const root = back('F(x, y) = [x^2 - y^2, 2x y]', [0, 2], [1.5, 1]);
  expect(root.reached).toBe(true);
  expect(root.at[0]).toBeCloseTo(1, 9);
  expect(root.at[1]).toBeCloseTo(1, 9);
  const fold = back('F(x, y) = [x^2, y]', [-1, 0.5], [1, 0]);
  expect(fold.reached).toBe(false);
  expect(fold.at[0]).toBeCloseTo(0, 3);
  expect(fold.at[1]).toBeCloseTo(0.5, 6);
});
