import { expect, test } from './nabla.ts';

test('back and forward go through finished changes', async ({ nabla, page }) => {
  await nabla.open();
  await nabla.examples.selectOption('rosenbrock');
  await nabla.ready();
  await nabla.examples.selectOption('himmelblau');
  await nabla.ready();
  const himmelblau = await nabla.formula.inputValue();
  await page.goBack();
  await expect(nabla.formula).toHaveValue('(1 - x)^2 + 100(y - x^2)^2');
  await nabla.ready();
  await page.goBack();
  await expect(nabla.formula).toHaveValue('w1^2 + w2^2');
  await nabla.ready();
  await page.goForward();
  await page.goForward();
  await expect(nabla.formula).toHaveValue(himmelblau);
  await nabla.ready();
});

test('a drag is one entry of the history', async ({ nabla, page }) => {
  await nabla.open();
  const before = await page.evaluate(() => history.length);
  const box = (await nabla.marker.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x - 100, box.y + 50, { steps: 12 });
  await page.mouse.up();
  await nabla.ready();
  expect(await page.evaluate(() => history.length)).toBe(before + 1);
  await page.goBack();
  await expect(nabla.start).toHaveValue('5, 3');
});

test('a text that is typed is one entry of the history', async ({ nabla, page }) => {
  await nabla.open();
  const before = await page.evaluate(() => history.length);
  await nabla.formula.press('ControlOrMeta+A');
  await nabla.formula.pressSequentially('x^4 + y^2');
  await nabla.formula.blur();
  await nabla.ready();
  expect(await page.evaluate(() => history.length)).toBe(before + 1);
  await expect.poll(() => nabla.address()).toContain('f=x^4 + y^2');
});

test('an address that is edited by hand is followed', async ({ nabla, page }) => {
  await nabla.open();
  await page.evaluate(() => {
    location.hash = 'f=x^2+2y^2&start=1,1';
  });
  await expect(nabla.formula).toHaveValue('x^2+2y^2');
  await nabla.ready();
  await nabla.expectTable('Gradient', [[2, 4]]);
});

test('the step that is looked at is in the address, and a reload keeps everything', async ({
  nabla,
  page,
}) => {
  await nabla.open('f=x^2+3y^2&start=2,1&lr=0.05');
  await nabla.step.fill('7');
  await expect.poll(() => nabla.address()).toContain('k=7');
  await page.reload();
  await nabla.ready();
  await expect(nabla.status).toContainText('Step 7 of 50');
  await expect(nabla.formula).toHaveValue('x^2+3y^2');
});

test('Share copies a link with every setting, and another person sees the same', async ({
  nabla,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await nabla.open();
  await nabla.formula.fill('x^2 + 3y^2');
  await nabla.ready();
  await nabla.button('Step forward').click();
  await nabla.button('Share').click();
  await expect(page.getByRole('status').filter({ hasText: /copied/i })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  for (const key of ['f', 'start', 'method', 'lr', 'steps', 'tol', 'view', 'x', 'y', 'k', 'v']) {
    expect(link).toMatch(new RegExp(`[#&]${key}=`));
  }
  const here = await nabla.status.textContent();
  const window = /&x=[^&]*&y=[^&]*/.exec(link)?.[0];
  expect(window).toBeTruthy();

  await page.goto('about:blank');
  await page.goto(link);
  await nabla.ready();
  await expect(nabla.formula).toHaveValue('x^2 + 3y^2');
  await expect(nabla.status).toHaveText(here ?? '');
  await nabla.button('Share').click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(link);
});
