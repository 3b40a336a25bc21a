/**
 * Writes the names of the packages that the page and its workers consist of into .packages, a hidden file that nobody serves: a test holds
 * the list, so that whatever comes in with a dependency is seen.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';

/** @type {Set<string>} Page and workers are built side by side, by plugins of their own. */
const found = new Set();

/**
 * @param {{ writes: boolean }} options true for the page's own build, which ends last
 * @returns {import('vite').Plugin}
 */
export function packageList({ writes }) {
  let folder = '';
  return {
    name: 'package-list',
    apply: 'build',
    configResolved({ root, build }) {
      folder = path.resolve(root, build.outDir);
    },
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        for (const id of chunk.type === 'chunk' ? chunk.moduleIds : []) {
          const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id.replaceAll('\\', '/'))?.[1];
          if (name !== undefined) found.add(name);
        }
      }
    },
    closeBundle() {
      if (writes) writeFileSync(path.join(folder, '.packages'), JSON.stringify([...found].sort()));
    },
  };
}
