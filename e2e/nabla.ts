import { test as base, type ConsoleMessage, expect, type Locator, type Page } from '@playwright/test';

export { expect };

/** The page as a person finds it: by roles and accessible names. */
export class Nabla {
  readonly formula: Locator;
  readonly start: Locator;
  readonly method: Locator;
  readonly steps: Locator;
  readonly examples: Locator;
  readonly plot: Locator;
  readonly marker: Locator;
  readonly step: Locator;
  readonly status: Locator;

  constructor(readonly page: Page) {
    this.formula = page.getByRole('textbox', { name: 'Function' });
    this.start = page.getByRole('textbox', { name: 'Starting point' });
    this.method = page.getByRole('combobox', { name: 'Method' });
    this.steps = page.getByRole('spinbutton', { name: 'Steps' });
    this.examples = page.getByRole('combobox', { name: 'Examples' });
    this.plot = page.getByRole('region', { name: 'Plot' });
    this.marker = page.getByRole('button', { name: /^Start marker/ });
    this.step = page.getByRole('slider', { name: 'Step', exact: true });
    this.status = page.getByRole('status', { name: 'Current step' });
  }

  /** Opens a link by its fragment, in a page that is loaded anew, and waits until it is drawn. */
  async open(fragment = ''): Promise<void> {
    await this.load(fragment);
    await this.ready();
  }

  async load(fragment = ''): Promise<void> {
    await this.page.goto('about:blank');
    await this.page.goto(fragment === '' ? './' : `./#${fragment}`);
  }

  /** What is drawn answers the present settings. */
  async ready(): Promise<void> {
    await expect(this.plot).toHaveAttribute('data-ready', 'true');
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  region(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true });
  }

  /** The numbers of the table in a region, row by row. */
  async table(name: string): Promise<number[][]> {
    const rows = this.region(name).getByRole('table').getByRole('row');
    const texts = await rows.evaluateAll((elements) =>
      elements.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '')),
    );
    return texts.filter((row) => row.some((cell) => /\d/.test(cell))).map((row) => row.map(toNumber));
  }

  /** Waits until the table in a region holds these numbers. */
  async expectTable(name: string, numbers: readonly (readonly number[])[]): Promise<void> {
    await expect.poll(() => this.table(name)).toEqual(numbers);
  }

  /** The fragment in the address bar, decoded for reading. */
  async address(): Promise<string> {
    return decodeURIComponent(new URL(this.page.url()).hash.slice(1));
  }
}

/** A number as the page writes it: `−1.5`, `7.1362e−5`, `7.1362·10⁻⁵`, `1 234`. */
export function toNumber(text: string): number {
  const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
  const plain = text
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => String(superscripts.indexOf(digit)))
    .replace(/[−⁻]/g, '-')
    .replace(/\s*[·×]\s*10(?=-?\d)/, 'e')
    .replace(/[\s\u202f\u2009]/g, '');
  return Number(plain);
}

/** The page with every test's promise: no console error or warning, no uncaught error, nothing from elsewhere. */
export const test = base.extend<{ nabla: Nabla; quiet: string[] }>({
  quiet: [
    async ({ page, baseURL }, use) => {
      const noise: string[] = [];
      page.on('console', (message: ConsoleMessage) => {
        if (message.type() === 'error' || message.type() === 'warning') noise.push(message.text());
      });
      page.on('pageerror', (error) => noise.push(String(error)));
      page.on('request', (request) => {
        const url = request.url();
        if (!url.startsWith(baseURL ?? '') && !/^(data|blob|about):/.test(url)) noise.push(`asked ${url}`);
      });
      await use(noise);
      expect(noise).toEqual([]);
    },
    { auto: true },
  ],
  nabla: async ({ page }, use) => {
    await use(new Nabla(page));
  },
});
