/** The best position accuracy that a data set allows (methods 10, MP3 item 8). */
import { invariant } from '../base/invariant.ts';
import { type PictureSet, pictureAt } from '../data/pictures.ts';

/**
 * Patches with exactly the same pixels cannot be told apart: of k alike, whatever the model says, one lands right. A
 * picture's ceiling, the mean of 1/k over its patches, is therefore its number of different patches over n.
 *
 * @returns the mean over pictures, in (0, 1]; NaN for an empty set
 */
export function accuracyCeiling(set: PictureSet, patch: number): number {
  const side = set.size / patch;
  invariant(Number.isInteger(side), `patch ${patch} does not divide ${set.size}`);
  let different = 0;
  for (let index = 0; index < set.count; index++) {
    different += differentRows(patchRows(pictureAt(set, index), side, patch, set.channels), side * side);
  }
  return different / (side * side * set.count);
}

/** (n, patch * patch * channels): the pixels of every patch, one patch after the other. */
function patchRows(pixels: Uint8Array, side: number, patch: number, channels: number): Uint8Array {
  const rows = new Uint8Array(pixels.length);
  const width = patch * channels;
  for (let line = 0; line < side * patch; line++) {
    for (let column = 0; column < side; column++) {
      const cell = Math.floor(line / patch) * side + column;
      const from = (line * side + column) * width;
      rows.set(pixels.subarray(from, from + width), (cell * patch + (line % patch)) * width);
    }
  }
  return rows;
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
