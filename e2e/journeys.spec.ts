import { expect, test } from './nabla.ts';

test('an empty link shows the lesson, and its last step is where 0.8⁵⁰ leads', async ({ nabla }) => {
  await nabla.open();
  await expect(nabla.formula).toHaveValue('w1^2 + w2^2');
  await expect(nabla.start).toHaveValue('5, 3');
  await expect(nabla.status).toContainText('Step 0 of 50');
  await expect(nabla.plot).toHaveAttribute('data-outcome', 'step limit');
  await nabla.button('Last step').click();
  await expect(nabla.status).toContainText('Step 50 of 50');
  // (5·0.8⁵⁰, 3·0.8⁵⁰)
  await expect(nabla.status).toContainText(/7\.136/);
  await expect(nabla.status).toContainText(/4\.281|4\.282/);
});

test('type a function and see it', async ({ nabla }) => {
  await nabla.open();
  await nabla.formula.fill('x^2 + 3y^2 + x y');
  await nabla.start.fill('2, -1');
  await nabla.ready();
  await nabla.expectTable('Gradient', [[3, -4]]);
  await nabla.expectTable('Hessian', [
    [2, 1],
    [1, 6],
  ]);
  await expect(nabla.status).toContainText('Step 0 of 50');
  await expect(nabla.region('Jacobian')).toHaveCount(0);
  await expect(nabla.region('Gradient').locator('.katex').first()).toBeVisible();
  await expect(nabla.plot.locator('.contourlayer path').first()).toBeAttached();
});

test('a vector function shows its Jacobian', async ({ nabla }) => {
  await nabla.open();
  await nabla.formula.fill('[x1 x2, x1 + x2^2]');
  await nabla.start.fill('2, 1');
  await nabla.ready();
  await nabla.expectTable('Jacobian', [
    [1, 2],
    [1, 2],
  ]);
  // Jᵀ·F with F = (2, 3).
  await nabla.expectTable('Gradient', [[5, 10]]);
});

test('step through', async ({ nabla, page }) => {
  await nabla.open();
  const first = nabla.button('First step');
  await expect(first).toBeDisabled();
  await nabla.button('Step forward').click();
  await nabla.button('Step forward').click();
  await expect(nabla.status).toContainText('Step 2 of 50');
  // w₂ = 0.8²·(5, 3), ∇f = 2·w₂.
  await nabla.expectTable('Gradient', [[6.4, 3.84]]);
  await expect(nabla.region('Update rule')).toContainText('(3.2, 1.92)');
  await expect(nabla.region('Update rule')).toContainText('(2.56, 1.536)');
  await nabla.button('Step back').click();
  await expect(nabla.status).toContainText('Step 1 of 50');
  await nabla.step.fill('10');
  await expect(nabla.status).toContainText('Step 10 of 50');

  await page.locator('h1').click();
  await page.keyboard.press('ArrowRight');
  await expect(nabla.status).toContainText('Step 11 of 50');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Home');
  await expect(nabla.status).toContainText('Step 0 of 50');
  await page.keyboard.press('End');
  await expect(nabla.status).toContainText('Step 50 of 50');
});

test('play goes on by itself, and pause stops it', async ({ nabla, page }) => {
  await nabla.open();
  await nabla.button('Play').click();
  await expect(nabla.status).toContainText(/Step [1-9]\d* of 50/);
  await nabla.button('Pause').click();
  await expect(nabla.button('Play')).toBeVisible();
  await page.locator('h1').click();
  await page.keyboard.press('Space');
  await expect(nabla.button('Pause')).toBeVisible();
});

test('drag the start, and the path follows under the pointer', async ({ nabla, page }) => {
  await nabla.open();
  const contour = nabla.plot.locator('.contourlayer').first();
  await contour.evaluate((element) => element.setAttribute('data-seen', 'yes'));
  const box = (await nabla.marker.boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 60, y + 40, { steps: 5 });
  await expect(nabla.start).not.toHaveValue('5, 3');
  await page.mouse.move(x - 120, y + 80, { steps: 5 });
  await page.mouse.up();
  await nabla.ready();
  const start = (await nabla.start.inputValue()).split(',').map(Number);
  expect(start[0]).toBeLessThan(5);
  expect(start[1]).toBeLessThan(3);
  // The gradient of w1² + w2² is twice the point, as far as it is rounded.
  const [gradient] = await nabla.table('Gradient');
  expect(gradient?.[0]).toBeCloseTo(2 * start[0]!, 1);
  expect(gradient?.[1]).toBeCloseTo(2 * start[1]!, 1);
  await expect.poll(() => nabla.address()).toContain(`start=${start.join(',')}`);
});

test('the start is moved by arrow keys and put by a click', async ({ nabla, page }) => {
  await nabla.open();
  await nabla.marker.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(nabla.start).not.toHaveValue('5, 3');
  const moved = (await nabla.start.inputValue()).split(',').map(Number);
  expect(moved[0]).toBeLessThan(5);
  expect(moved[1]).toBe(3);
  await nabla.ready();
  const area = (await nabla.plot.locator('.plotly-chart').boundingBox())!;
  await page.mouse.click(area.x + area.width * 0.35, area.y + area.height * 0.65);
  await expect.poll(async () => Number((await nabla.start.inputValue()).split(',')[0])).toBeLessThan(0);
  await nabla.ready();
});

test('open a link and see what was set', async ({ nabla }) => {
  await nabla.open('f=(1-x)^2+100(y-x^2)^2&start=-1.2,1&method=gd&lr=0.001&steps=20&k=3&x=-2,2&y=-1,3');
  await expect(nabla.formula).toHaveValue('(1-x)^2+100(y-x^2)^2');
  await expect(nabla.start).toHaveValue('-1.2, 1');
  await expect(nabla.steps).toHaveValue('20');
  await expect(nabla.page.getByRole('spinbutton', { name: 'Learning rate' })).toHaveValue('0.001');
  await expect(nabla.status).toContainText('Step 3 of 20');
  await nabla.button('First step').click();
  // ∇f(−1.2, 1) = (−2(1 − x) − 400x(y − x²), 200(y − x²)) and the Hessian of Rosenbrock's function there.
  await nabla.expectTable('Gradient', [[-215.6, -88]]);
  await nabla.expectTable('Hessian', [
    [1330, 480],
    [480, 200],
  ]);
});

test('every example opens', async ({ nabla }) => {
  test.slow();
  await nabla.open();
  const ids = await nabla.examples
    .locator('option:not([disabled])')
    .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
  expect(ids.length).toBeGreaterThanOrEqual(8);
  for (const id of ids) {
    await nabla.examples.selectOption(id);
    await nabla.ready();
    await expect(nabla.page.getByRole('alert'), id).toHaveCount(0);
    await expect(nabla.status, id).toContainText('Step 0 of');
  }
});
