import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from './scripts/chromium.mjs';

/**
 * Tests that measure time, play or record sound as it passes, or need all processors at once: another page beside them would be
 * measured, or heard, too; and those of the service worker, whose copy of everything waits for whoever keeps a processor busy; and Firefox, which takes many times as long beside others. `npm test` runs the others two at a time.
 */
const ALONE = ['bench', 'charts', 'engine', 'firefox', 'firefoxSound', 'hearing', 'longSounds', 'page', 'serviceWorker'].map(
  (name) => `**/${name}.spec.ts`,
);

const executablePath = findChromium();

export default defineConfig({
  testDir: 'test/e2e',
  globalSetup: './test/e2e/serveApp.ts',
  workers: 1,
  projects: [
    { name: 'together', testIgnore: ALONE },
    { name: 'alone', testMatch: ALONE },
  ],
  // Four times what the slowest takes alone on two cores.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env.CI !== undefined,
  use: {
    // Set by serveApp.ts, which runs before any test.
    baseURL: process.env.PATCHWORK_URL,
    // Every test has a profile of its own, and would copy the whole page into it: only those that are about that do.
    serviceWorkers: 'block',
    viewport: { width: 1440, height: 900 },
    launchOptions: { args: CHROMIUM_ARGS, ...(executablePath === undefined ? {} : { executablePath }) },
  },
});
