/**
 * `npm test`: installs what is missing, then types, lint, unit, browser, build and end-to-end tests, and stops at the first
 * stage that fails. The last line is "N passed, N failed, N skipped". `npm test -- unit browser` runs only those stages.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from './build.mjs';
import { findChromium } from './chromium.mjs';
import { installIfNeeded } from './install.mjs';
import { ROOT } from './root.mjs';
import { run, runNode } from './run.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/** @typedef {{ code: number, counts?: Counts }} Outcome */

const REPORTS = path.join(ROOT, 'test-results');

/** @type {Record<string, () => Promise<Outcome>>} */
const STAGES = {
  types: async () => ({ code: await runNode('node_modules/typescript/bin/tsc', ['--noEmit']) }),
  lint: async () => ({ code: await runNode('node_modules/@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']) }),
  unit: () => vitest('node'),
  browser: () => withChromium(() => vitest('browser')),
  build: async () => ({ code: await build() }),
  e2e: () => withChromium(playwright),
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
    const { code, counts } = await STAGES[name]();
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
 * @param {string} project
 * @returns {Promise<Outcome>}
 */
async function vitest(project) {
  const report = freshReport(`vitest-${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await runNode('node_modules/vitest/vitest.mjs', ['run', '--project', project, ...reporters]);
  const result = readReport(report);
  if (result === undefined) return { code };
  const { numPassedTests: passed, numFailedTests: failed, numTotalTests: all } = result;
  return { code, counts: { passed, failed, skipped: all - passed - failed } };
}

/** @returns {Promise<Outcome>} */
async function playwright() {
  const report = freshReport('playwright.json');
  const args = ['test', '--reporter=list,json'];
  const code = await runNode('node_modules/@playwright/test/cli.js', args, { env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report } });
  const stats = readReport(report)?.stats;
  if (stats === undefined) return { code };
  return { code, counts: { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped } };
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
 * Runs a stage that needs a browser, after installing one where that can be done without asking.
 *
 * @param {() => Promise<Outcome>} stage
 * @returns {Promise<Outcome>}
 */
async function withChromium(stage) {
  if (findChromium() !== undefined) return stage();
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    console.log('No Chromium found: installing it with apt-get ...');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    const installed =
      (await run('apt-get', ['update'], { env })) === 0 && (await run('apt-get', ['install', '-y', 'chromium'], { env })) === 0;
    if (installed && findChromium() !== undefined) return stage();
  }
  console.error(
    'These tests need Chromium or Chrome. Install it, or name the program in the environment variable CHROMIUM_PATH.',
  );
  return { code: 1 };
}
