/**
 * How long it takes from the start of the navigation to the first training step, and what is waited for on the way:
 * `npm run first-step [times] [build ...]`. In Chromium on localhost, with a warm cache, for the page's own run on WebAssembly; Train is
 * clicked as soon as it can be. Each time is a new tab without a run to come back to. Several build folders (default: the current build)
 * take turns, so that a busy machine is busy for all of them.
 */
import { buildIfNeeded, DIST } from './build.mjs';
import { CHROMIUM_ARGS, findChromium } from './chromium.mjs';
import { installIfNeeded } from './install.mjs';
import { createStaticServer, listen } from './serve.mjs';

const times = Number(process.argv[2] ?? 11);
const builds = process.argv.slice(3);
/** In the order in which they happen. */
const STAGES = ['paint', 'worker', 'heard', 'engine', 'run', 'step'];
const MEANING = 'first contentful paint, trainer asked for, its first message, engine up, run there, first step reported';

await installIfNeeded();
if (builds.length === 0) {
  await buildIfNeeded();
  builds.push(DIST);
}
const { chromium } = await import('playwright');
const executablePath = findChromium();
const browser = await chromium.launch({ args: CHROMIUM_ARGS, ...(executablePath === undefined ? {} : { executablePath }) });
try {
  const visitors = await Promise.all(builds.map(visit));
  // The first load of each fills the cache, and has the page write its copy for the time without network.
  for (const { measure } of visitors) await measure(5000);
  for (let i = 0; i < times; i++) for (const visitor of visitors) visitor.all.push(await visitor.measure());
  console.log(`milliseconds after the navigation began, medians of ${times}: ${MEANING}`);
  for (const { build, all, close } of visitors) {
    const medians = STAGES.map((stage) => `${stage} ${median(all.map((seen) => seen[stage] ?? Number.NaN)).toFixed(0)}`);
    console.log(`${build}: ${medians.join(', ')}; worst step ${Math.max(...all.map(({ step }) => step)).toFixed(0)}`);
    await close();
  }
} finally {
  await browser.close();
}

/** @param {string} build folder of a built page */
async function visit(build) {
  const server = createStaticServer(build);
  const port = await listen(server, 0, 'localhost');
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  await context.addInitScript(watch);
  /** @type {Record<string, number>[]} */
  const all = [];
  return {
    build,
    all,
    /** @param {number} stay milliseconds that the page is left open afterwards */
    measure: async (stay = 0) => {
      const page = await context.newPage();
      await page.goto(`http://localhost:${port}/?backend=wasm&keep=off`, { waitUntil: 'commit', timeout: 180_000 });
      await page.waitForFunction(() => Reflect.get(globalThis, 'seen').step > 0, undefined, { timeout: 180_000 });
      await page.waitForTimeout(stay);
      const seen = await page.evaluate(() => ({
        ...Reflect.get(globalThis, 'seen'),
        paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
      }));
      await page.close();
      return seen;
    },
    close: async () => {
      await context.close();
      server.close();
    },
  };
}

/** @param {number[]} values */
function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) + (sorted[Math.ceil((sorted.length - 1) / 2)] ?? 0)) / 2;
}

/** Runs in the page, before its own scripts: notes when the trainer says what for the first time, and clicks Train once it is there. */
function watch() {
  /** @type {Record<string, number>} */
  const seen = {};
  Object.assign(globalThis, { seen });
  /** @param {string} stage */
  const note = (stage) => {
    seen[stage] ??= performance.now();
  };
  const Plain = globalThis.Worker;
  globalThis.Worker = class extends Plain {
    /** @param {string | URL} address @param {WorkerOptions} [options] */
    constructor(address, options) {
      super(address, options);
      if (options?.name !== 'trainer') return;
      note('worker');
      this.addEventListener('message', ({ data }) => {
        note('heard');
        if (data.type === 'backend') note('engine');
        if (data.type === 'run') note('run');
      });
    }
  };
  const look = () => {
    const status = document.querySelector('[role=status][aria-label="Run status"]')?.textContent ?? '';
    const step = Number(/step ([\d,]+) of/.exec(status)?.[1]?.replaceAll(',', '') ?? 0);
    if (step > 0) note('step');
    if ('clicked' in seen) return;
    const train = [...document.querySelectorAll('button')].find(
      ({ textContent, disabled }) => textContent === 'Train' && !disabled,
    );
    if (train === undefined) return;
    note('clicked');
    train.click();
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
}
