import { expect, test, toNumber } from './nabla.ts';

/** Numbers of the right-hand side of a figure such as `κ 2508.01 condition number`. */
const number = (text: string | null): number => toNumber(/-?[\d.]+(e-?\d+)?|∞/.exec(text ?? '')?.[0] ?? '');

test('the lesson: λ = 2 and 2, κ = 1, stable up to 1, and the best rate lands in the minimum', async ({
  nabla,
  page,
}) => {
  await nabla.open();
  const region = nabla.region('Curvature');
  await expect(region).toContainText('Bowl.');
  const cells = region.getByRole('table').getByRole('row');
  await expect(cells.nth(1)).toContainText(/λ₁\s*2\(/);
  await expect(cells.nth(2)).toContainText(/λ₂\s*2\(/);
  const figure = (name: string) => region.locator('dl > div').filter({ hasText: name }).locator('dd');
  expect(number(await figure('condition number').textContent())).toBe(1);
  expect(number(await figure('largest stable rate').textContent())).toBe(1);
  await region.getByRole('button', { name: 'Use α = 0.5' }).click();
  await expect(page.getByRole('spinbutton', { name: 'Learning rate' })).toHaveValue('0.5');
  await expect(nabla.status).toContainText('of 1');
});

test('Rosenbrock at its minimum: 0.399, 1001.6, κ = 2508, 2/λmax = 0.0019968', async ({ nabla }) => {
  await nabla.open('f=(1-x)^2%2B100*(y-x^2)^2&start=1,1&lr=0.001');
  const region = nabla.region('Curvature');
  await expect(region).toContainText('a minimum');
  const rows = await region
    .getByRole('table')
    .getByRole('row')
    .evaluateAll((all) => all.map((row) => row.querySelector('td + td, th + td')?.textContent ?? ''));
  const [low, high] = rows.slice(1).map(toNumber);
  // Of H = (802, −400; −400, 200), by λ² − 1002λ + 400 = 0.
  expect(low).toBeCloseTo(0.39936, 5);
  expect(high).toBeCloseTo(1001.6, 1);
  const figure = (name: string) => region.locator('dl > div').filter({ hasText: name }).locator('dd');
  expect(number(await figure('condition number').textContent())).toBeCloseTo(2508, 0);
  expect(number(await figure('largest stable rate').textContent())).toBeCloseTo(0.0019968, 7);
});

test('the learning rate says which side of the limit it is on, and follows the step', async ({
  nabla,
  page,
}) => {
  await nabla.open('f=(1-x)^2%2B100*(y-x^2)^2&start=-1.2,1&lr=0.0011&steps=20');
  const rate = page.getByRole('spinbutton', { name: 'Learning rate' });
  await expect(rate).toHaveAccessibleDescription(/^Stable: below 0\.001328 = 2\/λmax/);
  await rate.fill('0.0015');
  await expect(rate).toHaveAccessibleDescription(/^Unstable/);
  // Closed, it asks nothing and colours nothing.
  await page.getByRole('button', { name: 'Curvature', exact: true }).click();
  await expect(rate).not.toHaveAccessibleDescription(/table/);
});

test('landmarks are listed, marked by shape, and one can start there', async ({ nabla, page }) => {
  await nabla.open('f=(x^2%2By-11)^2%2B(x%2By^2-7)^2&start=0,0&x=-5,5&y=-5,5');
  await page.getByRole('button', { name: 'Landmarks' }).click();
  const region = nabla.region('Landmarks');
  await expect(region).toContainText('4 minima, 4 saddles and 1 maximum in the window. These are all');
  for (const [kind, count] of [
    ['minimum', 4],
    ['saddle', 4],
    ['maximum', 1],
  ] as const) {
    await expect(nabla.plot.locator(`.landmark.${kind}`)).toHaveCount(count);
  }
  await region.getByRole('button', { name: 'Start at (3, 2)' }).click();
  await expect(nabla.start).toHaveValue('3, 2');
});

test('minima along a circle are a curve', async ({ nabla, page }) => {
  await nabla.open('f=(x^2%2By^2-1)^2&start=1.5,0.5&x=-2,2&y=-2,2');
  await page.getByRole('button', { name: 'Landmarks' }).click();
  await expect(nabla.region('Landmarks')).toContainText('Minima form a curve');
  await expect(nabla.plot.locator('.landmark-curve.minimum')).toHaveCount(1);
});

test('local models: the Newton step, and errors with slopes 2 and 3', async ({ nabla, page }) => {
  await nabla.open('f=(1-x)^2%2B100*(y-x^2)^2&start=-1.2,1&lr=0.001');
  await page.getByRole('button', { name: 'Local models' }).click();
  const region = nabla.region('Local models');
  // H⁻¹g with H = (1330, 480; 480, 200), g = (−215.6, −88): the step (0.0247, 0.3807).
  await expect(region).toContainText('minimum is at (-1.1753, 1.3807)');
  await expect(region).toContainText(/linear model’s error has slope 2\.0\d ≈ 2/);
  await expect(region).toContainText(/quadratic model’s error has slope (3\.0\d|2\.9\d) ≈ 3/);
  await expect(nabla.plot.locator('.ghost.quadratic')).toHaveCount(1);
  await expect(nabla.plot.locator('.ghost.linear')).toHaveCount(0);
  await region.getByRole('checkbox', { name: 'Linear model' }).check();
  await expect(nabla.plot.locator('.ghost.linear')).toHaveCount(1);
  await region.getByText('As a table').click();
  await expect(region.getByRole('table')).toBeVisible();
});

test('the derivatives are checked against differences', async ({ nabla, page }) => {
  await nabla.open('f=sin(x*y)%2By^3&start=0.7,1.3');
  const line = page.getByText(/Checked against differences: within/);
  await line.click();
  await expect(page.getByRole('table', { name: 'What was compared' })).toContainText('Hessian');
});

test('what a Hessian costs is counted, measured with progress, and can be stopped', async ({
  nabla,
  page,
}) => {
  await nabla.open('f=sum(x[i]^2, i=1..50)&lr=0.1');
  await page.getByRole('button', { name: 'What a Hessian costs' }).click();
  const region = nabla.region('What a Hessian costs');
  await expect(region.getByRole('row', { name: /^Hessian/ })).toContainText('2500');
  await region.getByRole('button', { name: 'Measure here' }).click();
  await expect(region.getByRole('progressbar')).toBeVisible();
  await expect(region.getByRole('img', { name: /Time of a step/ })).toBeVisible();
  // The page goes on meanwhile.
  await nabla.button('Step forward').click();
  await expect(nabla.status).toContainText('Step 1 of');
  await region.getByRole('button', { name: 'Stop' }).click();
  await expect(region.getByRole('progressbar')).toHaveCount(0);
  await expect(region.getByRole('button', { name: 'Measure again' })).toBeVisible();
});

test('what is laid over the plot lies exactly on it, with wide labels of the colour bar too', async ({
  nabla,
  page,
}) => {
  await page.setViewportSize({ width: 820, height: 1180 });
  await nabla.open('f=x^2*y^2-x*y%2Bx^2&start=1,1&lr=0.05');
  const box = (selector: string) => nabla.plot.locator(selector).first().boundingBox();
  const [drawn, laid] = [await box('.plotly-chart .nsewdrag'), await box('.stage-marks')];
  for (const side of ['x', 'y', 'width', 'height'] as const) {
    expect(Math.abs(drawn![side] - laid![side])).toBeLessThan(1);
  }
});
