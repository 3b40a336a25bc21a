/** What every end-to-end test starts from: the page at work on a tiny run, watched for errors and for requests to elsewhere. */
import { test as base, expect, type Locator, type Page } from '@playwright/test';

/**
 * Pictures that are quickly drawn, and a model of which two cores do a thousand steps a second: so many that a run is under way while a busy
 * browser is looked at. Given as a shared link gives them.
 */
const TINY = {
  backend: 'wasm',
  'data.dataset': 'digits',
  'model.width': '16',
  'model.depth': '1',
  'model.heads': '1',
  'optimiser.batch': '4',
  'optimiser.steps': '40000',
};

export class App {
  /** Everything that may not happen: console errors, exceptions, requests that leave the origin. */
  readonly complaints: string[] = [];

  constructor(readonly page: Page) {
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.complaints.push(`exception: ${error.message}`));
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (/^(https?|wss?):$/.test(protocol) && origin !== new URL(String(process.env.PATCHWORK_URL)).origin) {
        this.complaints.push(`request to ${request.url()}`);
      }
    });
  }

  /** Opens the page with a tiny run, and other settings over it; returns when Train would start it at once. */
  async open(settings: Record<string, string> = {}): Promise<void> {
    await this.page.goto(`./?${new URLSearchParams({ ...TINY, ...settings })}`);
    await this.isReady();
  }

  async isReady(): Promise<void> {
    await expect(this.status).toHaveText(/Ready step 0 of/, { timeout: 45_000 });
  }

  get status(): Locator {
    return this.page.getByRole('status', { name: 'Run status' });
  }

  get alert(): Locator {
    return this.page.getByRole('alert');
  }

  region(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  async step(): Promise<number> {
    const text = (await this.status.textContent()) ?? '';
    return Number(/step ([\d,]+) of/.exec(text)?.[1]?.replaceAll(',', ''));
  }

  /** Waits until that many steps are done. */
  async reach(step: number): Promise<void> {
    await expect.poll(() => this.step(), { timeout: 45_000 }).toBeGreaterThanOrEqual(step);
  }

  /** Resolves once the step counter has stood below `step`, however short: a small run is past it again in half a second. */
  async fallsBelow(step: number): Promise<void> {
    await this.page.waitForFunction(
      (limit) => {
        const text = document.querySelector('[role=status][aria-label="Run status"]')?.textContent ?? '';
        return Number(/step ([\d,]+) of/.exec(text)?.[1]?.replaceAll(',', '')) < limit;
      },
      step,
      { polling: 'raf', timeout: 45_000 },
    );
  }

  /** The numbers of the curves, as a screen reader gets them. */
  async curves(): Promise<string[]> {
    const figures = this.region('Curves').getByRole('figure');
    return figures.evaluateAll((all) =>
      all.map((figure) => figure.querySelector('[role=img]')?.getAttribute('aria-label') ?? ''),
    );
  }
}

export const test = base.extend<{ app: App }>({
  app: async ({ page }, use) => {
    const app = new App(page);
    await use(app);
    expect(app.complaints).toEqual([]);
  },
});

export { expect };
