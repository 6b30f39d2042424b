import { expect, test } from './nabla.ts';

test('a mistake in the text is named and marked, and the last good picture stays', async ({
  nabla,
  page,
}) => {
  await nabla.open();
  await nabla.formula.fill('w1^2 + sine(w2)');
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('Did you mean "sin"?');
  await expect(nabla.formula).toHaveAttribute('aria-invalid', 'true');
  await expect(nabla.formula).toHaveValue('w1^2 + sine(w2)');
  await expect(nabla.formula).toHaveAccessibleDescription(/sine/);
  await expect(nabla.plot).toHaveAttribute('data-ready', 'false');
  await nabla.expectTable('Gradient', [[10, 6]]);
  await expect(nabla.plot.locator('.contourlayer path').first()).toBeAttached();

  await nabla.formula.fill('w1^2 + sin(w2)');
  await nabla.ready();
  await expect(alert).toHaveCount(0);
  await expect(nabla.formula).toHaveAttribute('aria-invalid', 'false');
});

test('a start with too many or too few numbers gets its sentence', async ({ nabla, page }) => {
  await nabla.open();
  await nabla.start.fill('1, 2, 3');
  await expect(page.getByRole('alert')).toContainText('3 numbers');
  await expect(nabla.start).toHaveAttribute('aria-invalid', 'true');
  await nabla.start.fill('1');
  await expect(page.getByRole('alert')).toContainText('1 number');
  await nabla.start.fill('one, two');
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(nabla.start).toHaveValue('one, two');
  await nabla.start.fill('1, 2');
  await nabla.ready();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await nabla.expectTable('Gradient', [[2, 4]]);
});

test('a rate that is not a number gets its sentence', async ({ nabla, page }) => {
  await nabla.open();
  const rate = page.getByRole('spinbutton', { name: 'Learning rate' });
  await rate.fill('fast');
  await expect(page.getByRole('alert')).toContainText('Learning rate');
  await expect(rate).toHaveAttribute('aria-invalid', 'true');
  await rate.fill('0.25');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await nabla.ready();
  await nabla.button('Step forward').click();
  // (1 − 2·0.25)·2·(5, 3)
  await nabla.expectTable('Gradient', [[5, 3]]);
});

test('a link full of nonsense opens with a note for each value', async ({ nabla, page }) => {
  await nabla.open(
    'f=x^2+y^2&start=a,b&method=magic&lr=fast&steps=-1&k=x&x=2,1&view=none&__proto__=1&set.<b>=1',
  );
  const note = page.getByRole('alert');
  for (const key of ['start', 'method', 'lr', 'steps', 'k', 'x', 'view', 'set.']) {
    await expect(note).toContainText(`${key}`);
  }
  await expect(nabla.formula).toHaveValue('x^2+y^2');
  await expect(nabla.steps).toHaveValue('50');
});

test('a start of the wrong length in a link is replaced with a note', async ({ nabla, page }) => {
  await nabla.open('f=x^2+y^2+z^2&start=1,2');
  await expect(page.getByRole('alert')).toContainText('3 variables: x, y, z');
  await expect(nabla.start).not.toHaveValue('1, 2');
});

test('a new text with other variables gets a start of its own', async ({ nabla, page }) => {
  await nabla.open('start=1,2');
  await nabla.formula.fill('a^2 + b^2 + c^2');
  await nabla.ready();
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect((await nabla.start.inputValue()).split(',')).toHaveLength(3);
});
