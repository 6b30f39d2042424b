import { expect, test } from 'vitest';
import { answerOf, asked } from './asked.testing.ts';
import { chain } from './chain.ts';

const link = (text: string, start: string) => `f=${encodeURIComponent(text)}&start=${start}&steps=0`;
const study = (text: string, start: string) => answerOf(chain.run(asked(link(text, start)), {}));

const network = `W = [[0.5, -1, 2], [1, 1, -0.5]]
V = [[1, -2], [0.5, 3], [2, 1]]
c = [0.1, -0.2]
h = tanh(W @ [x, y, z] + c)
F = softmax(V @ h)`;

test('a tanh layer and softmax: the product of the two Jacobians is that of differences of the whole', () => {
  const at = [0.3, -0.4, 0.2];
  const { links, plain, difference, largest, whole } = study(network, at.join(','));
  expect(plain).toBe(true);
  expect(links.map(({ name, size }) => [name, size])).toEqual([
    ['h', 2],
    ['F', 3],
  ]);
  expect(difference).toBeLessThan(1e-15 * 8 * largest);

  const W = [
    [0.5, -1, 2],
    [1, 1, -0.5],
  ];
  const V = [
    [1, -2],
    [0.5, 3],
    [2, 1],
  ];
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  const F = (x: number[]) => {
    const h = W.map((row, i) => Math.tanh(dot(row, x) + [0.1, -0.2][i]!));
    const e = V.map((row) => Math.exp(dot(row, h)));
    return e.map((value) => value / e.reduce((sum, one) => sum + one, 0));
  };
  const d = 1e-5;
  for (let j = 0; j < 3; j++) {
    const moved = (by: number) => F(at.map((value, i) => (i === j ? value + by : value)));
    const slopes = moved(d).map((value, i) => (value - moved(-d)[i]!) / (2 * d));
    const column = slopes.map((_, i) => whole.entries[i * 3 + j]);
    expect(column).toEqual(slopes.map((slope) => expect.closeTo(slope, 8)));
  }
  // ∂h/∂x = diag(1 − h²)·W.
  const [h] = links;
  h!.value.forEach((value, i) => {
    const row = [...h!.local[0]!.entries.subarray(i * 3, i * 3 + 3)];
    expect(row).toEqual(W[i]!.map((w) => expect.closeTo((1 - value * value) * w, 14)));
  });
});

test('the columns of a softmax Jacobian add to nothing, so that its rank is one less', () => {
  const { links } = study(network, '0.3,-0.4,0.2');
  const { local } = links[1]!;
  expect(local[0]!.rank).toBe(2);
  for (const column of [0, 1]) {
    const sum = [0, 1, 2].reduce((total, row) => total + local[0]!.entries[row * 2 + column]!, 0);
    expect(sum).toBeCloseTo(0, 15);
  }
});

test('where tanh is saturated ten times in a row the gradient vanishes: the singular values multiply', () => {
  const lines = ['h1 = tanh(2x)', ...Array.from({ length: 9 }, (_, k) => `h${k + 2} = tanh(2h${k + 1})`)];
  const { links, plain } = study(`${lines.join('\n')}\nF = [h10]`, '1.5');
  expect(plain).toBe(true);
  expect(links).toHaveLength(11);
  const locals = links.map(({ local }) => local[0]!.singularValues[0]!);
  const product = locals.reduce((total, value) => total * value, 1);
  expect(links.at(-1)!.total.singularValues[0]! / product).toBeCloseTo(1, 12);
  expect(product).toBeLessThan(1e-8);
});

test('where parts use earlier ones and the variables too, the sum over all ways is the whole', () => {
  const { plain, links, difference, largest } = study('a = x*y; b = sin(a) + x; F = [a*b, b^2 + y]', '2,3');
  expect(plain).toBe(false);
  expect(links[2]!.uses).toEqual([-1, 0, 1]);
  expect(difference).toBeLessThan(1e-14 * largest);
});

test('a number made from parts has its gradient as the product', () => {
  const { whole, links } = study('r = [x - 1, 10(y - x^2)]; dot(r, r)', '-1.2,1');
  expect([...whole.entries]).toEqual([expect.closeTo((-215.6 * 2) / 2, 0), expect.closeTo(-88, 10)]);
  expect(links.at(-1)!.name).toBe('f');
});

test('without parts a sentence says how to name one', () => {
  expect(chain.unfit?.(asked(link('x^2+y^2', '1,1')))).toContain('names no part');
});
