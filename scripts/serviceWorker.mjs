/**
 * Writes sw.js beside the built page: src/worker/serviceWorker.js with the list of all files, a hash of each, and the headers that they are
 * given. Its version is a hash of all that: a build of the same sources is the same version, on whatever machine.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { HEADERS } from './policy.mjs';
import { TYPES } from './serve.mjs';

const SOURCE = new URL('../src/worker/serviceWorker.js', import.meta.url);
const PLACE = "JSON.parse('BUILD')";
/** The page asks for them itself, from its server: what was copied would be old. */
const LEFT_OUT = new Set(['sw.js', 'assets.json']);

/** @returns {import('vite').Plugin} */
export function serviceWorker() {
  let folder = '';
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved({ root, build }) {
      folder = path.resolve(root, build.outDir);
    },
    // Workers are built on the way: only what lies there in the end is all of it.
    closeBundle: { order: 'post', sequential: true, handler: () => writeServiceWorker(folder) },
  };
}

/** @param {string} folder of a built page */
export function writeServiceWorker(folder) {
  const source = readFileSync(SOURCE, 'utf8');
  const described = { files: filesOf(folder), headers: HEADERS, types: TYPES };
  const version = hash([source, JSON.stringify(described)], 'hex').slice(0, 12);
  // As a function: "$" has a meaning in a text that replaces another.
  const text = source.replace(PLACE, () => JSON.stringify({ version, ...described }));
  if (text === source) throw new Error('src/worker/serviceWorker.js has no place for the list of files.');
  writeFileSync(path.join(folder, 'sw.js'), text);
}

/** @param {string} folder */
function filesOf(folder) {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((name) => !LEFT_OUT.has(name))
    .sort();
  return Object.fromEntries(
    names.map((name) => [name === 'index.html' ? './' : name, hash([readFileSync(path.join(folder, name))], 'base64')]),
  );
}

/** @param {(string | Buffer)[]} parts @param {'hex' | 'base64'} encoding */
function hash(parts, encoding) {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part);
  return sum.digest(encoding);
}
