/** Finds pictures that are there more than once, by their bytes, so that none is counted twice or tested on after it was learnt. */

import { crc32 } from '../base/crc32.ts';
import { BadDataError } from '../base/errors.ts';
import { Budget } from './budget.ts';
import type { Entry } from './entries.ts';
import { groupBy } from './groupBy.ts';
import type { Pace } from './pace.ts';

/** Bytes of files that are held at the same time while they are compared. */
const BYTES_AT_ONCE = 64 * 2 ** 20;
const AT_ONCE = 16;

/** Files with equal bytes, each group in the order given. Only files of equal size are read. */
export async function findCopies(entries: readonly Entry[], pace: Pace): Promise<Entry[][]> {
  const sizes = groupBy(entries, ({ size }) => size);
  // In the order in which they are stored, so that an archive is read from front to back.
  const alike = entries.filter(({ size }) => (sizes.get(size)?.length ?? 0) > 1);
  const budget = new Budget(BYTES_AT_ONCE);
  const prints: (string | undefined)[] = [];
  for (let i = 0; i < alike.length; i += AT_ONCE) {
    const some = alike.slice(i, i + AT_ONCE);
    prints.push(...(await Promise.all(some.map((entry) => budget.spend(entry.size, () => fingerprint(entry))))));
    await pace.tick('Looking for copies', i, alike.length);
  }
  const groups = groupBy(alike.keys(), (i) => prints[i]);
  groups.delete(undefined);
  return [...groups.values()].filter((group) => group.length > 1).map((group) => group.map((i) => alike[i]));
}

/** Undefined for a file that cannot be read: that is told where it is decoded. */
async function fingerprint(entry: Entry): Promise<string | undefined> {
  try {
    const bytes = await entry.read();
    return `${bytes.length}/${crc32(bytes)}/${fnv1a(bytes)}`;
  } catch (error) {
    if (!(error instanceof BadDataError)) throw error;
    return undefined;
  }
}

/** Fowler, Noll and Vo's hash: with the checksum and the size, 64 bits in which no two pictures of a set agree by chance. */
function fnv1a(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
  return hash >>> 0;
}
