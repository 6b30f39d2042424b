import { expect, test } from './nabla.ts';

test('f and its gradient stand at the pointer, computed there', async ({ nabla, page }) => {
  await nabla.open('f=x^2y&start=1,1&x=-2,2&y=-2,2');
  const area = (await page.locator('.stage-field').boundingBox())!;
  await page.mouse.move(area.x + 0.75 * area.width, area.y + 0.25 * area.height);
  const reading = page.locator('.pointer-reading');
  const numbers = async () => (await reading.textContent())?.match(/-?\d+(\.\d+)?/g)?.map(Number) ?? [];
  await expect.poll(async () => (await numbers()).length).toBe(5);
  const [x, y, f, along, across] = (await numbers()) as [number, number, number, number, number];
  expect(x).toBeCloseTo(1, 1);
  expect(y).toBeCloseTo(1, 1);
  // ∇(x²y) = (2xy, x²), with what four digits of x and y leave.
  expect(f).toBeCloseTo(x * x * y, 2);
  expect(along).toBeCloseTo(2 * x * y, 2);
  expect(across).toBeCloseTo(x * x, 2);
});

test('a click puts the start, a double click fits the window and leaves the start where it was', async ({
  nabla,
  page,
}) => {
  await nabla.open('f=x^2%2By^2&start=1,1&x=-8,8&y=-8,8');
  const area = (await page.locator('.stage-field').boundingBox())!;
  const [left, top] = [area.x + 0.25 * area.width, area.y + 0.25 * area.height];
  await page.mouse.dblclick(left, top);
  await expect.poll(() => nabla.address()).not.toContain('x=-8');
  await expect(nabla.start).toHaveValue('1, 1');
  await nabla.ready();
  // Elsewhere: it is no third click of the same.
  await page.mouse.click(left + 0.4 * area.width, top);
  await expect(nabla.start).not.toHaveValue('1, 1');
});

test('the Tab key comes to the function before the plot beside it', async ({ nabla, page }) => {
  await nabla.open();
  await page.getByRole('button', { name: 'Share' }).focus();
  await page.keyboard.press('Tab');
  await expect(nabla.formula).toBeFocused();
});

test.describe('by touch', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('two fingers scale the window, and the start stays', async ({ nabla, page }) => {
    await nabla.open('f=x^2%2By^2&start=1,1&x=-4,4&y=-3,3');
    const area = (await page.locator('.stage-field').boundingBox())!;
    const fingers = (apart: number) =>
      [-apart, apart].map((dx, id) => ({
        x: area.x + area.width / 2 + dx,
        y: area.y + area.height / 2,
        id,
      }));
    const session = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: ReturnType<typeof fingers>) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints });
    await touch('touchStart', fingers(40).slice(0, 1));
    await touch('touchStart', fingers(40));
    for (const apart of [50, 60, 80]) await touch('touchMove', fingers(apart));
    await touch('touchEnd', []);
    // Twice as far apart: half of −4 … 4.
    await expect.poll(() => nabla.address()).toMatch(/x=-2(\.0\d*)?,2(\.0\d*)?(&|$)/);
    await expect(nabla.start).toHaveValue('1, 1');
  });

  test('the current step is in view whatever panel is open', async ({ nabla, page }) => {
    await nabla.open('k=3');
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click();
      await expect(nabla.status).toBeVisible();
      await expect(nabla.status).toContainText('Step 3 of 50');
    }
  });
});
