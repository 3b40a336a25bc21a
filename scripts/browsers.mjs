/** The browsers that tests need, and how they come onto a Debian machine. */
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { run } from './run.mjs';

/**
 * @typedef {{
 *   label: string,
 *   variable: string,
 *   names: string[],
 *   places: string[],
 *   debian: string,
 * }} Browser
 */

/** @type {Record<'chromium' | 'firefox', Browser>} */
export const BROWSERS = {
  chromium: {
    label: 'Chromium or Chrome',
    variable: 'CHROMIUM_PATH',
    names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'chrome.exe'],
    places: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    ],
    debian: 'chromium',
  },
  firefox: {
    label: 'Firefox',
    variable: 'FIREFOX_PATH',
    names: ['firefox-esr', 'firefox', 'firefox.exe'],
    places: ['/Applications/Firefox.app/Contents/MacOS/firefox', 'C:\\Program Files\\Mozilla Firefox\\firefox.exe'],
    debian: 'firefox-esr',
  },
};

/**
 * The program named by the browser's variable, else the first one on PATH or in its usual place.
 *
 * @param {keyof typeof BROWSERS} name
 * @returns {string | undefined} path of the program, or undefined when there is none
 */
export function findBrowser(name) {
  const { variable, names, places } = BROWSERS[name];
  return findProgram(variable, names, places);
}

/**
 * @param {string} variable of the environment, which may name the program
 * @param {string[]} names on PATH
 * @param {string[]} places elsewhere
 * @returns {string | undefined}
 */
export function findProgram(variable, names, places = []) {
  const asked = process.env[variable];
  if (asked) return asked;
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const onPath = names.flatMap((program) => folders.map((folder) => path.join(folder, program)));
  return [...onPath, ...places].find(isProgram);
}

/**
 * Finds the browsers, after installing those that are missing where that can be done without asking.
 *
 * @param {(keyof typeof BROWSERS)[]} names
 * @returns {Promise<boolean>} whether all are there; what is missing has been said
 */
export async function ensureBrowsers(names) {
  const missing = () => names.filter((name) => findBrowser(name) === undefined);
  await installPackages(missing().map((name) => BROWSERS[name].debian));
  for (const name of missing()) {
    const { label, variable } = BROWSERS[name];
    console.error(`These tests need ${label}. Install it, or name the program in the environment variable ${variable}.`);
  }
  return missing().length === 0;
}

/**
 * Where that can be done without asking: as root on Debian.
 *
 * @param {string[]} packages
 */
export async function installPackages(packages) {
  if (packages.length === 0 || process.platform !== 'linux' || process.getuid?.() !== 0) return;
  console.log(`Installing ${packages.join(' and ')} with apt-get ...`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  if ((await run('apt-get', ['update'], { env })) === 0) await run('apt-get', ['install', '-y', ...packages], { env });
}

/** @param {string} file */
function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
