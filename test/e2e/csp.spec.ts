/**
 * The promise "The page asks its own server for its own files, and nothing else", and the policy with which the browser holds it to that:
 * over every page, window and worker, with everything that people do to them. Whatever Chromium asks of any other host goes to a proxy
 * here, whoever asks for it, a worker or the service worker too.
 */
import { readdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { DIST } from '../../scripts/build.mjs';
import { listen } from '../../scripts/serve.mjs';
import { type App, test as base, expect } from './app.ts';
import { HOSTS, PACKAGES } from './ingredients.ts';

const SOUNDS = path.join(import.meta.dirname, '../data/sound/fixtures');

/** Chromium itself asks what may be filled into a form, on any page. */
const OF_CHROMIUM = 'content-autofill.googleapis.com:443';

interface Outside {
  /** What was asked of other hosts. */
  asked: string[];
  server: string;
}

const test = base.extend<{ outside: Outside }>({
  serviceWorkers: 'allow',
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  outside: async ({}, use) => {
    const asked: string[] = [];
    const proxy = http.createServer((request, response) => {
      asked.push(String(request.url));
      response.writeHead(502).end();
    });
    proxy.on('connect', (request, socket) => {
      if (request.url !== OF_CHROMIUM) asked.push(String(request.url));
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    const server = `http://127.0.0.1:${await listen(proxy, 0, '127.0.0.1')}`;
    await use({ asked, server });
    proxy.close();
    proxy.closeAllConnections();
  },
  proxy: ({ outside }, use) => use({ server: outside.server, bypass: 'localhost' }),
});

/** Names of rules that the page broke, as the browser tells them. */
async function violations(page: Page): Promise<string[]> {
  return page.evaluate(() => (globalThis as { violations?: string[] }).violations ?? ['not watched']);
}

async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { violations: seen });
    addEventListener('securitypolicyviolation', (event) => seen.push(`${event.effectiveDirective}: ${event.blockedURI}`));
  });
}

async function openWindows({ page }: App): Promise<void> {
  await page.getByRole('combobox', { name: 'Objective' }).click();
  await expect(page.getByRole('listbox')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Help', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  // What lies behind a window does not scroll: a style sheet that the policy lets in.
  expect(await page.evaluate(() => getComputedStyle(document.body).overflowY)).toBe('hidden');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Engine: WebAssembly/ }).click();
  await page.getByRole('button', { name: 'Measure one step' }).click();
  await expect(page.getByRole('dialog').getByRole('table')).toBeVisible();
  await page.keyboard.press('Escape');
}

test('every page, window and worker keeps the policy, on all cores, and asks nobody else', async ({ app, page, outside }) => {
  await watch(page);
  await app.open({ 'optimiser.steps': '30' });
  // A policy that forbids shared memory would leave one thread, in silence.
  const cores = await page.evaluate(() => Math.min(8, navigator.hardwareConcurrency));
  await expect(page.getByRole('button', { name: `Engine: WebAssembly, ${cores} threads` })).toHaveCount(cores > 1 ? 1 : 0);
  await openWindows(app);
  await app.button('Train').click();
  await expect(app.status).toHaveText(/^Finished/);
  const saving = page.waitForEvent('download');
  await app.button('Save').click();
  await saving;
  await page.getByLabel('Add files').setInputFiles(['mp3', 'ogg', 'webm'].map((kind) => path.join(SOUNDS, `chirp.${kind}`)));
  await expect(page.getByText('3 training sounds: too few to hold any out').first()).toBeVisible({ timeout: 60_000 });
  await page.getByRole('link', { name: 'Fine-tune', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Fine-tune', exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Compare', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Compare', exact: true })).toBeVisible();
  await app.region('Kept runs').getByRole('checkbox').first().check();
  await app.button('Was it worth it?').click();
  await expect(app.button('Stop')).toBeVisible();
  await app.button('Stop').click();
  await page.getByRole('link', { name: 'Pretrain', exact: true }).click();
  await page.getByRole('link', { name: 'Bench', exact: true }).click();
  await page
    .getByRole('button', { name: /^(Run|Start|Measure)/ })
    .first()
    .click();
  await expect(page.getByRole('region', { name: 'Times at size tiny' })).toBeVisible({ timeout: 60_000 });
  expect(await violations(page)).toEqual([]);
  expect(outside.asked).toEqual([]);
});

test('turns texts into no program, no markup and no style, in page and workers', async ({ app, page, outside }) => {
  await watch(page);
  await app.open();
  const tried = await page.evaluate(async () => {
    // Later: while a test evaluates, Chromium lets its texts be programs.
    await new Promise((resolve) => setTimeout(resolve));
    const attempt = (act: () => unknown): string => {
      try {
        act();
        return 'done';
      } catch (error) {
        return error instanceof Error ? error.name : 'unknown';
      }
    };
    const style = document.createElement('style');
    style.textContent = 'body { opacity: 0.5 }';
    document.head.append(style);
    return {
      worker: attempt(() => new Worker('./assets/anything.js')),
      markup: attempt(() => {
        document.createElement('div').innerHTML = '<b>bold</b>';
      }),
      program: attempt(() => new Function('return 1')),
      style: getComputedStyle(document.body).opacity,
    };
  });
  expect(tried).toEqual({ worker: 'TypeError', markup: 'TypeError', program: 'EvalError', style: '1' });
  const trainer = page.workers().find((worker) => worker.url().includes('trainer.worker'));
  const inWorker = await trainer?.evaluate(() => {
    try {
      new Worker('./anything.js');
      return 'done';
    } catch (error) {
      return error instanceof Error ? error.name : 'unknown';
    }
  });
  expect(inWorker).toBe('TypeError');
  expect((await violations(page)).length).toBeGreaterThanOrEqual(4);
  expect(outside.asked).toEqual([]);
  // These were on purpose.
  app.complaints.length = 0;
});

test('names no other hosts than those that are known, and consists of the packages that are known', () => {
  const texts = readdirSync(DIST, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(js|css|html|json|webmanifest)$/.test(name))
    .map((name) => readFileSync(path.join(DIST, name), 'utf8'));
  expect(texts.length).toBeGreaterThan(50);
  const hosts = texts.flatMap((text) => [...text.matchAll(/\b(?:https?|wss?):\/\/([\w.-]+)/g)].map(([, host = '']) => host));
  expect([...new Set(hosts)].filter((host) => !HOSTS.includes(host))).toEqual([]);
  const packages: unknown = JSON.parse(readFileSync(path.join(DIST, '.packages'), 'utf8'));
  expect(packages).toEqual(PACKAGES);
});

test('says what to do when it is opened from a disk, and when a part of it does not come', async ({ page }) => {
  await page.goto(pathToFileURL(path.join(DIST, 'index.html')).href);
  await expect(page.getByRole('alert')).toContainText('Patchwork has to be served');
  await expect(page.getByRole('alert')).toContainText('npm start');
  await page.route(/assets\/index-[^/]*\.js/, (route) => route.abort());
  await page.goto('./');
  await expect(page.getByRole('alert')).toContainText('Patchwork could not be fetched');
});
