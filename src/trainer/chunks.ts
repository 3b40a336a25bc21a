/** Cutting what is looked at into pieces: large enough to be quick, small enough to let a pause through. */

/** Patches per forward pass while looking. */
const CHUNK_PATCHES = 1024;

/**
 * The first `count` pictures by index, in chunks of about `CHUNK_PATCHES` patches.
 *
 * @param patches of one picture
 */
export function chunks(count: number, patches: number): number[][] {
  const size = Math.max(1, Math.floor(CHUNK_PATCHES / patches));
  return Array.from({ length: Math.ceil(count / size) }, (_, i) => indexRange(i * size, Math.min((i + 1) * size, count)));
}

export function indexRange(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
