/** The built page in Firefox, over WebDriver BiDi: it trains there on WebAssembly. */
import { expect, test } from '@playwright/test';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { findBrowser } from '../../scripts/browsers.mjs';

const executablePath = findBrowser('firefox');
let browser: Browser;
let page: Page;
/** Everything that may not happen. */
const complaints: string[] = [];

test.beforeAll(async () => {
  if (executablePath === undefined) throw new Error('There is no Firefox: install it, or name it in FIREFOX_PATH.');
  // The window has its size from the start: setting a viewport asks for commands that Firefox ESR 140 does not know.
  const args = ['--width=1440', '--height=900'];
  browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true, defaultViewport: null, args });
});

test.beforeEach(async () => {
  complaints.length = 0;
  page = await browser.newPage();
  page.on('pageerror', (error) => complaints.push(`exception: ${String(error)}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
});

test.afterAll(() => browser?.close());

const statusText = () => page.$eval('[role=status][aria-label="Run status"]', (element) => element.textContent ?? '');
const stepOf = (text: string) => Number(/step ([\d,]+) of/.exec(text)?.[1]?.replaceAll(',', '') ?? Number.NaN);

for (const dataset of ['digits', 'syllables'])
  test(`opens, trains, measures, pauses and goes on in Firefox: ${dataset}`, async () => {
    const settings = {
      'data.dataset': dataset,
      'model.width': '16',
      'model.depth': '1',
      'model.heads': '1',
      'optimiser.batch': '4',
    };
    await page.goto(`${process.env.PATCHWORK_URL}?${new URLSearchParams(settings)}`);
    await expect.poll(statusText, { timeout: 60_000 }).toMatch(/Ready step 0 of/);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);

    await page.locator('::-p-aria([name="Train"][role="button"])').click();
    await expect.poll(async () => stepOf(await statusText()), { timeout: 60_000 }).toBeGreaterThan(30);
    await page.locator('::-p-aria([name="Pause"][role="button"])').click();
    await expect.poll(statusText).toMatch(/Paused/);
    const paused = stepOf(await statusText());

    // What runs, and what was measured.
    expect(await page.$eval('header', (element) => element.textContent)).toMatch(/WebAssembly/);
    await expect
      .poll(() => page.$eval('[aria-label="Board"]', (board) => board.querySelectorAll('canvas').length))
      .toBeGreaterThan(3);
    await expect
      .poll(() => page.$eval('[aria-label="Curves"]', (curves) => curves.textContent ?? ''), { timeout: 60_000 })
      .toMatch(/held-out/);

    await page.locator('::-p-aria([name="Train"][role="button"])').click();
    await expect.poll(async () => stepOf(await statusText()), { timeout: 60_000 }).toBeGreaterThan(paused);
    await page.locator('::-p-aria([name="Pause"][role="button"])').click();
    expect(complaints).toEqual([]);
  });
