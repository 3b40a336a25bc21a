/**
 * How long it takes from the start of the navigation to the first training step, and what is waited for on the way:
 * `npm run first-step [times] [build ...]`. In Chromium on localhost, with a warm cache, for the page's own run on WebAssembly; Train is
 * clicked as soon as it can be. Each time is a new tab without a run to come back to. Several build folders (default: the current build)
 * take turns, so that a busy machine is busy for all of them.
 */
import { findBrowser, findBuilds, median, serveBuild } from './servedPage.mjs';

const times = Number(process.argv[2] ?? 11);
const builds = await findBuilds(...process.argv.slice(3));
/** In the order in which they happen. */
const STAGES = ['paint', 'worker', 'heard', 'engine', 'run', 'step'];
const MEANING = 'first contentful paint, trainer asked for, its first message, engine up, run there, first step reported';

const { chromium, options } = await findBrowser();
const browser = await chromium.launch(options);
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
  const served = await serveBuild(build);
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
      await page.goto(served.address({ backend: 'wasm', keep: 'off' }), { waitUntil: 'commit', timeout: 180_000 });
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
      served.close();
    },
  };
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
