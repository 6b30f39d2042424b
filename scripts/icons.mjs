/** Paints public/favicon.svg at the sizes that phones and manifests ask for: node scripts/icons.mjs */
import { readFile } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import { browserOptions } from './browser.mjs';

const svg = await readFile(new URL('../public/favicon.svg', import.meta.url), 'utf8');
const browser = await chromium.launch(browserOptions());
for (const size of [180, 192, 512]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(
    `<body style="margin:0">${svg.replace('<svg ', `<svg width="${size}" height="${size}" `)}`,
  );
  const path = new URL(`../public/icon-${size}.png`, import.meta.url).pathname;
  await page.screenshot({ path, omitBackground: true });
  await page.close();
}
await browser.close();
