/** Installs npm packages when what lies in node_modules is not what package-lock.json asks for. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './root.mjs';
import { run } from './run.mjs';

/**
 * @typedef {{ version?: string, optional?: boolean }} LockedPackage
 * @typedef {{ packages?: Record<string, LockedPackage> }} Lockfile
 */

/** Everything npm prints goes to stderr. Ends the process when the installation fails. */
export async function installIfNeeded() {
  checkNode();
  if (isInstalled()) return;
  console.error('Installing npm packages (once; this needs the network) ...');
  // Also where NODE_ENV=production is set: the build needs the development packages.
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const code = npm?.endsWith('.js')
    ? await run(process.execPath, [npm, ...args], { stdout: 'stderr' })
    : await run('npm', args, { stdout: 'stderr' });
  if (code === 0) return;
  console.error('npm could not install the packages: its message is above. Check the network and run the command again.');
  process.exit(1);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Patchwork needs Node 20.19 or newer; this is ${process.version}.`);
  process.exit(1);
}

/** npm writes node_modules/.package-lock.json as the last thing it does, so a broken-off installation is not taken for a whole one. */
function isInstalled() {
  const installed = path.join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const have = packagesOf(installed);
  return Object.entries(packagesOf(path.join(ROOT, 'package-lock.json'))).every(
    ([place, wanted]) => place === '' || wanted.optional === true || have[place]?.version === wanted.version,
  );
}

/** @param {string} file */
function packagesOf(file) {
  /** @type {Lockfile} */
  const lockfile = JSON.parse(readFileSync(file, 'utf8'));
  return lockfile.packages ?? {};
}
