import { expect, test } from './nabla.ts';

const square = 'f=[x^2 - y^2, 2x y]&start=1.5,1&lr=0.05&x=-2,2&y=-2,2';

test('polar coordinates at r = 2: determinant 2, singular values 2 and 1, full rank', async ({ nabla }) => {
  await nabla.open('f=F(r, theta) = [r cos(theta), r sin(theta)]&start=2,0.8');
  const jacobian = nabla.region('Jacobian');
  await expect(jacobian).toContainText(/rank\s*2 of 2 × 2, full/);
  await expect(jacobian).toContainText(/det J\s*2/);
  await expect(jacobian).toContainText(/σ\s*2, 1 singular values/);
  await expect(jacobian).toContainText(/κ\s*2/);
});

test('a robot arm that is stretched out is singular', async ({ nabla }) => {
  await nabla.open('f=F(t1, t2) = [cos(t1) + cos(t1 + t2), sin(t1) + sin(t1 + t2)]&start=0.5,0');
  await expect(nabla.region('Jacobian')).toContainText(/rank\s*1 of 2 × 2: some directions change nothing/);
  await nabla.button('Map').click();
  await expect(nabla.region('Map')).toContainText('here the map is singular and squeezes a small area flat');
});

test('the map of z² is dragged in the domain and in the image, and its numbers follow', async ({
  nabla,
  page,
}) => {
  await nabla.open(square);
  await nabla.button('Map').click();
  const map = nabla.region('Map');
  await expect(map).toContainText('det J = 13: a small area becomes 13 times as large');
  const numbers = (text: string | null) => (text?.match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).map(Number);
  const point = map.getByRole('button', { name: /^Point at/ });
  const image = map.getByRole('button', { name: /^Image at/ });
  const places = async () => ({
    at: numbers(await point.getAttribute('aria-label')),
    to: numbers(await image.getAttribute('aria-label')),
  });
  const isImage = async () => {
    const { at, to } = await places();
    const [x = 0, y = 0] = at;
    return Math.hypot(x * x - y * y - (to[0] ?? 9), 2 * x * y - (to[1] ?? 9));
  };
  const drag = async (handle: typeof point, dx: number, dy: number) => {
    await handle.scrollIntoViewIfNeeded();
    const box = (await handle.boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 + dx, box.y + box.height / 2 + dy, { steps: 6 });
    await page.mouse.up();
  };
  await drag(point, -60, 20);
  await expect.poll(async () => (await places()).at[0]).toBeLessThan(1.2);
  await expect.poll(isImage).toBeLessThan(0.01);
  const [x = 0, y = 0] = (await places()).at;
  await expect
    .poll(async () => Number(/det J = ([\d.]+)/.exec((await map.textContent()) ?? '')?.[1]))
    .toBeCloseTo(4 * (x * x + y * y), 1);

  const before = await places();
  await drag(image, 40, 0);
  await expect.poll(async () => (await places()).to[0]).toBeGreaterThan(before.to[0]! + 0.5);
  await expect.poll(isImage).toBeLessThan(0.01);
  await map.getByRole('button', { name: 'Start here' }).click();
  await expect(nabla.start).not.toHaveValue('1.5, 1');
});

test('Gauss–Newton keeps JᵀJ = 13·1 of z² at (1.5, 1) and drops ((2.5, 6), (6, −2.5))', async ({ nabla }) => {
  await nabla.open(square);
  await nabla.button('Gauss–Newton').click();
  await nabla.expectTable('Gauss–Newton', [
    [13, 0],
    [0, 13],
    [2.5, 6],
    [6, -2.5],
  ]);
});

test('the chain rule of a tanh layer: its Jacobian is diag(1 − h²)·W, and the product is the whole', async ({
  nabla,
}) => {
  const text =
    'W = [[1, -2], [0.5, 1], [2, 1]]\nV = [[1, 0, 1], [0, 2, -1]]\nh = tanh(W @ [x1, x2])\nF = softmax(V @ h)';
  await nabla.open(`f=${encodeURIComponent(text)}&start=0.3,-0.2`);
  await nabla.button('Chain rule').click();
  const chain = nabla.region('Chain rule');
  await expect(chain).toContainText('∂F/∂x = ∂F/∂h · ∂h/∂x');
  await expect(chain).toContainText('The product is the Jacobian of the whole');
  const layer = [0.7, -0.05, 0.4].map((sum) => 1 - Math.tanh(sum) ** 2);
  const rows = (await nabla.table('Chain rule')).slice(2, 5);
  const expected = [
    [layer[0]! * 1, layer[0]! * -2],
    [layer[1]! * 0.5, layer[1]! * 1],
    [layer[2]! * 2, layer[2]! * 1],
  ];
  for (const [i, row] of expected.entries())
    for (const [j, value] of row.entries()) expect(rows[i]?.[j]).toBeCloseTo(value, 4);
});

test('a curve and a surface in space say how fast and how large', async ({ nabla }) => {
  await nabla.open('f=F(t) = [cos(t), sin(t), t/5]&start=4');
  await nabla.button('Map').click();
  // √1.04.
  await expect(nabla.region('Map')).toContainText('‖dF/dt‖ = 1.0198');
  await nabla.formula.fill('F(u, v) = [(2 + cos(v)) cos(u), (2 + cos(v)) sin(u), sin(v)]');
  await nabla.start.fill('0.5, 0');
  // 2 + cos 0.
  await expect(nabla.region('Map')).toContainText('√det JᵀJ = 3 times as large');
});

test('the gradient of one output is its transposed Jacobian, and it says so', async ({ nabla }) => {
  await nabla.open();
  await expect(nabla.region('Gradient')).toContainText('lying down, it is the Jacobian of f');
});
