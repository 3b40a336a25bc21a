import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from './scripts/chromium.mjs';

const executablePath = findChromium();

export default defineConfig({
  testDir: 'test/e2e',
  globalSetup: './test/e2e/serveApp.ts',
  // Training keeps every core busy: tests side by side would only measure each other.
  workers: 1,
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
