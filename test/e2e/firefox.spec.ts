/** The built page in Firefox, over WebDriver BiDi: it trains there on WebAssembly. */
import { expect, test } from '@playwright/test';
import { openFirefox, stepOf } from './firefox.ts';

const firefox = openFirefox();

for (const dataset of ['digits', 'syllables'])
  test(`opens, trains, measures, pauses and goes on in Firefox: ${dataset}`, async () => {
    const { page, complaints, statusText } = firefox;
    const settings = {
      'data.dataset': dataset,
      'model.width': '16',
      'model.depth': '1',
      'model.heads': '1',
      'optimiser.batch': '4',
      // A busy machine takes its time with every click.
      'optimiser.steps': '100000',
    };
    await page.goto(`${process.env.PATCHWORK_URL}?${new URLSearchParams(settings)}`);
    await firefox.isReady();
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
