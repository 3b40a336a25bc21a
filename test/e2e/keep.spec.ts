/** What may happen to a browser while a run trains in it. The long form of the first is `npm run kills:browser`. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from '../../scripts/chromium.mjs';
import { fingerprintOfState, storedRuns } from '../../scripts/keptInBrowser.mjs';
import { App, expect, test } from './app.ts';
import { trainAndRest } from './keeping.ts';

const LONG = { 'optimiser.steps': '100000' };

test('is killed while it trains, and goes on from the last ten seconds', async () => {
  test.skip(process.platform !== 'linux', 'finds the browser’s processes in /proc');
  // The page starts twice.
  test.slow();
  const profile = mkdtempSync(path.join(os.tmpdir(), 'patchwork-keep-'));
  const executablePath = findChromium();
  const open = async (): Promise<App> => {
    const options = { args: CHROMIUM_ARGS, ...(executablePath === undefined ? {} : { executablePath }) };
    const context = await chromium.launchPersistentContext(profile, { ...options, baseURL: String(process.env.PATCHWORK_URL) });
    const app = new App(context.pages()[0] ?? (await context.newPage()));
    await app.open(LONG);
    return app;
  };
  try {
    const first = await open();
    await first.button('Train').click();
    await expect.poll(async () => (await storedRuns(first.page)).length, { timeout: 45_000 }).toBe(1);
    const [{ id, step }] = await storedRuns(first.page);
    for (const pid of processesOf(profile)) process.kill(pid, 'SIGKILL');
    const second = await open();
    // The page opens what its address says, and offers the run.
    await second.button('Go on').click();
    await expect(second.status).toHaveText(/Paused/);
    expect(await second.step()).toBeGreaterThanOrEqual(step);
    expect(await fingerprintOfState(second.page, id)).toMatch(/^[0-9a-f]{64}$/);
    const from = await second.step();
    await second.button('Train').click();
    await second.reach(from + 5);
    expect(second.complaints).toEqual([]);
    await second.page.context().close();
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});

test('is told once that the browser is full, and trains on', async ({ app, page }) => {
  await app.open(LONG);
  await app.button('Train').click();
  await expect.poll(async () => (await storedRuns(page)).length, { timeout: 45_000 }).toBe(1);
  const devtools = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1000 });
  await app.button('Pause').click();
  const full = page.getByText(/The browser has no more room for this page: the run goes on/);
  await expect(full).toBeVisible({ timeout: 30_000 });
  const step = await app.step();
  await app.button('Train').click();
  await app.reach(step + 20);
  await expect(full).toHaveCount(1);
});

test('is written anew when everything is cleared under it', async ({ app, page }) => {
  await app.open(LONG);
  const step = await trainAndRest(app, 10);
  // The board of the run may be written just now, and Chromium removes no file that is open.
  await expect(() =>
    page.evaluate(async () => (await navigator.storage.getDirectory()).removeEntry('patchwork', { recursive: true })),
  ).toPass();
  await app.button('Train').click();
  await app.reach(step + 1);
  // While it trains the next write may be a minute away on a busy machine; one that rests is written at once.
  await app.button('Pause').click();
  await expect(page.getByText(/What this browser kept of the run was cleared/)).toBeVisible({ timeout: 30_000 });
  const [{ id }] = await storedRuns(page);
  expect(await fingerprintOfState(page, id)).toMatch(/^[0-9a-f]{64}$/);
});

function processesOf(profile: string): number[] {
  const commandOf = (pid: string): string => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    } catch {
      return '';
    }
  };
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => commandOf(pid).includes(`--user-data-dir=${profile}`)).map(Number);
}
