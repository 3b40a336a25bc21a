/** The best position accuracy that a data set allows (methods 10, MP3 item 8). */
import type { PatchBatch } from '../objectives/objective.ts';

/**
 * Tokens with exactly the same numbers cannot be told apart: of k alike, whatever the model says, one lands right. A
 * sample's ceiling, the mean of 1/k over its tokens, is therefore its number of different tokens over n.
 *
 * @returns the mean over samples, in (0, 1]; NaN for an empty batch
 */
export function accuracyCeiling({ values, count, patches, patchLength }: PatchBatch): number {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const length = patches * patchLength * values.BYTES_PER_ELEMENT;
  let different = 0;
  for (let i = 0; i < count; i++) different += differentRows(bytes.subarray(i * length, (i + 1) * length), patches);
  return different / (patches * count);
}

function differentRows(rows: Uint8Array, count: number): number {
  const length = rows.length / count;
  const hashes: number[] = [];
  let different = 0;
  for (let row = 0; row < count; row++) {
    const hash = hashBytes(rows, row * length, length);
    let twin = hashes.indexOf(hash);
    // Equal hashes only name a candidate: the bytes decide.
    while (twin >= 0 && !equalBytes(rows, row * length, twin * length, length)) twin = hashes.indexOf(hash, twin + 1);
    if (twin < 0) different++;
    hashes.push(hash);
  }
  return different;
}

/** FNV-1a, 32 bits. */
function hashBytes(bytes: Uint8Array, start: number, length: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < start + length; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
  return hash;
}

function equalBytes(bytes: Uint8Array, a: number, b: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (bytes[a + i] !== bytes[b + i]) return false;
  return true;
}
