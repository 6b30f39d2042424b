/**
 * What a person waits for in the built page, in a real Chromium: from a keystroke to the picture, and from a click on
 * Step forward to the next frame, with the panels hidden, closed and open. The page's own clock counts, from the event
 * to the frame. Prints one line of JSON: null where no browser is found.
 */
import { type Browser, chromium, type Page } from '@playwright/test';
import { build, preview } from 'vite';
import { browserOptions, findBrowser } from '../scripts/browser.mjs';
import { freePort } from '../scripts/port.mjs';
import { median } from './clock.ts';
import { folder } from './engine.ts';

/** Hidden by the link, so that the page has none; closed; or all open. */
const states = ['hidden', 'closed', 'open'] as const;
export type PanelState = (typeof states)[number];

/** Milliseconds, medians. */
export interface Waits {
  readonly picture: number;
  readonly step: number;
}

export interface PageTimes {
  readonly formula: string;
  /** Panels that suit the formula, the present step's lines among them. */
  readonly panels: number;
  /** Of so many keystrokes, and as many clicks. */
  readonly samples: number;
  readonly waits: Readonly<Record<PanelState, Waits>>;
}

/** A digit after each text, and its removal, make another function with other contours and another path. */
const formulas = [
  { name: 'Rosenbrock', text: '(1-x)^2+(y-x^2)^2*10', start: '-1.2,1' },
  { name: 'sum of 10 variables', text: 'sum((1-x[i])^2+(x[i+1]-x[i]^2)^2,i=1..9)*10', start: '' },
];
/** The states take turns, each in a page loaded anew, so that a slow spell of the machine touches all. */
const ROUNDS = 3;
/** Even: a digit and its removal. */
const KEYSTROKES = 6;
/** The first in a new page compile what the next only run. */
const WARMING = 2;

const folds = '.fold-button[aria-expanded]';

async function open(page: Page, url: string, fragment: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${url}#${fragment}`);
  await page.waitForSelector('[aria-label="Plot"][data-ready="true"]');
}

/** Presses every button of a panel that is not as wanted; returns how many there are. */
async function setPanels(page: Page, isOpen: boolean): Promise<number> {
  const others = page.locator(`.fold-button[aria-expanded="${!isOpen}"]`);
  while ((await others.count()) > 0) await others.first().click();
  await page.getByText('Loading…').first().waitFor({ state: 'detached' });
  return page.locator(folds).count();
}

/**
 * Milliseconds from the event that `act` causes to the frame that shows another status and, where a picture is asked
 * for, a plot that is ready again.
 */
async function wait(page: Page, event: 'keydown' | 'click', act: () => Promise<void>): Promise<number> {
  const done = await page.evaluateHandle((type) => {
    const status = document.querySelector('[aria-label="Current step"]')!;
    const plot = document.querySelector('[aria-label="Plot"]')!;
    const before = status.textContent;
    // In the commit that brings a result, data-ready still speaks of the picture before; the stage knows already.
    const drawn = () =>
      plot.getAttribute('data-ready') === 'true' && !plot.querySelector('.stage.behind, .stage.path-behind');
    const finished = () => status.textContent !== before && (type === 'click' || drawn());
    const waited = new Promise<number>((resolve, reject) => {
      setTimeout(() => reject(new Error(`Nothing came of a ${type} in 20 s: ${status.textContent}`)), 20_000);
      addEventListener(
        type,
        ({ timeStamp }) => {
          const observer = new MutationObserver(() => {
            if (!finished()) return;
            requestAnimationFrame(() => {
              if (!finished()) return;
              observer.disconnect();
              resolve(performance.now() - timeStamp);
            });
          });
          observer.observe(document.body, {
            subtree: true,
            childList: true,
            characterData: true,
            attributes: true,
          });
        },
        { capture: true, once: true },
      );
    });
    return { waited };
  }, event);
  await act();
  const waited = await done.evaluate(({ waited }) => waited);
  await done.dispose();
  return waited;
}

async function keystrokes(page: Page, times: number): Promise<number[]> {
  const field = page.getByRole('textbox', { name: 'Function' });
  await field.focus();
  await field.press('ControlOrMeta+End');
  const found: number[] = [];
  for (let k = 0; k < times; k++) {
    found.push(await wait(page, 'keydown', () => page.keyboard.press(k % 2 ? 'Backspace' : '0')));
  }
  return found;
}

async function steps(page: Page, times: number): Promise<number[]> {
  const button = page.getByRole('button', { name: 'Step forward', exact: true });
  const found: number[] = [];
  for (let k = 0; k < times; k++) found.push(await wait(page, 'click', () => button.click()));
  return found;
}

async function measure(
  browser: Browser,
  url: string,
  formula: (typeof formulas)[number],
): Promise<PageTimes> {
  const { name, text, start } = formula;
  const found = Object.fromEntries(
    states.map((state) => [state, { picture: [] as number[], step: [] as number[] }]),
  );
  const shown = `f=${encodeURIComponent(text)}${start && `&start=${start}`}&lr=0.0005&steps=50`;
  let panels = 0;
  for (let round = 0; round < ROUNDS; round++) {
    for (const state of states) {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      await open(page, url, shown);
      if (state === 'hidden') {
        const ids = await page
          .locator(`.panels ${folds}`)
          .evaluateAll((all) => all.map((one) => one.getAttribute('aria-controls')!.replace('fold-', '')));
        await open(page, url, `${shown}&hide=${ids.join(',')}`);
        // The lines of the present step belong to no link.
        const left = await setPanels(page, false);
        if (left > 1) throw new Error(`${left} panels are left of ${ids}.`);
      } else panels = await setPanels(page, state === 'open');
      const { picture, step } = found[state]!;
      picture.push(...(await keystrokes(page, WARMING + KEYSTROKES)).slice(WARMING));
      step.push(...(await steps(page, WARMING + KEYSTROKES)).slice(WARMING));
      await page.close();
      console.error(name, state, picture.at(-1), step.at(-1));
    }
  }
  const waits = Object.fromEntries(
    Object.entries(found).map(([state, { picture, step }]) => [
      state,
      { picture: median(picture), step: median(step) },
    ]),
  ) as Record<PanelState, Waits>;
  return { formula: name, panels, samples: ROUNDS * KEYSTROKES, waits };
}

async function all(): Promise<PageTimes[] | null> {
  if (!findBrowser()) return null;
  const root = process.env.NABLA_ROOT!;
  const outDir = `${folder}/site`;
  await build({ root, logLevel: 'error', build: { outDir, emptyOutDir: true } });
  const server = await preview({
    root,
    logLevel: 'error',
    build: { outDir },
    preview: { host: '127.0.0.1', port: await freePort(), strictPort: true },
  });
  const browser = await chromium.launch(browserOptions());
  try {
    const found: PageTimes[] = [];
    for (const formula of formulas)
      found.push(await measure(browser, server.resolvedUrls!.local[0]!, formula));
    return found;
  } finally {
    await browser.close();
    await server.close();
  }
}

console.log(JSON.stringify(await all()));
