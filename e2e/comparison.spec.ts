import { expect, test } from './nabla.ts';

const race =
  'f=(1-x)^2+100(y-x^2)^2&start=-1.2,1&method=gd&lr=0.002&method=newton-damped&method=adam&lr=0.1&start=1,0.5&steps=60';

test('a link opens a comparison, whose runs are set apart, raced and removed', async ({ nabla, page }) => {
  await nabla.open(`${race}&k=3`);
  await expect(nabla.status).toContainText(/^Step 3 of 60/);
  await expect(nabla.region('Run 2').getByRole('combobox', { name: 'Method' })).toHaveValue('newton-damped');
  await expect(nabla.region('Run 3').getByRole('textbox', { name: 'Start of this run' })).toHaveValue(
    '1, 0.5',
  );

  await page.getByRole('radio', { name: 'Adam' }).check();
  await expect(nabla.status).toContainText('Adam');
  await page.getByRole('combobox', { name: 'Race by' }).selectOption('steps');
  await nabla.ready();
  expect(await nabla.address()).toContain('clock=steps');

  await nabla.region('Run 3').getByRole('button', { name: 'Remove' }).click();
  await nabla.region('Run 2').getByRole('button', { name: 'Remove' }).click();
  await nabla.ready();
  await expect(nabla.region('Run 1')).toHaveCount(0);
  expect(await nabla.address()).not.toContain('newton');
});

test('a method is added, and a click on the convergence chart goes to that step', async ({ nabla }) => {
  await nabla.open('f=x^2+4y^2&start=3,2&method=gd&lr=0.05&steps=40');
  const chart = nabla
    .region('Convergence')
    .getByRole('slider', { name: 'Place on the chart of convergence' });
  const box = await chart.boundingBox();
  await chart.click({ position: { x: (box?.width ?? 0) / 2, y: 20 } });
  await expect(nabla.status).toContainText(/^Step 20 of 40/);
  await nabla.button('Add method').click();
  await nabla.ready();
  await expect(nabla.region('Run 2')).toBeVisible();
  await expect(nabla.region('Outcomes').getByRole('row')).toHaveCount(3);
});

test('100,000 steps are taken, drawn and looked at', async ({ nabla }) => {
  await nabla.open(`${race.replace('steps=60', 'steps=100000')}&tol=0`);
  await nabla.button('Last step').click();
  await expect(nabla.status).toContainText(/^Step \d+ of 100000/);
  await expect(nabla.plot).toHaveAttribute('data-ready', 'true');
});
