/** The page stays quick while a minute of sound is decoded, and when something is first heard. */
import { writeFileSync } from 'node:fs';
import type { Browser } from '@playwright/test';
import { mainThreadOf, TRACE_CATEGORIES } from '../../scripts/trace.mjs';
import { type App, expect, test } from './app.ts';
import { longMp3, longOgg } from './longSounds.ts';
import { slowness } from './machine.ts';

/** Milliseconds of a task that is felt, on the usual machine. */
const LONG_TASK = 50;

async function longestTask(browser: Browser, app: App, what: string, work: () => Promise<void>): Promise<number> {
  await browser.startTracing(app.page, { categories: TRACE_CATEGORIES });
  const begun = performance.now();
  await work();
  const seconds = (performance.now() - begun) / 1000;
  const { longest, busy } = mainThreadOf(await browser.stopTracing());
  console.log(`${what}: ${seconds.toFixed(1)} s, longest task ${longest.toFixed(1)} ms, main thread busy ${busy.toFixed(0)} ms`);
  return longest;
}

for (const [name, make] of [
  ['minute.mp3', longMp3],
  ['minute.ogg', longOgg],
] as const) {
  test(`decodes 60 s without a long task: ${name}`, async ({ app, browser }, info) => {
    // On the disk: what a test sends a page is a task of its own.
    const file = info.outputPath(name);
    writeFileSync(file, make(60));
    await app.open({ 'data.dataset': 'syllables' });
    const data = app.region('Data');
    const longest = await longestTask(browser, app, name, async () => {
      await app.page.getByLabel('Add files', { exact: true }).setInputFiles(file);
      await expect(data).toContainText(/\b(59|6\d) clips/, { timeout: 60_000 });
    });
    expect(longest).toBeLessThan(LONG_TASK * (await slowness(app.page)));
  });
}

test('does not wait for the sound card when something is heard for the first time', async ({ app, browser }) => {
  // What an AudioContext waits for shows on the clock only.
  await app.page.addInitScript(() => {
    const waited: number[] = [];
    const asked: Promise<unknown>[] = [];
    const devices = navigator.mediaDevices;
    const ask = devices.enumerateDevices.bind(devices);
    devices.enumerateDevices = () => {
      const answer = ask();
      asked.push(answer);
      return answer;
    };
    const Context = window.AudioContext;
    window.AudioContext = class extends Context {
      constructor() {
        const begun = performance.now();
        super();
        waited.push(performance.now() - begun);
      }
    };
    Object.assign(window, { waited, asked });
  });
  await app.open({ 'data.dataset': 'syllables' });
  const button = app.region('Board').getByRole('button', { name: 'Play the truth of sample 1' });
  await button.hover();
  const asked = () => app.page.evaluate(async () => (await Promise.all((window as unknown as { asked: [] }).asked)).length);
  await expect.poll(asked).toBe(1);
  const longest = await longestTask(browser, app, 'first play', async () => {
    await button.click();
    await expect(app.page.locator('.lit-piece')).toBeVisible();
    await expect(app.page.locator('.lit-piece')).toHaveCount(0);
  });
  const limit = LONG_TASK * (await slowness(app.page));
  expect(longest).toBeLessThan(limit);
  const [waited] = await app.page.evaluate(() => (window as unknown as { waited: number[] }).waited);
  console.log(`the first AudioContext: ${waited.toFixed(1)} ms`);
  expect(waited).toBeLessThan(limit);
});
