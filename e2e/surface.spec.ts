import { expect, test } from '@playwright/test';
import { browserOptions } from '../scripts/browser.mjs';
import { Nabla } from './nabla.ts';

// Drawn by the processor, since test machines have no graphics card; its driver warns about that in the console.
const { args = [], ...others } = browserOptions();
test.use({
  launchOptions: { ...others, args: [...args, '--use-angle=swiftshader', '--enable-unsafe-swiftshader'] },
});

test('the surface is loaded when it is asked for and stands in the link', async ({ page }) => {
  test.slow();
  const failed: string[] = [];
  const loaded: string[] = [];
  page.on('pageerror', (error) => failed.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && failed.push(message.text()));
  page.on('request', (request) => loaded.push(request.url()));
  const nabla = new Nabla(page);
  await nabla.open();
  expect(loaded.filter((url) => /gl3d|surface/.test(url))).toEqual([]);
  await nabla.button('Surface').click();
  await expect(nabla.plot.locator('canvas').first()).toBeVisible();
  await nabla.ready();
  expect(loaded.some((url) => /gl3d|surface/.test(url))).toBe(true);
  await expect.poll(() => nabla.address()).toContain('view=surface');
  await nabla.button('Step forward').click();
  await expect(nabla.status).toContainText('Step 1 of 50');
  await nabla.ready();
  await nabla.button('Surface').click();
  await expect(nabla.plot.locator('.contourlayer path').first()).toBeAttached();
  await nabla.ready();
  expect(failed).toEqual([]);
});
