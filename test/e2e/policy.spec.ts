/** The promise that nothing leaves the computer, held by the browser itself; and what a server owes the page. */
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { DIST } from '../../scripts/build.mjs';
import { listen } from '../../scripts/serve.mjs';
import { App, expect, test } from './app.ts';

test('lets neither page nor workers talk to anybody else', async ({ app, page }) => {
  await app.open();
  const reach = async (): Promise<string> => {
    const failed = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');
    return fetch('http://127.0.0.1:9/', { mode: 'no-cors' }).then(() => 'reached', failed);
  };
  const refusals: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refusals.push(message.text());
  });
  expect(await page.evaluate(reach)).toBe('TypeError');
  // Not the kernels' threads: they sleep until there is work, and hear nothing.
  const trainer = page.workers().find((worker) => worker.url().includes('trainer.worker'));
  expect(await trainer?.evaluate(reach)).toBe('TypeError');
  await expect.poll(() => refusals.length).toBeGreaterThanOrEqual(2);
  // These were on purpose.
  app.complaints.length = 0;
});

test('says why there is one thread on a server that does not isolate the page', async ({ page }) => {
  const types: Record<string, string> = {
    '.html': 'text/html',
    '.js': 'text/javascript',
    '.css': 'text/css',
    '.wasm': 'application/wasm',
  };
  const server = http.createServer(async (request, response) => {
    const name = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = path.join(DIST, name === '/' ? 'index.html' : name);
    const body = await readFile(file).catch(() => undefined);
    response.writeHead(body === undefined ? 404 : 200, {
      'Content-Type': types[path.extname(file)] ?? 'application/octet-stream',
    });
    response.end(body);
  });
  const port = await listen(server, 0, 'localhost');
  const app = new App(page);
  await page.goto(
    `http://localhost:${port}/?backend=wasm&data.dataset=digits&model.width=16&model.depth=1&model.heads=1&optimiser.batch=4`,
  );
  await app.isReady();
  const chip = page.getByRole('button', { name: /^Engine: WebAssembly, 1 thread/ });
  await chip.click();
  await expect(page.getByRole('dialog')).toContainText('the page is not isolated');
  await expect(page.getByRole('dialog')).toContainText('Cross-Origin-Embedder-Policy: require-corp');
  server.close();
  server.closeAllConnections();
});
