/**
 * How busy the page is while the default run trains on WebAssembly: `node scripts/mainThread.mjs [seconds] [build ...]` prints, for each
 * build folder (default: the current build), the share of the time that the page's main thread works, its longest task, and
 * how much of that is script. Several builds take turns, so that a busy machine is busy for all of them.
 */
import { findBrowser, findBuilds, serveBuild } from './servedPage.mjs';
import { mainThreadOf, TRACE_CATEGORIES } from './trace.mjs';

const ROUNDS = 2;
const seconds = Number(process.argv[2] ?? 10);
const builds = await findBuilds(...process.argv.slice(3));

const { chromium, options } = await findBrowser();
const browser = await chromium.launch(options);
try {
  for (let round = 1; round <= ROUNDS; round++) {
    for (const build of builds) {
      const { busy, longest, script, steps } = await measure(build);
      /** @param {number} ms */
      const share = (ms) => `${((100 * ms) / (1000 * seconds)).toFixed(1)} %`;
      console.log(
        `${build}, ${seconds} s, ${steps} steps: main thread busy ${share(busy)}, script ${share(script)}, longest task ${longest.toFixed(1)} ms`,
      );
    }
  }
} finally {
  await browser.close();
}

/** @param {string} build folder of a built page */
async function measure(build) {
  const served = await serveBuild(build);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  try {
    const page = await context.newPage();
    await page.goto(served.address({ backend: 'wasm' }));
    await page.getByRole('status', { name: 'Run status' }).getByText('Ready', { exact: true }).waitFor({ timeout: 120_000 });
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await page.waitForTimeout(3000);
    const before = await readStep(page);
    await browser.startTracing(page, { categories: TRACE_CATEGORIES });
    await page.waitForTimeout(1000 * seconds);
    return { ...mainThreadOf(await browser.stopTracing()), steps: (await readStep(page)) - before };
  } finally {
    await context.close();
    served.close();
  }
}

/** @param {import('playwright').Page} page */
async function readStep(page) {
  const text = (await page.getByRole('status', { name: 'Run status' }).textContent()) ?? '';
  return Number(/step ([\d,]+) of/.exec(text)?.[1]?.replaceAll(',', ''));
}
