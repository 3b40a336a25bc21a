/** The built page in Chromium, for scripts that try and measure it. */
import { buildIfNeeded, DIST } from './build.mjs';
import { CHROMIUM_ARGS, findChromium } from './chromium.mjs';
import { installIfNeeded } from './install.mjs';
import { createStaticServer, listen } from './serve.mjs';

/**
 * Builds the page where that is needed, and serves it.
 *
 * @param {string[]} args what Chromium is told beside the usual
 */
export async function servePage(...args) {
  await installIfNeeded();
  await buildIfNeeded();
  const { chromium } = await import('playwright');
  const executablePath = findChromium();
  const server = createStaticServer(DIST);
  const port = await listen(server, 0, 'localhost');
  return {
    chromium,
    options: { args: [...CHROMIUM_ARGS, ...args], ...(executablePath === undefined ? {} : { executablePath }) },
    /** @param {Record<string, string>} settings */
    address: (settings) => `http://localhost:${port}/?${new URLSearchParams(settings)}`,
    close: () => server.close(),
  };
}

/** Opens the page, and waits until Train would start the run at once. @param {import('playwright').Page} page @param {string} address */
export async function openReady(page, address) {
  await page.goto(address);
  await page.getByRole('status', { name: 'Run status' }).getByText('Ready', { exact: true }).waitFor({ timeout: 180_000 });
}
