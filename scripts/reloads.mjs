/**
 * How long a tab that is loaded again takes until board and curves of its run are on the screen: `npm run reloads [times] [steps]`. In Chromium on localhost, for a
 * run of the page's own settings. Counted from the start of the navigation; the engine is up later, and is told too.
 */
import { readStep, storedRuns } from './keptInBrowser.mjs';
import { median, openReady, servePage } from './servedPage.mjs';

const times = Number(process.argv[2] ?? 11);
const steps = Number(process.argv[3] ?? 300);
/** In the order in which they are there. */
const STAGES = ['page', 'curves', 'board', 'engine'];

const served = await servePage();
const browser = await served.chromium.launch(served.options);
try {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.addInitScript(watch);
  await openReady(page, served.address({ backend: 'wasm', 'optimiser.steps': '100000' }));
  const status = page.getByRole('status', { name: 'Run status' });
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  while ((await readStep(page)) < steps) await page.waitForTimeout(200);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await status.getByText('Paused').waitFor({ timeout: 60_000 });
  const step = await readStep(page);
  while ((await storedRuns(page))[0]?.step !== step) await page.waitForTimeout(200);
  /** @type {Record<string, number>[]} */
  const all = [];
  for (let i = 0; i < times; i++) {
    // The board of where it stopped, and what is measured there, are written too.
    await page.waitForTimeout(2000);
    await page.reload();
    await page.waitForFunction(
      () => Object.values(Reflect.get(globalThis, 'seen')).filter((at) => at > 0).length === 4,
      undefined,
      { timeout: 180_000 },
    );
    const seen = await page.evaluate(() => ({ ...Reflect.get(globalThis, 'seen') }));
    all.push(seen);
    console.log(STAGES.map((stage) => `${stage} ${seen[stage].toFixed(0)} ms`).join(', '));
  }
  const both = all.map(({ board, curves }) => Math.max(board, curves));
  console.log(
    `board and curves on the screen: median ${median(both).toFixed(0)} ms, worst ${Math.max(...both).toFixed(0)} ms of ${times} reloads`,
  );
  console.log(`engine up, run there to go on: median ${median(all.map(({ engine }) => engine)).toFixed(0)} ms`);
} finally {
  await browser.close();
  served.close();
}

/** Runs in the page: notes when each of the stages is painted, in milliseconds after the navigation began. */
function watch() {
  /** @type {Record<string, number>} */
  const seen = {};
  Object.assign(globalThis, { seen });
  const is = {
    page: () => document.querySelector('main') !== null,
    curves: () => document.querySelector('[data-line] polyline') !== null,
    board: () => document.querySelector('.board-row[role=group] canvas') !== null,
    engine: () => /^Paused/.test(document.querySelector('[role=status][aria-label="Run status"]')?.textContent ?? ''),
  };
  const look = () => {
    for (const [stage, isThere] of Object.entries(is)) {
      if (stage in seen || !isThere()) continue;
      seen[stage] = Number.NaN;
      // The frame after the one in which it was drawn.
      requestAnimationFrame(() => requestAnimationFrame(() => Object.assign(seen, { [stage]: performance.now() })));
    }
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
}
