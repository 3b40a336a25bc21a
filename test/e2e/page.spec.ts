/** How the page looks and feels: accessibility, layout, speed. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { DIST } from '../../scripts/build.mjs';
import { expect, test } from './app.ts';
import { overflow, seriousProblems } from './axe.ts';

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
];

for (const size of SIZES) {
  test(`has nothing that axe finds serious, and fits, at ${size.width} x ${size.height}`, async ({ app, page }) => {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await app.open({ 'optimiser.steps': '20' });
    await app.button('Train').click();
    await expect(app.status).toHaveText(/^Finished/);
    expect(await seriousProblems(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await expect(app.button('Use the light theme')).toBeVisible();
    expect(await seriousProblems(page)).toEqual([]);

    const room = await overflow(page);
    expect(room.sideways).toBeLessThanOrEqual(0);
    if (size.width === 1440) expect(room.down).toBeLessThanOrEqual(0);
  });
}

test('shows the board first on a phone', async ({ app, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await app.open();
  const top = async (name: string): Promise<number> => (await app.region(name).boundingBox())?.y ?? Number.NaN;
  for (const name of ['Data', 'Task', 'Model', 'Optimiser', 'Curves']) expect(await top('Board')).toBeLessThan(await top(name));
});

test('names every region and control of the page', async ({ app, page }) => {
  await app.open();
  for (const name of [
    'Data',
    'Task',
    'Model',
    'Optimiser',
    'Board',
    'Curves',
    'Mask ratio explorer',
    'Attention locality',
    'Position confusion',
  ]) {
    await expect(app.region(name)).toBeVisible();
  }
  for (const name of ['Train', 'Step', 'Reset', 'Share', 'Save', 'Load', 'Help']) await expect(app.button(name)).toBeVisible();
  for (const name of ['Dataset', 'Objective']) await expect(page.getByRole('combobox', { name })).toBeVisible();
  await expect(page.getByRole('slider', { name: 'Mask ratio' })).toBeVisible();
  await expect(page.getByLabel('Add files')).toBeAttached();
});

test('never keeps the page busy for 50 ms while it trains', async ({ app, page, browser }) => {
  await app.open({ 'model.width': '64', 'model.depth': '2', 'model.heads': '4', 'optimiser.batch': '16' });
  await app.button('Train').click();
  await app.reach(3);
  await browser.startTracing(page, { categories: ['toplevel', '__metadata', 'disabled-by-default-devtools.timeline'] });
  await page.waitForTimeout(5000);
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse((await browser.stopTracing()).toString());
  const mains = traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const tasks = traceEvents.filter(
    (event) =>
      /RunTask/.test(event.name) &&
      event.tdur !== undefined &&
      mains.some(({ pid, tid }) => event.pid === pid && event.tid === tid),
  );
  expect(tasks.length).toBeGreaterThan(50);
  expect(Math.max(...tasks.map(({ tdur = 0 }) => tdur / 1000))).toBeLessThan(50);
});

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  args?: { name?: string };
  /** Time on the processor in microseconds, which other programs of a busy machine do not add to. */
  tdur?: number;
}

test('paints within a second', async ({ page }) => {
  const times: number[] = [];
  // The best of three: what a busy machine adds is not the page's.
  for (let i = 0; i < 3; i++) {
    await page.goto('./');
    await expect.poll(() => firstPaint(page)).toBeGreaterThan(0);
    times.push(await firstPaint(page));
  }
  expect(Math.min(...times)).toBeLessThan(1000);
});

function firstPaint(page: Page): Promise<number> {
  return page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0);
}

test('needs at most 150 kB of gzipped JavaScript for the first paint', () => {
  const html = readFileSync(path.join(DIST, 'index.html'), 'utf8');
  const scripts = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(([, file = '']) => file);
  expect(scripts.length).toBeGreaterThan(0);
  const bytes = scripts.reduce((sum, file) => sum + gzipSync(readFileSync(path.join(DIST, file))).length, 0);
  expect(bytes).toBeLessThanOrEqual(150_000);
  // The engine is there, but elsewhere.
  expect(readdirSync(path.join(DIST, 'assets')).some((name) => name.startsWith('trainer.worker'))).toBe(true);
});

test('needs at most 370 kB of gzipped JavaScript until the first page is whole', async ({ app, page }) => {
  // What is fetched once there is time for it does not count.
  await page.addInitScript(() => {
    const asked: string[] = [];
    new MutationObserver((_changes, observer) => {
      if (!/^Ready/.test(document.querySelector('[role=status][aria-label="Run status"]')?.textContent ?? '')) return;
      observer.disconnect();
      asked.push(...performance.getEntriesByType('resource').map(({ name }) => name));
    }).observe(document, { subtree: true, childList: true, characterData: true });
    Object.assign(window, { asked });
  });
  await app.open({ 'data.dataset': 'scenes' });
  const addresses = await page.evaluate(() => (window as unknown as { asked: string[] }).asked);
  const asked = addresses
    .flatMap((address) => /assets\/([^/]+\.js)$/.exec(address)?.[1] ?? [])
    .filter((name) => !name.includes('.worker'));
  expect(asked.length).toBeGreaterThan(20);
  const sizes = new Map(asked.map((name) => [name, gzipSync(readFileSync(path.join(DIST, 'assets', name))).length]));
  const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  console.log(`${sizes.size} files, ${(bytes / 1000).toFixed(0)} kB`);
  expect(bytes).toBeLessThanOrEqual(370_000);
});

test('prints board, curves and settings on one sheet', async ({ app, page }) => {
  for (const objective of ['mp3', 'mae']) {
    await app.open({ 'task.objective': objective, 'optimiser.steps': '20' });
    await app.button('Train').click();
    await expect(app.status).toHaveText(/^Finished/);
    const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1);
    await page.emulateMedia({ media: 'print' });
    for (const name of ['Board', 'Curves', 'Task', 'Model', 'Optimiser']) await expect(app.region(name)).toBeVisible();
    await expect(app.button('Reset')).toBeHidden();
    await page.emulateMedia({ media: null });
  }
});

test('prints the newest values of what is out of sight', async ({ app, page }) => {
  await page.setViewportSize({ width: 390, height: 700 });
  // What is not printed itself is not found by its role.
  const said = () =>
    page.locator('.curves-panel [role=img], .confusion-map').evaluateAll((all) => all.map((image) => image.ariaLabel));
  // Pages are told of another medium with the next frame, of paper before it is drawn.
  const nextFrame = () => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  const ways = [
    () => page.pdf({ format: 'A4' }),
    async () => {
      await page.emulateMedia({ media: 'print' });
      await nextFrame();
    },
  ];
  for (const print of ways) {
    await app.open({ 'optimiser.steps': '40' });
    await expect.poll(said).toHaveLength(3);
    const before = await said();
    // Neither curves nor confusion are in the window, nor near it.
    await app.region('Data').scrollIntoViewIfNeeded();
    await app.button('Train').click();
    await expect(app.status).toHaveText(/^Finished/);
    await page.waitForTimeout(1500);
    expect(await said()).toEqual(before);
    await print();
    for (const [index, text] of (await said()).entries()) expect(text).not.toBe(before[index]);
    await page.emulateMedia({ media: null });
  }
});
