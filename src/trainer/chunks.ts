/** Cutting what is looked at into pieces: large enough to be quick, small enough to let a pause through. */

/** Patches per forward pass while looking. */
const CHUNK_PATCHES = 1024;

/**
 * Pictures in chunks of about `CHUNK_PATCHES` patches, in their order.
 *
 * @param patches of one picture
 */
export function chunks(pictures: readonly number[], patches: number): number[][] {
  const size = Math.max(1, Math.floor(CHUNK_PATCHES / patches));
  return Array.from({ length: Math.ceil(pictures.length / size) }, (_, i) => pictures.slice(i * size, (i + 1) * size));
}

export function indexRange(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
