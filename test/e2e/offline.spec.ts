/** The server stops, or serves another version, in the middle of a run. */
import type { Server } from 'node:http';
import path from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { DIST } from '../../scripts/build.mjs';
import { createStaticServer, listen } from '../../scripts/serve.mjs';
import { App } from './app.ts';

const SOUNDS = path.join(import.meta.dirname, '../data/sound/fixtures');
const RUN =
  '?backend=wasm&data.dataset=digits&model.width=16&model.depth=1&model.heads=1&optimiser.batch=4&optimiser.steps=100000';

/** A server of its own for each test: it is stopped. */
const test = base.extend<{ site: { server: Server; url: string; port: number } }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  site: async ({}, use) => {
    const server = createStaticServer(DIST);
    const port = await listen(server, 0, 'localhost');
    await use({ server, port, url: `http://localhost:${port}/${RUN}` });
    stop(server);
  },
});

function stop(server: Server): void {
  server.close();
  server.closeAllConnections();
}

/** Resolves when the page has asked for everything that the build lists. */
async function isPrefetched(page: Page): Promise<void> {
  const missing = (): Promise<string[]> =>
    page.evaluate(async () => {
      const names: string[] = await (await fetch('./assets.json')).json();
      const seen = new Set(performance.getEntriesByType('resource').map(({ name }) => name));
      return names.filter((name) => !seen.has(new URL(name, document.baseURI).href));
    });
  await expect.poll(missing, { timeout: 60_000, intervals: [500] }).toEqual([]);
}

test('works without its server once everything is fetched', async ({ page, site }) => {
  const app = new App(page);
  // Longer than everything takes to be fetched, however busy the machine is.
  await page.goto(site.url);
  await app.isReady();
  await page.evaluate(() => performance.setResourceTimingBufferSize(2000));
  await app.button('Train').click();
  await isPrefetched(page);
  stop(site.server);
  for (const name of ['Fine-tune', 'Compare']) {
    await page.getByRole('link', { name, exact: true }).click();
    await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
  }
  await page.getByRole('link', { name: 'Pretrain', exact: true }).click();
  const step = await app.step();
  await app.reach(step + 20);
  await page.getByRole('button', { name: /^Engine: WebAssembly/ }).click();
  await expect(page.getByRole('button', { name: 'Measure one step' })).toBeVisible();
  await page.keyboard.press('Escape');
  await app.button('Help').click();
  await expect(page.getByRole('dialog')).toContainText('Patchwork in two minutes');
  await page.keyboard.press('Escape');
  // Workers that start only now: the loader of pictures, and the bench.
  await page
    .getByLabel('Add files')
    .setInputFiles({ name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
  await expect(page.getByText('broken.png').first()).toBeVisible();
  await app.button('Pause').click();
  await page.getByRole('link', { name: 'Bench', exact: true }).click();
  await page
    .getByRole('button', { name: /^(Run|Start|Measure)/ })
    .first()
    .click();
  await expect(page.getByRole('region', { name: 'Times at size tiny' })).toBeVisible({ timeout: 60_000 });
});

test('reads sounds of every decoder without its server once everything is fetched', async ({ page, site }) => {
  const app = new App(page);
  await page.goto(site.url);
  await app.isReady();
  await page.evaluate(() => performance.setResourceTimingBufferSize(2000));
  await isPrefetched(page);
  stop(site.server);
  await page
    .getByLabel('Add files')
    .setInputFiles(['mp3', 'ogg', 'opus', 'flac', 'webm'].map((kind) => path.join(SOUNDS, `chirp.${kind}`)));
  await expect(page.getByText('5 training sounds: too few to hold any out').first()).toBeVisible({ timeout: 60_000 });
});

test('leaves page and run alive when a page cannot be fetched, and fetches it when the server is back', async ({
  page,
  site,
}) => {
  const app = new App(page);
  // A new version serves its files under other names.
  await page.route(/assets\/(FineTunePage|ComparePage|BenchPage|EngineView)-[^/]*\.js/, (route) =>
    route.fulfill({ status: 404, body: 'There is no such file.' }),
  );
  await page.goto(site.url);
  await app.isReady();
  await app.button('Train').click();
  await app.reach(20);
  await expect(app.alert).toHaveCount(0);
  for (const name of ['Fine-tune', 'Compare', 'Bench']) {
    await page.getByRole('link', { name, exact: true }).click();
    await expect(app.alert).toContainText('could not be fetched (server unreachable, or a new version). The run goes on.');
    await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible();
    await page.getByRole('link', { name: 'Pretrain', exact: true }).click();
    await expect(app.alert).toHaveCount(0);
  }
  await page.getByRole('button', { name: /^Engine: WebAssembly/ }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('could not be fetched');
  await page.keyboard.press('Escape');
  const step = await app.step();
  await app.reach(step + 5);

  await page.getByRole('link', { name: 'Compare', exact: true }).click();
  await app.button('Try again').click();
  await expect(app.alert).toContainText('could not be fetched');
  await page.unrouteAll();
  await app.button('Try again').click();
  await expect(page.getByRole('heading', { name: 'Compare', exact: true })).toBeVisible();
  await expect(app.alert).toHaveCount(0);
});

test('asks before a run is left that is not kept, and not before an empty one', async ({ page, site }) => {
  const app = new App(page);
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await page.goto(`${site.url}&keep=off`);
  await app.isReady();
  await app.button('Step').click();
  await expect(app.status).toContainText('step 1 of');
  await page.reload();
  await app.isReady();
  expect(asked).toEqual([]);
  await app.button('Train').click();
  await app.reach(60);
  await app.button('Pause').click();
  await page.reload();
  await app.isReady();
  expect(asked).toEqual(['beforeunload']);
});
