/**
 * Takes the pictures of the documentation from the built page: npm run build, then node scripts/screenshots.mjs [name…]
 */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { browserOptions } from './browser.mjs';
import { freePort } from './port.mjs';

const rosenbrock = 'f=(1 - x)^2 + 100(y - x^2)^2&start=-1.2,1&method=gd&lr=0.001&steps=1000&k=400';
const shots = [
  { name: 'nabla', fragment: rosenbrock, size: [1440, 900], scheme: 'light' },
  { name: 'nabla-dark', fragment: rosenbrock, size: [1440, 900], scheme: 'dark' },
  { name: 'nabla-tablet', fragment: '', size: [820, 1180], scheme: 'light' },
  { name: 'nabla-phone', fragment: '', size: [390, 844], scheme: 'light' },
];

const folder = fileURLToPath(new URL('../docs/screenshots/', import.meta.url));
mkdirSync(folder, { recursive: true });
const server = await preview({ logLevel: 'error', preview: { host: '127.0.0.1', port: await freePort() } });
const [address] = server.resolvedUrls?.local ?? [];

const wanted = process.argv.slice(2);
const browser = await chromium.launch(browserOptions());
for (const { name, fragment, size, scheme } of shots) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const page = await browser.newPage({ viewport: { width: size[0], height: size[1] }, colorScheme: scheme });
  await page.goto(`${address}#${encodeURI(fragment)}`);
  await page.locator('[data-ready="true"]').waitFor();
  await page.locator('.katex').first().waitFor();
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `${folder}${name}.png` });
  await page.close();
  console.log(`docs/screenshots/${name}.png`);
}
await browser.close();
await server.close();
