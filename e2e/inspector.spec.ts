import { expect, type Nabla, test, toNumber } from './nabla.ts';

const narrow = 'f=(1-x)^2%2B5(y-x^2)^2&start=-1.2,1';

/** The formulas' sources in the inspector, once they are those of the step from that point. */
async function formulas(nabla: Nabla, step: number): Promise<string> {
  const lines = nabla.region('Update rule').locator(`[data-step="${step}"][aria-busy="false"]`);
  await expect(lines).toBeVisible();
  await expect(lines.locator('annotation').first()).toBeAttached();
  return (await lines.locator('annotation').allTextContents()).join('\n');
}

const number = String.raw`(-?[\d.]+(?:e-?\d+)?)`;

/** The numbers in the places of `#` in a pattern of TeX, spaces aside; brackets about negative numbers too. */
function read(tex: string, pattern: string): number[] {
  const plain = tex.replace(/\\left|\\right|\s/g, '').replace(/\((-[\d.]+)\)/g, '$1');
  const escaped = pattern.replace(/\s/g, '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const found = new RegExp(escaped.replaceAll('#', number)).exec(plain);
  expect(found, `${pattern} in ${plain}`).not.toBeNull();
  return found!.slice(1).map(Number);
}

/** The point that the status names. */
async function point(nabla: Nabla): Promise<number[]> {
  const text = (await nabla.status.textContent()) ?? '';
  const inside = /\(([^)]*)\)/.exec(text)![1]!;
  return inside.split(',').map(toNumber);
}

const near = (actual: number, expected: number) =>
  expect(Math.abs(actual - expected), `${actual} for ${expected}`).toBeLessThan(
    2e-4 * Math.max(1, Math.abs(expected)),
  );

test('momentum: velocity and next point follow from the numbers shown', async ({ nabla }) => {
  await nabla.open(`${narrow}&method=momentum&lr=0.01&k=3`);
  const tex = await formulas(nabla, 3);
  const [mu, before, gradient] = read(tex, String.raw`&=#\cdot#+#=\htmlClass{line-result}`) as [
    number,
    number,
    number,
  ];
  const velocity = mu * before + gradient;
  const here = await point(nabla);
  await nabla.button('Step forward').click();
  await expect(nabla.status).toContainText('Step 4 of 50');
  near((await point(nabla))[0]!, here[0]! - 0.01 * velocity);
});

test('Adam: moments, bias corrections and rate lead to the next point', async ({ nabla }) => {
  await nabla.open(`${narrow}&method=adam&lr=0.1&k=4`);
  const tex = await formulas(nabla, 4);
  const [m, beta1] = read(tex, String.raw`\frac{#}{1-#^{5}}`) as [number, number];
  const [v, beta2] = read(tex.slice(tex.indexOf('\\hat v_t')), String.raw`\frac{#}{1-#^{5}}`) as [
    number,
    number,
  ];
  const here = await point(nabla);
  const step = (0.1 * (m / (1 - beta1 ** 5))) / (Math.sqrt(v / (1 - beta2 ** 5)) + 1e-8);
  await nabla.button('Step forward').click();
  await expect(nabla.status).toContainText('Step 5 of 50');
  near((await point(nabla))[0]!, here[0]! - step);
});

test('Newton: the shown system is solved by the shown direction, which leads to the next point', async ({
  nabla,
}) => {
  await nabla.open(`${narrow}&method=newton`);
  const tex = await formulas(nabla, 0);
  const column = String.raw`\begin{pmatrix}#\\#\end{pmatrix}`;
  const [a, b, c, d, p, q, g, h] = read(
    tex,
    String.raw`\begin{pmatrix}#&#\\#&#\end{pmatrix}\cdot` + column + String.raw`\\[3pt]&\quad=-` + column,
  ) as [number, number, number, number, number, number, number, number];
  // Of f = (1−x)² + 5(y−x²)² at (−1.2, 1), by hand.
  [a, b, c, d].forEach((entry, i) => {
    near(entry, [68.4, 24, 24, 10][i]!);
  });
  near(a * p + b * q, -g);
  near(c * p + d * q, -h);
  await nabla.button('Step forward').click();
  await expect(nabla.status).toContainText(/Step 1 of/);
  const there = await point(nabla);
  near(there[0]!, -1.2 + p);
  near(there[1]!, 1 + q);
});

test('BFGS says which lengths it tried and which conditions were met, and the line search draws them', async ({
  nabla,
}) => {
  await nabla.open(`${narrow}&method=bfgs&k=2`);
  const table = nabla.region('Update rule').getByRole('table', { name: 'Tried lengths' });
  await expect(table.getByRole('row', { name: / met \S+ met taken$/ })).toHaveCount(1);
  await nabla.button('Line search').click();
  const panel = nabla.region('Line search');
  await expect(panel.getByRole('img', { name: /φ\(t\) along/ })).toBeVisible();
  await expect(panel).toContainText(/Of \d tried lengths? t = /);
});

test('what the method carries is drawn, and can be switched off', async ({ nabla }) => {
  await nabla.open(`${narrow}&method=trust-region`);
  const circle = nabla.plot.locator('.inner-circle');
  await expect(circle).toBeAttached();
  await nabla
    .region('Update rule')
    .getByRole('checkbox', { name: /Region of radius/ })
    .uncheck();
  await expect(circle).toHaveCount(0);
});

test('a place in the sweep becomes the learning rate', async ({ nabla }) => {
  await nabla.open();
  await nabla.button('Learning-rate sweep').click();
  const sweep = nabla.region('Learning-rate sweep');
  await expect(sweep).toContainText('Of 61 runs');
  await expect(sweep).toContainText('2/λmax at the minimum: 1');
  const place = sweep.getByRole('slider', { name: 'Swept value' });
  const box = (await place.boundingBox())!;
  // From 10⁻⁵ to 10 there are six decades; 1 is at five sixths.
  await place.click({ position: { x: (box.width * 5) / 6, y: box.height / 2 } });
  await nabla.ready();
  await expect.poll(() => nabla.address()).toMatch(/lr=1(&|$)/);
  await expect(
    nabla.page
      .getByRole('spinbutton', { name: 'Learning rate' })
      .or(nabla.page.getByRole('textbox', { name: 'Learning rate' })),
  ).toHaveValue('1');
  // With rate 1 = 2/λmax the descent swings to and fro for ever.
  await nabla.button('Last step').click();
  await expect(nabla.status).toContainText('(5, 3)');
});
