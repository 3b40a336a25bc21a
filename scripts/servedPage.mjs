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
  const [build = DIST] = await findBuilds();
  return { ...(await findBrowser(...args)), ...(await serveBuild(build)) };
}

/** Folders of built pages: those that are named, else the current build, which is made where that is needed. @param {string[]} named */
export async function findBuilds(...named) {
  await installIfNeeded();
  if (named.length > 0) return named;
  await buildIfNeeded();
  return [DIST];
}

/** Chromium, and what it is started with. @param {string[]} args beside the usual */
export async function findBrowser(...args) {
  const { chromium } = await import('playwright');
  const executablePath = findChromium();
  return {
    chromium,
    options: { args: [...CHROMIUM_ARGS, ...args], ...(executablePath === undefined ? {} : { executablePath }) },
  };
}

/** @param {string} build folder of a built page */
export async function serveBuild(build) {
  const server = createStaticServer(build);
  const port = await listen(server, 0, 'localhost');
  return {
    /** @param {Record<string, string>} settings */
    address: (settings) => `http://localhost:${port}/?${new URLSearchParams(settings)}`,
    close: () => server.close(),
  };
}

/** @param {number[]} values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) + (sorted[Math.ceil((sorted.length - 1) / 2)] ?? 0)) / 2;
}

/** Opens the page, and waits until Train would start the run at once. @param {import('playwright').Page} page @param {string} address */
export async function openReady(page, address) {
  await page.goto(address);
  await page.getByRole('status', { name: 'Run status' }).getByText('Ready', { exact: true }).waitFor({ timeout: 180_000 });
}
