/**
 * `npm run pack`: writes patchwork-X.Y.Z.zip, the built page with a small server that needs nothing but Node or Python. The same sources
 * make the same bytes; its SHA-256 is printed.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { zipSync } from 'fflate';
import { buildIfNeeded, DIST } from './build.mjs';
import { HEADERS } from './policy.mjs';
import { ROOT } from './root.mjs';
import { TYPES } from './serve.mjs';

/** Read by its fields, as the zone says: the same everywhere. */
const MADE = new Date(1980, 0, 1);
const UNIX = 3;
const SERVER = ['serving.mjs', 'lan.mjs', 'serve.mjs', 'policy.mjs'];
const FRONT = ['START-HERE.html', 'START.cmd', 'start.sh', 'serve.mjs', 'serve.py'];

/**
 * @param {string} dist folder of the built page
 * @param {string} version
 * @returns {Uint8Array}
 */
export function packZip(dist, version) {
  /** @type {Map<string, Uint8Array>} */
  const files = new Map();
  for (const name of filesBelow(dist)) files.set(`dist/${name}`, readFileSync(path.join(dist, name)));
  for (const name of SERVER) files.set(`server/${name}`, readFileSync(path.join(ROOT, 'scripts', name)));
  files.set('server/headers.json', Buffer.from(JSON.stringify(HEADERS, null, 2)));
  files.set('server/types.json', Buffer.from(JSON.stringify(TYPES, null, 2)));
  for (const name of FRONT) files.set(name, readFileSync(path.join(ROOT, 'scripts/pack', name)));
  files.set('serve.mjs', Buffer.from(String(files.get('serve.mjs')).replace('../serving.mjs', './server/serving.mjs')));
  files.set('START.cmd', Buffer.from(String(files.get('START.cmd')).replaceAll('\n', '\r\n')));
  files.set('LICENSE', readFileSync(path.join(ROOT, 'LICENSE')));
  const entries = [...files.keys()].sort().map((name) => {
    const mode = name === 'start.sh' ? 0o100755 : 0o100644;
    const options = { mtime: MADE, os: UNIX, attrs: mode << 16 };
    return /** @type {const} */ ([`patchwork-${version}/${name}`, [files.get(name) ?? new Uint8Array(), options]]);
  });
  return zipSync(/** @type {import('fflate').Zippable} */ (Object.fromEntries(entries)), { level: 9 });
}

/** @param {string} folder */
function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await buildIfNeeded();
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const bytes = packZip(DIST, version);
  const name = `patchwork-${version}.zip`;
  writeFileSync(path.join(ROOT, name), bytes);
  console.log(`${name}  ${(bytes.length / 2 ** 20).toFixed(1)} MB  SHA-256 ${createHash('sha256').update(bytes).digest('hex')}`);
}
