import { expect, test } from 'vitest';
import { createChain } from './chain.ts';

function taken(text: string, x: number[], sliders = {}) {
  const chain = createChain(text, sliders);
  if ('none' in chain) throw new Error(chain.none);
  return { chain, values: chain.evaluate(Float64Array.from(x)) };
}
const close = (numbers: readonly number[]) => numbers.map((number) => expect.closeTo(number, 12));

test('two named lines and the function: each Jacobian is that of its line', () => {
  const text = 'a = [x^2, x*y]; b = a[1] + sin(a[2]); F = [b, 3b]';
  const [x, y] = [0.5, 2];
  const { chain, values } = taken(text, [x, y]);
  expect(chain.parts).toEqual([
    { name: 'a', shape: [2], size: 2, uses: [-1] },
    { name: 'b', shape: [], size: 1, uses: [0] },
    { name: 'F', shape: [2], size: 2, uses: [1] },
  ]);
  const b = x * x + Math.sin(x * y);
  expect(values.map(({ value }) => [...value])).toEqual([
    close([x * x, x * y]),
    close([b]),
    close([b, 3 * b]),
  ]);
  expect(values.map(({ jacobians }) => jacobians.map((one) => [...one]))).toEqual([
    [close([2 * x, 0, y, x])],
    [close([1, Math.cos(x * y)])],
    [close([1, 3])],
  ]);
});

test('what a part hides stays hidden: the logarithm of 1 + eˣ is taken of the part', () => {
  const { values } = taken('h = 1 + exp(x); log(h)', [0.3]);
  expect(values[1]!.jacobians[0]![0]).toBeCloseTo(1 / (1 + Math.exp(0.3)), 14);
});

test('a part may use the variables and any earlier part', () => {
  const { chain, values } = taken('a = x*y; b = a + x; F = [a*b, y]', [2, 3]);
  expect(chain.parts.map(({ uses }) => uses)).toEqual([[-1], [-1, 0], [-1, 0, 1]]);
  expect(values[1]!.jacobians.map((one) => [...one])).toEqual([[1, 0], [1]]);
  // F₁ = a·b with a = 6, b = 8; F₂ = y.
  expect(values[2]!.jacobians.map((one) => [...one])).toEqual([
    [0, 0, 0, 1],
    [8, 0],
    [6, 0],
  ]);
});

test('a matrix is taken apart by rows, sliders and helpers keep their meaning, unused lines are left out', () => {
  const text = 'k = 2; g(t) = t^2; M = [[x, y], [k*x, 1]]; unused = x + 1; v = M @ [g(x), 1]; v';
  const { chain, values } = taken(text, [3, 5], { k: 10 });
  expect(chain.parts.map(({ name, shape }) => [name, shape])).toEqual([
    ['M', [2, 2]],
    ['v', [2]],
    ['F', [2]],
  ]);
  expect([...values[0]!.value]).toEqual([3, 5, 30, 1]);
  expect([...values[1]!.value]).toEqual([32, 271]);
  expect(chain.parts[1]!.uses).toEqual([-1, 0]);
  // ∂v/∂M: rows of M times (x², 1); ∂v/∂x directly: M·(2x, 0).
  expect([...values[1]!.jacobians[1]!]).toEqual([9, 1, 0, 0, 0, 0, 9, 1]);
  expect([...values[1]!.jacobians[0]!]).toEqual([18, 0, 180, 0]);
});

test('numbered variables and constant entries', () => {
  const { chain, values } = taken('h = [sum(x[i], i=1..3), 1]; F = [h[1] * h[2], x[1] + h[2]]', [1, 2, 3]);
  expect(chain.variables).toEqual(['x1', 'x2', 'x3']);
  expect([...values[1]!.value]).toEqual([6, 2]);
  expect([...values[0]!.jacobians[0]!]).toEqual([1, 1, 1, 0, 0, 0]);
});

test.each([
  ['x^2 + y^2', 'names no part'],
  ['h = x^2; y', 'uses none'],
  ['sine(', 'sine'],
])('%s: a sentence says why there is no chain', (text, reason) => {
  expect(createChain(text)).toEqual({ none: expect.stringContaining(reason) });
});
