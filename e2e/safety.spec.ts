import { expect, test } from './nabla.ts';

test('the policy is in the page, in the headers, and holds', async ({ nabla, page }) => {
  const response = await page.goto('./');
  const policy = response?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain("'unsafe-eval'");
  const meta = page.locator('meta[http-equiv="Content-Security-Policy"]');
  await expect(meta).toHaveAttribute('content', policy);
  await nabla.ready();
});

test('the policy alone in the page is enough: nothing is refused where no header is sent', async ({
  nabla,
  page,
}) => {
  await page.route('**/*', async (route) => {
    const response = await route.fetch();
    const { 'content-security-policy': _, ...headers } = response.headers();
    await route.fulfill({ response, headers });
  });
  await nabla.open();
  await nabla.button('Last step').click();
  await expect(nabla.status).toContainText('Step 50 of 50');
});

test('where WebAssembly is not to be had the answers are the same', async ({ nabla, page }) => {
  await page.route('**/*', async (route) => {
    const response = await route.fetch();
    const policy = response.headers()['content-security-policy'] ?? '';
    const headers = {
      ...response.headers(),
      'content-security-policy': policy.replace(" 'wasm-unsafe-eval'", ''),
    };
    await route.fulfill({ response, headers });
  });
  await nabla.open('f=x^2+3y^2+exp(x/4)&start=2,1&k=5');
  const table = await nabla.table('Gradient');
  await page.unroute('**/*');
  await nabla.open('f=x^2+3y^2+exp(x/4)&start=2,1&k=5');
  expect(await nabla.table('Gradient')).toEqual(table);
});

test('a link cannot bring a script to run', async ({ nabla, page }) => {
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const markup = encodeURIComponent('<img src=x onerror=alert(1)><script>alert(2)</script>');
  await nabla.load(`f=${markup}&start=${markup}&method=${markup}&set.${markup}=1&view=${markup}&${markup}=1`);
  await expect(page.getByRole('alert').first()).toBeVisible();
  expect(await page.locator('img[src="x"], script:not([src])').count()).toBe(0);
  expect(dialogs).toEqual([]);
});

test('a worker that is stuck is started anew, the page says so, and the next function works', async ({
  nabla,
  page,
}) => {
  // The worker of the page, but stuck for ever as soon as a text says so.
  await page.route('**/assets/worker-*.js', async (route) => {
    const response = await route.fetch();
    const trap = 'addEventListener("message",(e)=>{if(e.data.setup?.formula.includes("99x"))for(;;);});';
    await route.fulfill({ response, body: trap + (await response.text()) });
  });
  await nabla.open();
  await nabla.formula.fill('99x^2 + y^2');
  await expect(page.getByRole('alert')).toContainText('too long');
  await expect(nabla.formula).toHaveValue('99x^2 + y^2');
  await nabla.formula.fill('9x^2 + y^2');
  await nabla.ready();
  await expect(page.getByRole('alert')).toHaveCount(0);
});
