/** Writes the names of all scripts, styles and wasm files of a build into assets.json, for the page to fetch them ahead. */
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** @returns {import('vite').Plugin} */
export function assetList() {
  let folder = '';
  return {
    name: 'asset-list',
    apply: 'build',
    configResolved({ root, build }) {
      folder = path.resolve(root, build.outDir);
    },
    // Workers are built on the way: only what lies there in the end is all of it.
    closeBundle() {
      const names = readdirSync(path.join(folder, 'assets')).filter((name) => /\.(js|css|wasm)$/.test(name));
      writeFileSync(path.join(folder, 'assets.json'), JSON.stringify(names.map((name) => `assets/${name}`)));
    },
  };
}
