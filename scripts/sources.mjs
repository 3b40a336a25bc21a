/** Tells whether something built from the sources is still up to date. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './root.mjs';

/**
 * A hash over names and contents of files. File times are not used: a checkout changes them without changing anything.
 *
 * @param {string[]} places files and folders, from the repository's root; missing ones count as empty
 */
export function hashSources(places) {
  const hash = createHash('sha256');
  for (const place of places) {
    for (const file of filesBelow(path.join(ROOT, place))) {
      hash
        .update(`${path.relative(ROOT, file)}\0`)
        .update(readFileSync(file))
        .update('\0');
    }
  }
  return hash.digest('hex').slice(0, 16);
}

/**
 * @param {string} place
 * @returns {string[]}
 */
function filesBelow(place) {
  const stat = statSync(place, { throwIfNoEntry: false });
  if (stat === undefined) return [];
  if (stat.isFile()) return [place];
  return readdirSync(place)
    .sort()
    .flatMap((name) => filesBelow(path.join(place, name)));
}
