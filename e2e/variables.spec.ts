import { expect, test } from './nabla.ts';

const rosenbrock = (n: number) => `sum(100(x[i+1] - x[i]^2)^2 + (1 - x[i])^2, i = 1..${n - 1})`;
const startOf = (n: number) => Array.from({ length: n }, (_, i) => (i % 2 === 0 ? -1.2 : 1)).join();

test('one variable: slope and second derivative stand at the tangent and the parabola', async ({ nabla }) => {
  await nabla.open('f=x^4 - 3x^3 + 2&start=-0.8&lr=0.01');
  // 4x³ − 9x² and 12x² − 18x at −0.8.
  await expect(nabla.plot.locator('.tangent-text').first()).toHaveText('f′ = -7.808');
  await expect(nabla.plot.locator('.tangent-text').last()).toContainText('f″ = 22.08');
  await nabla.expectTable('Gradient', [[-7.808]]);
  await nabla.expectTable('Hessian', [[22.08]]);
});

test('fifty variables: the whole Hessian is there, in three diagonals, and stepping stays quick', async ({
  nabla,
}) => {
  await nabla.open(`f=${rosenbrock(50)}&start=${startOf(50)}&method=lbfgs`);
  await expect.poll(async () => (await nabla.table('Hessian')).length).toBe(50);
  const rows = await nabla.table('Hessian');
  // 1200x² − 400y + 2, −400x; then 202 + 1200x² − 400y.
  expect(rows[0]?.slice(0, 3)).toEqual([1330, 480, 0]);
  expect(rows[1]?.slice(0, 4)).toEqual([480, 1882, -400, 0]);
  expect(rows[49]).toHaveLength(50);
  for (let k = 1; k <= 5; k += 1) {
    await nabla.button('Step forward').click();
    await expect(nabla.status).toContainText(`Step ${k} of`, { timeout: 1000 });
  }
});

test('the start of many variables is a table too', async ({ nabla, page }) => {
  await nabla.open(`f=${rosenbrock(5)}&start=${startOf(5)}`);
  await page.getByRole('textbox', { name: 'x₃ at the start' }).fill('0.5');
  await expect(nabla.start).toHaveValue('-1.2, 1, 0.5, 1, -1.2');
  await nabla.ready();
  await expect.poll(() => nabla.address()).toContain('start=-1.2,1,0.5,1,-1.2');
});

test('the plane of two variables goes through the current point', async ({ nabla, page }) => {
  await nabla.open('f=x^2 + 2y^2 + 3z^2&start=3,2,1&axes=x,y');
  await expect(nabla.plot).toContainText('The plane where z = 1.');
  await nabla.button('Step forward').click();
  await nabla.button('Step forward').click();
  // (1 − 0.6)².
  await expect(nabla.plot).toContainText('The plane where z = 0.16.');
  await expect(nabla.plot).toContainText('the current point lies in it');
  await page.getByRole('combobox', { name: 'Vertical axis' }).selectOption('z');
  await expect.poll(() => nabla.address()).toContain('axes=x,z');
  // y after two steps: 2·0.6².
  await expect(nabla.plot).toContainText('The plane where y = 0.72.');
});

test('the plane of the path is a link’s too', async ({ nabla, page }) => {
  await nabla.open('f=x^2 + 2y^2 + 3z^2&start=3,2,1');
  const toggle = page.getByRole('button', { name: 'Path’s plane' });
  await toggle.click();
  await expect(toggle).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(() => nabla.address()).toContain('axes=principal');
  await nabla.ready();
  await nabla.open(await nabla.address());
  await expect(page.getByRole('button', { name: 'Path’s plane' })).toHaveAttribute('aria-pressed', 'true');
  await expect(nabla.plot).toContainText(/hold 99\.\d+ % of its spread/);
  await expect(nabla.page.getByRole('alert')).toHaveCount(0);
});

test('coordinates by step, drawn and as a table', async ({ nabla }) => {
  await nabla.open('f=x^2 + 2y^2 + 3z^2&start=3,2,1&steps=3');
  await nabla.button('Coordinates').click();
  const region = nabla.region('Coordinates');
  await expect(region).toContainText('At step 0: x = 3, y = 2, z = 1');
  await nabla.button('Last step').click();
  // 3·0.8³, 2·0.6³, 0.4³.
  await expect(region).toContainText('At step 3: x = 1.536, y = 0.432, z = 0.064');
});

test('where WebGL is missing, the surface is not, and the contour plot stays', async ({ nabla, page }) => {
  await page.addInitScript(() => {
    const original = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (
      this: HTMLCanvasElement,
      kind: string,
      ...rest: unknown[]
    ) {
      return /webgl/.test(kind) ? null : Reflect.apply(original, this, [kind, ...rest]);
    } as typeof original;
  });
  await nabla.open('view=surface');
  await expect(nabla.plot).toContainText('WebGL is missing or switched off');
  await expect(nabla.plot.locator('.contourlayer path').first()).toBeAttached();
  await nabla.button('Surface').click();
  await expect(nabla.plot).not.toContainText('WebGL is missing');
});
