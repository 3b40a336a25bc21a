/** Builds the page into dist/ when its sources have changed since the last time. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './root.mjs';
import { runNode } from './run.mjs';
import { hashSources } from './sources.mjs';

export const DIST = path.join(ROOT, 'dist');
const SOURCES = ['src', 'public', 'scripts', 'index.html', 'vite.config.ts', 'tsconfig.json', 'package-lock.json'];
/** Lies in dist/, which every build empties first: a build that broke off, or that someone made by hand, leaves none. */
const STAMP = path.join(DIST, '.sources');

/** Ends the process when the build fails. */
export async function buildIfNeeded() {
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hashSources(SOURCES)) return;
  console.error('Building the page ...');
  if ((await build()) === 0) return;
  console.error('The page could not be built: the message is above.');
  process.exit(1);
}

/** Builds in any case, and returns the exit code. */
export async function build() {
  const hash = hashSources(SOURCES);
  const code = await runNode('node_modules/vite/bin/vite.js', ['build', '--logLevel', 'warn'], { stdout: 'stderr' });
  if (code === 0) writeFileSync(STAMP, hash);
  return code;
}
