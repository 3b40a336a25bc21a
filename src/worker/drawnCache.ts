/**
 * Built-in pictures that were drawn before, in the browser's cache beside the copy of the page (`serviceWorker.js`): who comes back need not
 * wait for them. They are the program's own and say nothing of a visitor.
 */

import { blankSets, type DrawnSets, type PictureShelf, type WantedPictures } from '../data/builtInPictures.ts';
import { drawnName } from './drawnName.ts';

/** Sets that are kept: that of the page as it opens, and one that somebody chose. */
const MOST_SETS = 2;
/** Bytes of a set; of usual ones the largest has 17 million. */
const MOST_BYTES = 64e6;
/** A name with the hash of its contents, as builds give. */
const HASHED = /-[\w-]{8}\.js$/;

/**
 * @param script address of the script that draws: another version of it may draw otherwise, and finds nothing
 * @returns undefined where its address does not tell versions apart or says `sw=off`, or there is no cache, as over plain http
 */
export function drawnCache(script: string): PictureShelf | undefined {
  if (!HASHED.test(script) || !('caches' in globalThis)) return undefined;
  const open = (): Promise<Cache> => caches.open(drawnName(new URL('..', script).href));
  return {
    async read(wanted) {
      try {
        const found = await (await open()).match(addressOf(script, wanted));
        return found && setsIn(await found.arrayBuffer(), wanted);
      } catch {
        return undefined;
      }
    },
    async write(wanted, sets) {
      const arrays = arraysOf(sets);
      if (arrays.reduce((sum, { byteLength }) => sum + byteLength, 0) > MOST_BYTES) return;
      try {
        const cache = await open();
        await cache.put(addressOf(script, wanted), new Response(new Blob(arrays)));
        for (const old of (await cache.keys()).slice(0, -MOST_SETS)) await cache.delete(old);
      } catch {
        // The browser is full, or does not want to.
      }
    },
  };
}

function addressOf(script: string, { name, size, seed }: WantedPictures): string {
  return `${script}?${new URLSearchParams({ name, size: String(size), seed: String(seed) })}`;
}

/** In the order in which they lie there. */
function arraysOf({ train, heldOut }: DrawnSets): (Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>)[] {
  return [train.pixels, train.labels, heldOut.pixels, heldOut.labels] as (Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>)[];
}

/** Undefined when it is not what would be drawn in length. */
function setsIn(bytes: ArrayBuffer, wanted: WantedPictures): DrawnSets | undefined {
  const sets = blankSets(wanted);
  let start = 0;
  for (const array of arraysOf(sets)) {
    const end = start + array.byteLength;
    if (end > bytes.byteLength) return undefined;
    new Uint8Array(array.buffer).set(new Uint8Array(bytes, start, array.byteLength));
    start = end;
  }
  return start === bytes.byteLength ? sets : undefined;
}
