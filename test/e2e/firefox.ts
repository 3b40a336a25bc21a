/** Firefox for the tests of one file, over WebDriver BiDi. */
import { expect, test } from '@playwright/test';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { findBrowser } from '../../scripts/browsers.mjs';

/** A page for each test, and everything that may not happen on it. */
class Firefox {
  readonly complaints: string[] = [];
  private browser: Browser | undefined;
  private opened: Page | undefined;

  get page(): Page {
    if (this.opened === undefined) throw new Error('the page is opened before each test');
    return this.opened;
  }

  /** @param environment of the browser, over the test's own */
  async start(environment: Record<string, string>): Promise<void> {
    const executablePath = findBrowser('firefox');
    if (executablePath === undefined) throw new Error('There is no Firefox: install it, or name it in FIREFOX_PATH.');
    // The window has its size from the start: setting a viewport asks for commands that Firefox ESR 140 does not know.
    const args = ['--width=1440', '--height=900'];
    const env = { ...process.env, ...environment };
    this.browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath,
      headless: true,
      defaultViewport: null,
      args,
      env,
    });
  }

  async newPage(): Promise<void> {
    const { complaints } = this;
    complaints.length = 0;
    const page = await this.browser?.newPage();
    page?.on('pageerror', (error) => complaints.push(`exception: ${String(error)}`));
    page?.on('console', (message) => {
      if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
    });
    await page?.evaluateOnNewDocument(() => {
      const said: string[] = [];
      Object.assign(globalThis, { said });
      const Plain = globalThis.Worker;
      globalThis.Worker = class extends Plain {
        constructor(...args: ConstructorParameters<typeof Worker>) {
          super(...args);
          const note = (what: string): void => void said.push(`${Math.round(performance.now())} ms ${args[1]?.name}: ${what}`);
          note('started');
          this.addEventListener('error', ({ message }) => note(`broke down, ${message}`));
          this.addEventListener('message', ({ data }) => {
            if (said.length < 100) note([data.type, data.task, data.done, data.phase].filter((one) => one != null).join(' '));
          });
        }
      };
    });
    this.opened = page;
  }

  /** Until a run stands ready. @throws Error with all that workers said, where none does for a minute */
  async isReady(): Promise<void> {
    const ready = expect.poll(this.statusText, { timeout: 60_000 }).toMatch(/Ready step 0 of/);
    await ready.catch(async (error: Error) => {
      const said = await this.page.evaluate(() => (globalThis as unknown as { said: string[] }).said);
      throw new Error(`${error.message}\nWorkers said:\n${said.join('\n')}`);
    });
  }

  end(): Promise<void> | undefined {
    return this.browser?.close();
  }

  statusText = (): Promise<string> =>
    this.page.$eval('[role=status][aria-label="Run status"]', (element) => element.textContent ?? '');

  /** The first control of that name. */
  async click(role: string, name: string): Promise<void> {
    await this.page.locator(`::-p-aria([name="${name}"][role="${role}"])`).click();
  }
}

export type { Firefox };

export function stepOf(text: string): number {
  return Number(/step ([\d,]+) of/.exec(text)?.[1]?.replaceAll(',', '') ?? Number.NaN);
}

/** Firefox is started before the tests of the file and ended after them. @param environment read when it starts */
export function openFirefox(environment: () => Record<string, string> = () => ({})): Firefox {
  const firefox = new Firefox();
  test.beforeAll(() => firefox.start(environment()));
  test.beforeEach(() => firefox.newPage());
  test.afterAll(() => firefox.end());
  return firefox;
}
