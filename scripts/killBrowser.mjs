/**
 * Kills Chromium again and again while a run trains on WebAssembly, and looks what is lost: `npm run kills:browser [kills] [steps]`. The run comes back each time
 * from what the browser keeps, and ends with the same bits as one that was never killed. A run that ends before all kills are done is followed by another.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fingerprintOfState, readStep, storedRuns } from './keptInBrowser.mjs';
import { openReady, servePage } from './servedPage.mjs';

const kills = Number(process.argv[2] ?? 20);
const steps = Number(process.argv[3] ?? 20_000);
/** A run trains so long between two kills, in milliseconds; the first save is made after two seconds. */
const SHORTEST = 1000;
/** Longer than it takes from one save to the next, so that the worst moment is among them. */
const LONGEST = 11_000;

const served = await servePage('--remote-debugging-port=0');
const settings = {
  backend: 'wasm',
  'data.dataset': 'digits',
  'model.width': '32',
  'model.depth': '2',
  'model.heads': '2',
  'optimiser.batch': '8',
  'optimiser.steps': String(steps),
};
const address = served.address(settings);

/** @param {string} profile folder that outlives the browser */
async function open(profile) {
  const context = await served.chromium.launchPersistentContext(profile, { headless: true, ...served.options });
  const page = context.pages()[0] ?? (await context.newPage());
  await openReady(page, address);
  return { context, page };
}

/** Of the browser that has a profile open: Playwright starts no other with it. @param {string} profile */
async function processesOf(profile) {
  const { readdirSync, readFileSync } = await import('node:fs');
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`--user-data-dir=${profile}`);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** @param {import('playwright').Page} page */
async function goOn(page) {
  await page.getByRole('button', { name: 'Go on', exact: true }).click({ timeout: 60_000 });
  await page
    .getByRole('status', { name: 'Run status' })
    .getByText(/Paused|Finished/)
    .waitFor({ timeout: 180_000 });
  return readStep(page);
}

/** @param {import('playwright').Page} page */
async function finish(page) {
  await page.getByRole('status', { name: 'Run status' }).getByText('Finished').waitFor({ timeout: 3_600_000 });
  const written = async () => (await storedRuns(page)).find(({ step }) => step === steps);
  for (let run = await written(); ; run = await written()) {
    if (run !== undefined) return fingerprintOfState(page, run.id);
    await page.waitForTimeout(200);
  }
}

/** @type {string[]} */
const profiles = [];
let unreadable = 0;
let resumed = 0;
let begun = 0;
let worst = 0;
try {
  /** @type {string[]} */
  const found = [];
  let killed = 0;
  while (killed < kills) {
    const { ended, done } = await killUntilItEnds(kills - killed);
    killed += done;
    found.push(ended);
  }
  const unbroken = await open(newProfile());
  await unbroken.page.getByRole('button', { name: 'Train', exact: true }).click();
  const wanted = await finish(unbroken.page);
  await unbroken.context.close();
  const same = found.filter((hash) => hash === wanted).length;
  console.log(
    `${killed} kills: ${resumed} times resumed, ${begun} times begun anew as nothing was kept yet, ${unreadable} unreadable`,
  );
  console.log(`at most ${(worst / 1000).toFixed(1)} s of training lost`);
  console.log(`${found.length} runs reached their end, ${same} with the bits of the unbroken one: ${wanted}`);
  for (const hash of found) if (hash !== wanted) console.log(`OTHER BITS: ${hash}`);
  process.exitCode = same === found.length && unreadable === 0 ? 0 : 1;
} finally {
  served.close();
  for (const profile of profiles) rmSync(profile, { recursive: true, force: true });
}

function newProfile() {
  const profile = mkdtempSync(path.join(os.tmpdir(), 'patchwork-browser-kills-'));
  profiles.push(profile);
  return profile;
}

/**
 * One run, up to its end.
 *
 * @param {number} most kills
 * @returns {Promise<{ ended: string, done: number }>} what it ended with, and how often it was killed
 */
async function killUntilItEnds(most) {
  const profile = newProfile();
  /** @type {{ step: number, time: number }[]} */
  let trace = [];
  for (let done = 0; ; done++) {
    const { context, page, at, end } = await openAgain(profile, trace);
    if (end === undefined) {
      await page.getByRole('button', { name: 'Train', exact: true }).click();
      trace = await follow(page, at, done < most ? SHORTEST + Math.random() * (LONGEST - SHORTEST) : 0);
      if (done < most && (trace.at(-1)?.step ?? 0) < steps) {
        await killAll(profile);
        continue;
      }
    }
    const ended = end ?? (await finish(page));
    await context.close();
    return { ended, done };
  }
}

/**
 * Opens the page once more, and the run that was killed.
 *
 * @param {string} profile
 * @param {{ step: number, time: number }[]} trace of the run until it was killed; none before
 */
async function openAgain(profile, trace) {
  const opened = await open(profile);
  const last = trace.at(-1);
  if (last === undefined) return { ...opened, at: 0, end: undefined };
  const [stored] = await storedRuns(opened.page);
  const kept = stored?.step ?? 0;
  // It ended in the very moment of the kill: nobody is asked to go on with it.
  if (kept === steps) return { ...opened, at: steps, end: await fingerprintOfState(opened.page, stored.id) };
  const at = stored === undefined ? 0 : await goOn(opened.page).catch(() => undefined);
  if (stored === undefined) begun += 1;
  else if (at === undefined) unreadable += 1;
  else resumed += 1;
  const since = trace.findLast(({ step }) => step <= (at ?? 0)) ?? trace[0];
  const lost = last.time - since.time;
  worst = Math.max(worst, lost);
  console.log(
    `killed at step ${last.step}, kept ${kept}, back at ${at ?? 'none'}: ${(lost / 1000).toFixed(1)} s of training lost`,
  );
  return { ...opened, at: at ?? 0, end: undefined };
}

/** @param {string} profile */
async function killAll(profile) {
  for (const pid of await processesOf(profile)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It went with another one.
    }
  }
  await new Promise((resolve) => setTimeout(resolve, 500));
}

/**
 * Where the run stands, every tenth of a second.
 *
 * @param {import('playwright').Page} page
 * @param {number} from the step that it stands at
 * @param {number} milliseconds
 */
async function follow(page, from, milliseconds) {
  const end = performance.now() + milliseconds;
  const trace = [{ step: from, time: performance.now() }];
  while (performance.now() < end && (trace.at(-1)?.step ?? 0) < steps) {
    trace.push({ step: await readStep(page), time: performance.now() });
    await page.waitForTimeout(100);
  }
  return trace;
}
