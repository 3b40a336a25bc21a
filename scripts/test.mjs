/**
 * `npm test`: installs what is missing, then types, lint, unit, python, transformersjs, browser, build and end-to-end tests, and stops at the first
 * stage that fails. The last line is "N passed, N failed, N skipped". `npm test -- unit browser` runs only those stages.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureBrowsers, installPackages } from './browsers.mjs';
import { build } from './build.mjs';
import { installIfNeeded } from './install.mjs';
import { findPulseAudio } from './loudspeaker.mjs';
import { findTorch } from './python.mjs';
import { ROOT } from './root.mjs';
import { runNode } from './run.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/** @typedef {{ code: number, counts?: Counts }} Outcome */

const REPORTS = path.join(ROOT, 'test-results');

/**
 * Tests that may be skipped, by stage: with real files to try them on (`PATCHWORK_DATA`, else ../shared/data) none, without them
 * exactly those that need them. A test that is skipped for another reason must not pass unseen.
 */
const SKIPPED = hasRealFiles() ? { unit: 0, browser: 0, e2e: 0 } : { unit: 18, browser: 0, e2e: 2 };

/** Vitest would leave one of two processors idle, but most tests keep a single one busy. */
const IN_PARALLEL = [`--maxWorkers=${os.availableParallelism()}`];

/** Of e2e, those that listen to what comes out of Firefox: skipped where there is nothing to play into. */
const LISTENING = 1;

// A forgotten `.only` fails: Vitest and Playwright refuse it where CI is set.
process.env.CI ??= '1';

/** @type {Record<string, () => Promise<Outcome>>} */
const STAGES = {
  types: async () => ({ code: await runNode('node_modules/typescript/bin/tsc', ['--noEmit']) }),
  lint: async () => ({ code: await runNode('node_modules/@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']) }),
  unit: () => vitest('node', IN_PARALLEL),
  python,
  transformersjs,
  browser: () => withBrowsers(['chromium'], () => vitest('browser')),
  build: async () => ({ code: await build() }),
  e2e: () => withBrowsers(['chromium', 'firefox'], withLoudspeaker),
};

process.exitCode = (await runStages(chosenStages())) ? 0 : 1;

function chosenStages() {
  const asked = process.argv.slice(2);
  const unknown = asked.find((name) => !Object.hasOwn(STAGES, name));
  if (unknown !== undefined) {
    console.error(`There is no stage "${unknown}". Stages: ${Object.keys(STAGES).join(', ')}.`);
    process.exit(2);
  }
  return asked.length === 0 ? Object.keys(STAGES) : asked;
}

/** @param {string[]} names */
async function runStages(names) {
  await installIfNeeded();
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const name of names) {
    console.log(`\n=== ${name} ===`);
    const start = performance.now();
    const { code, counts } = held(name, await STAGES[name]());
    total.passed += counts?.passed ?? 0;
    // A stage without tests of its own, or one that broke before it could count them, must not read as "0 failed".
    total.failed += counts?.failed || (code === 0 ? 0 : 1);
    total.skipped += counts?.skipped ?? 0;
    console.log(`--- ${name}: ${code === 0 ? 'ok' : 'FAILED'} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
    if (code !== 0) break;
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total.failed === 0;
}

/**
 * A stage of tests passes only when it says what it ran, ran something, and skipped what may be skipped.
 *
 * @param {string} name
 * @param {Outcome} outcome
 * @returns {Outcome}
 */
function held(name, outcome) {
  const { code, counts } = outcome;
  if (!Object.hasOwn(SKIPPED, name) || code !== 0) return outcome;
  if (counts === undefined || counts.passed === 0) {
    console.error(`The stage ${name} has not said that any test passed.`);
    return { code: 1 };
  }
  const { skipped } = counts;
  const deaf = name === 'e2e' && findPulseAudio() === undefined ? LISTENING : 0;
  const expected = SKIPPED[/** @type {keyof typeof SKIPPED} */ (name)] + deaf;
  if (skipped === expected) return outcome;
  console.error(`${skipped} tests of ${name} were skipped; scripts/test.mjs expects ${expected}.`);
  return { code: 1, counts };
}

function hasRealFiles() {
  return existsSync(process.env.PATCHWORK_DATA ?? path.join(ROOT, '../shared/data'));
}

/**
 * @param {string} project
 * @param {string[]} options
 * @returns {Promise<Outcome>}
 */
async function vitest(project, options = []) {
  const report = freshReport(`vitest-${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await runNode('node_modules/vitest/vitest.mjs', ['run', '--project', project, ...reporters, ...options]);
  const result = readReport(report);
  if (result === undefined) return { code };
  const { numPassedTests: passed, numFailedTests: failed, numTotalTests: all } = result;
  return { code, counts: { passed, failed, skipped: all - passed - failed } };
}

/**
 * What PyTorch makes of files that are taken home; only where it is there.
 *
 * @returns {Promise<Outcome>}
 */
async function python() {
  if (findTorch() === undefined) {
    console.log('Did not run: there is no Python with PyTorch (Debian: python3-torch).');
    return { code: 0 };
  }
  const outcome = await vitest('python', IN_PARALLEL);
  return outcome.counts?.skipped === 0 ? outcome : { ...outcome, code: outcome.code || 1 };
}

/**
 * What transformers.js makes of files that are taken home; only where somebody has it: it is no package of ours.
 *
 * @returns {Promise<Outcome>}
 */
async function transformersjs() {
  const folder = process.env.TRANSFORMERS_JS ?? '';
  if (folder !== '' && existsSync(path.join(folder, 'node_modules/@huggingface/transformers'))) return vitest('transformersjs');
  console.log('Did not run: TRANSFORMERS_JS names no folder in which @huggingface/transformers 4.3.1 is installed.');
  return { code: 0 };
}

async function withLoudspeaker() {
  if (findPulseAudio() === undefined) await installPackages(['pulseaudio']);
  // Two pages at once: one waits for what it draws, reads and writes while the other computes.
  const together = await playwright('together', Math.min(2, os.availableParallelism()));
  return both(together, await playwright('alone', 1));
}

/**
 * @param {string} project
 * @param {number} workers
 * @returns {Promise<Outcome>}
 */
async function playwright(project, workers) {
  const report = freshReport(`playwright-${project}.json`);
  const output = path.join(REPORTS, project);
  const args = ['test', '--reporter=list,json', `--project=${project}`, `--workers=${workers}`, `--output=${output}`];
  const code = await runNode('node_modules/@playwright/test/cli.js', args, { env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report } });
  const stats = readReport(report)?.stats;
  if (stats === undefined) return { code };
  return { code, counts: { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped } };
}

/**
 * One outcome of two; it counts only where both say what they ran.
 *
 * @param {Outcome} one
 * @param {Outcome} other
 * @returns {Outcome}
 */
function both(one, other) {
  const code = one.code || other.code;
  const [a, b] = [one.counts, other.counts];
  if (a === undefined || b === undefined || a.passed === 0 || b.passed === 0) return { code: code || 1 };
  return { code, counts: { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped } };
}

/** @param {string} name */
function freshReport(name) {
  mkdirSync(REPORTS, { recursive: true });
  const report = path.join(REPORTS, name);
  rmSync(report, { force: true });
  return report;
}

/** @param {string} file */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Runs a stage that needs browsers, after installing them where that can be done without asking.
 *
 * @param {Parameters<typeof ensureBrowsers>[0]} names
 * @param {() => Promise<Outcome>} stage
 * @returns {Promise<Outcome>}
 */
async function withBrowsers(names, stage) {
  return (await ensureBrowsers(names)) ? stage() : { code: 1 };
}
