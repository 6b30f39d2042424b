import { defineConfig } from '@playwright/test';
import { browserOptions } from './scripts/browser.mjs';
import { freePort } from './scripts/port.mjs';

// Workers read this file too, and inherit the port that the first reading chose.
process.env.NABLA_PORT ??= String(await freePort());
const baseURL = `http://127.0.0.1:${process.env.NABLA_PORT}/`;

/** The built page in a real Chromium: `npm run build`, then `npm run e2e`. Nothing is tried twice. */
export default defineConfig({
  testDir: 'e2e',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    baseURL,
    viewport: { width: 1440, height: 900 },
    launchOptions: browserOptions(),
    screenshot: 'only-on-failure',
  },
  webServer: {
    command: `npx vite preview --host 127.0.0.1 --port ${process.env.NABLA_PORT} --strictPort`,
    url: baseURL,
    reuseExistingServer: false,
  },
});
