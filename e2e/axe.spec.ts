import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { expect, type Nabla, test } from './nabla.ts';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds on the page as it stands: each rule with the places that break it. Asked until the page is at rest. */
async function findings({ page }: Nabla): Promise<string[]> {
  // As the browser's own tools do it, past the content security policy, which would refuse it rightly.
  await page.evaluate(source);
  const results = (await page.evaluate('axe.run()')) as AxeResults;
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary?.replace(/\s+/g, ' ')}`),
  );
}

const states: readonly [name: string, fragment: string][] = [
  ['the lesson', ''],
  ['a step on the way, with a vector function', 'f=[x^2-y, y^2-x]&start=2,1&k=7'],
  ['five variables', 'f=sum(100(x[i%2B1]-x[i]^2)^2%2B(1-x[i])^2,i=1..4)&lr=0.001&k=3'],
  ['one variable, with a slider', 'f=a=2%0Ax^4-a x^2&start=1.5&lr=0.01&k=2'],
  ['a link with nonsense', 'f=x^2%2By^2&lr=fast&steps=-1'],
  ['embedded', 'f=x^2%2By^2&embed=1'],
];

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    for (const [name, fragment] of states) {
      test(`axe finds nothing: ${name}`, async ({ nabla }) => {
        await nabla.open(fragment);
        await expect.poll(() => findings(nabla)).toEqual([]);
      });
    }

    test('axe finds nothing with every panel open, nor beside a mistake', async ({ nabla, page }) => {
      await nabla.open('f=(1-x)^2%2B100(y-x^2)^2&start=-1.2,1&lr=0.001&k=3');
      const closed = page.locator('.fold-button[aria-expanded="false"]');
      while ((await closed.count()) > 0) await closed.first().click();
      await expect(page.getByText('Loading…')).toHaveCount(0);
      await expect.poll(() => findings(nabla)).toEqual([]);
      await nabla.formula.fill('sine(x)');
      await expect(page.getByRole('alert').first()).toBeVisible();
      await expect.poll(() => findings(nabla)).toEqual([]);
    });

    test('axe finds nothing on a phone, whatever tab is open', async ({ nabla, page }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await nabla.open('k=2');
      for (const tab of await page.getByRole('tab').all()) {
        await tab.click();
        await expect.poll(() => findings(nabla)).toEqual([]);
      }
    });
  });
}
