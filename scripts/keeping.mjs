/**
 * What keeping costs: `npm run keeping [seconds] [steps]`. In Chromium on WebAssembly, for a masked autoencoder of width 192 and depth 6 (32 MB of state): which share of the
 * time the trainer spends on writing, and the longest task of the page's main thread meanwhile; then, for a small run, whether memory grows over many
 * steps that are kept, and how many bytes lie in the browser.
 */
import { readStep, storedRuns } from './keptInBrowser.mjs';
import { openReady, servePage } from './servedPage.mjs';
import { mainThreadOf, TRACE_CATEGORIES } from './trace.mjs';

const seconds = Number(process.argv[2] ?? 60);
const steps = Number(process.argv[3] ?? 10_000);
const SHARED = { backend: 'wasm', 'data.dataset': 'digits' };
const LARGE = {
  ...SHARED,
  'task.objective': 'mae',
  'model.width': '192',
  'model.depth': '6',
  'model.heads': '6',
  'optimiser.batch': '8',
};
const SMALL = { ...SHARED, 'model.width': '16', 'model.depth': '1', 'model.heads': '1', 'optimiser.batch': '4' };

const served = await servePage('--enable-blink-features=ForceEagerMeasureMemory');
const browser = await served.chromium.launch(served.options);
try {
  await measureWriting();
  await measureMemory();
} finally {
  await browser.close();
  served.close();
}

/** A page that listens to what the trainer says of its writes. @param {Record<string, string>} settings */
async function open(settings) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const written = { count: 0, milliseconds: 0, bytes: 0 };
    Object.assign(globalThis, { written });
    const Plain = globalThis.Worker;
    globalThis.Worker = class extends Plain {
      /** @param {string | URL} url @param {WorkerOptions} [options] */
      constructor(url, options) {
        super(url, options);
        this.addEventListener('message', ({ data }) => {
          if (data?.type !== 'kept') return;
          written.count += 1;
          written.milliseconds += data.milliseconds;
          written.bytes = data.bytes;
        });
      }
    };
  });
  await openReady(page, served.address(settings));
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  return { context, page };
}

/** @param {import('playwright').Page} page @returns {Promise<{ count: number, milliseconds: number, bytes: number }>} */
function writtenBy(page) {
  return page.evaluate(() => ({ ...Reflect.get(globalThis, 'written') }));
}

async function measureWriting() {
  const { context, page } = await open({ ...LARGE, 'optimiser.steps': '100000' });
  await page.waitForTimeout(5000);
  const before = await writtenBy(page);
  const started = performance.now();
  await browser.startTracing(page, { categories: TRACE_CATEGORIES });
  await page.waitForTimeout(1000 * seconds);
  const { longest } = mainThreadOf(await browser.stopTracing());
  const took = performance.now() - started;
  const { count, milliseconds, bytes } = await writtenBy(page);
  const [writes, cost] = [count - before.count, milliseconds - before.milliseconds];
  console.log(
    `${(bytes / 1e6).toFixed(1)} MB, ${writes} writes in ${(took / 1000).toFixed(0)} s: ${(cost / Math.max(1, writes)).toFixed(0)} ms each, ` +
      `${((100 * cost) / took).toFixed(2)} % of the time; longest main-thread task ${longest.toFixed(1)} ms`,
  );
  await context.close();
}

/**
 * Chromium tells what its storage holds by kind: runs lie in files and in the database, the page's own copy in the service worker's cache.
 *
 * @param {import('playwright').Page} page
 * @returns {Promise<{ runs: number, copy: number }>} bytes
 */
function storedBytes(page) {
  return page.evaluate(async () => {
    const { usageDetails = {} } = /** @type {any} */ (await navigator.storage.estimate());
    const { fileSystem = 0, indexedDB: database = 0, caches: copy = 0 } = usageDetails;
    return { runs: fileSystem + database, copy };
  });
}

async function measureMemory() {
  const { context, page } = await open({ ...SMALL, 'optimiser.steps': String(steps) });
  /** Of the page and its workers, after a collection. @returns {Promise<number>} bytes */
  const heap = () =>
    page.evaluate(async () => (await Reflect.get(performance, 'measureUserAgentSpecificMemory').call(performance)).bytes);
  let next = 200;
  while (next <= steps) {
    const step = await readStep(page);
    if (step >= next) {
      const [{ runs, copy }, held] = await Promise.all([storedBytes(page), heap()]);
      console.log(
        `step ${step}: memory of page and workers ${(held / 1e6).toFixed(1)} MB; stored: ${(runs / 1e6).toFixed(1)} MB of runs, ` +
          `${(copy / 1e6).toFixed(1)} MB of the page itself for use offline`,
      );
      next = next < 1000 ? 1000 : next + Math.max(1000, steps / 10);
    }
    if (step >= steps) break;
    await page.waitForTimeout(200);
  }
  const [run] = await storedRuns(page);
  console.log(`${(await writtenBy(page)).count} writes; the last one at step ${run?.step ?? 0}`);
  await context.close();
}
