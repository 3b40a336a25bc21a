/** The page on a host that sends no headers, without its server, and when a new version comes. */
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { DIST } from '../../scripts/build.mjs';
import { writeServiceWorker } from '../../scripts/serviceWorker.mjs';
import { App } from './app.ts';
import { type BareServer, startBareServer } from './bareServer.ts';

const RUN =
  '?backend=wasm&data.dataset=digits&model.width=16&model.depth=1&model.heads=1&optimiser.batch=4&optimiser.steps=50000';

const test = base.extend<{ school: BareServer }>({
  serviceWorkers: 'allow',
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  school: async ({}, use) => {
    const server = await startBareServer(DIST, '/school/patchwork/');
    await use(server);
    server.stop();
  },
});

/** How many versions the browser has whole. */
function wholeCopies(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const names = await caches.keys();
    const pages = await Promise.all(names.map(async (name) => (await caches.open(name)).match('./')));
    return pages.filter((found) => found !== undefined).length;
  });
}

const isWhole = (page: Page, count = 1): Promise<void> => expect.poll(() => wholeCopies(page), { timeout: 60_000 }).toBe(count);

/** Here the school's server is the page's own. */
const complaints = (app: App, { url }: BareServer): string[] =>
  app.complaints.filter((text) => !text.startsWith(`request to ${url}`));

/** Sets of pictures that lie in the browser's cache. */
function drawnSets(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith('patchwork drawn '));
    return (await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))).flat().length;
  });
}

test('is isolated and opens without its server, on a host without headers, below a path', async ({ page, school }) => {
  const app = new App(page);
  await page.goto(school.url + RUN);
  await app.isReady();
  expect(await page.evaluate(() => [crossOriginIsolated, navigator.serviceWorker.controller !== null])).toEqual([true, true]);
  await isWhole(page);
  // What the trainer drew lies beside the copy.
  await expect.poll(() => drawnSets(page)).toBe(1);
  // It was loaded again once, for the sake of isolation; the copy asked a third time.
  expect(school.asked.filter((name) => name === 'index.html')).toHaveLength(3);

  school.stop();
  await page.goto(`${school.url}${RUN}&task.maskRatio=0.5`);
  await app.isReady();
  const cores = await page.evaluate(() => Math.min(8, navigator.hardwareConcurrency));
  const threads = `Engine: WebAssembly, ${cores} thread${cores > 1 ? 's' : ''}`;
  await page.getByRole('button', { name: threads }).click();
  await expect(page.getByRole('dialog')).toContainText('opens without its server');
  await page.keyboard.press('Escape');
  await app.button('Train').click();
  await app.reach(20);
  await app.button('Pause').click();
  for (const name of ['Fine-tune', 'Compare', 'Pretrain', 'Bench']) {
    await page.getByRole('link', { name, exact: true }).click();
    if (name !== 'Pretrain') await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
  }
  await page.getByRole('link', { name: 'Pretrain', exact: true }).click();
  await expect(app.alert).toHaveCount(0);
  // Workers are held to the policy as well, by what the service worker put on their scripts.
  const trainer = page.workers().find((worker) => worker.url().includes('trainer.worker'));
  const foreign = await trainer?.evaluate(() =>
    fetch('http://127.0.0.1:9/', { mode: 'no-cors' }).then(String, (e: Error) => e.name),
  );
  expect(foreign).toBe('TypeError');
  expect(complaints(app, school).filter((text) => !text.includes('Content Security Policy'))).toEqual([]);
});

test('tells of a new version, goes on in the old one, and loads the new one when asked', async ({ page, school }, info) => {
  const app = new App(page);
  page.on('dialog', (dialog) => void dialog.accept());
  await page.goto(school.url + RUN);
  await app.isReady();
  await isWhole(page);
  const loads = school.asked.filter((name) => name === 'index.html').length;
  await app.button('Train').click();
  await app.reach(5);

  // As a new version has them: another page, and other names of what it fetches later.
  const next = info.outputPath('next');
  cpSync(DIST, next, { recursive: true });
  const html = readFileSync(path.join(next, 'index.html'), 'utf8');
  writeFileSync(path.join(next, 'index.html'), html.replace('<html lang="en"', '<html lang="en" data-version="next"'));
  for (const name of readdirSync(path.join(next, 'assets'))) {
    if (/^(ComparePage|FineTunePage)-/.test(name)) rmSync(path.join(next, 'assets', name));
  }
  writeServiceWorker(next);
  school.serve(next);
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  await expect(page.getByText('A new version of Patchwork is here.')).toBeVisible({ timeout: 60_000 });
  await isWhole(page, 2);
  expect(school.asked.filter((name) => name === 'index.html')).toHaveLength(loads + 1);
  const step = await app.step();
  await app.reach(step + 20);
  await app.button('Pause').click();
  await page.getByRole('link', { name: 'Compare', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Compare', exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Pretrain', exact: true }).click();

  await app.button('Reload').click();
  await page.waitForFunction(() => document.documentElement.dataset.version === 'next');
  await isWhole(page, 1);
  expect(complaints(app, school)).toEqual([]);
});

test('goes when the address says so, and when another program serves another page there', async ({ page, school }, info) => {
  const app = new App(page);
  const left = (): Promise<number[]> =>
    page.evaluate(async () => [
      (await navigator.serviceWorker.getRegistrations()).length,
      (await caches.keys()).filter((name) => name.startsWith('patchwork')).length,
    ]);
  await page.goto(school.url + RUN);
  await app.isReady();
  await isWhole(page);
  await page.goto(`${school.url}${RUN}&sw=off`);
  await app.isReady();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  expect(await left()).toEqual([0, 0]);
  await page.getByRole('button', { name: 'Engine: WebAssembly, 1 thread' }).click();
  await expect(page.getByRole('dialog')).toContainText('The address says sw=off');

  await page.goto(school.url + RUN);
  await app.isReady();
  await isWhole(page);
  const other = info.outputPath('other');
  cpSync(path.join(DIST, 'assets.json'), path.join(other, 'index.html'));
  school.serve(other);
  await page.goto(school.url);
  await expect(page.locator('body')).toContainText('["assets/');
  expect(await left()).toEqual([0, 0]);
});

test('keeps no copy of what came otherwise than it was built, and says so', async ({ page, school }) => {
  const app = new App(page);
  school.serve(DIST, (name, body) =>
    name === 'index.html' ? Buffer.concat([body, Buffer.from('<!-- by your host -->')]) : body,
  );
  await page.goto(school.url + RUN);
  await app.isReady();
  await page.getByRole('button', { name: /^Engine: WebAssembly/ }).click();
  await expect(page.getByRole('dialog')).toContainText('The page did not come as it was built.', { timeout: 60_000 });
  expect(await wholeCopies(page)).toBe(0);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});

test('can be installed, and opens its own files then', async ({ page, school }) => {
  await page.goto(school.url + RUN);
  await new App(page).isReady();
  const devtools = await page.context().newCDPSession(page);
  const { errors, data } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const extensions = ['.patchwork', '.safetensors'];
  const accepted = JSON.parse(data ?? '').file_handlers.flatMap(({ accept }: { accept: object }) => Object.values(accept).flat());
  expect(accepted.toSorted()).toEqual(extensions);
  const wrong = async () => {
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
    // As every window of a test is.
    return installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito');
  };
  await expect.poll(wrong).toEqual([]);
});
