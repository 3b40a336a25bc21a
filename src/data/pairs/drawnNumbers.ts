/** Between what is drawn of *Paired digits* and the numbers that models read. */
import { PAIR_SIZE } from '../../config/modalities/pairShapes.ts';
import { eachPatchRow, unpatchify } from '../patchify.ts';

const PATCH = 8;

export interface Scale {
  mean: number;
  deviation: number;
}

export function normalised(values: Float32Array, { mean, deviation }: Scale): Float32Array {
  const numbers = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) numbers[i] = (values[i] - mean) / deviation;
  return numbers;
}

export function unnormalised(value: number, { mean, deviation }: Scale): number {
  return value * deviation + mean;
}

export function scaleOf(rows: readonly Float32Array[]): Scale {
  const count = rows.reduce((sum, { length }) => sum + length, 0);
  let sum = 0;
  for (const row of rows) for (const value of row) sum += value;
  const mean = sum / count;
  let squares = 0;
  for (const row of rows) for (const value of row) squares += (value - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / count) };
}

/** (32, 32) -> 16 patches, and back. */
export function patchesOf(pixels: Float32Array): Float32Array {
  const patches = new Float32Array(pixels.length);
  eachPatchRow(PAIR_SIZE, 1, PATCH, (inPicture, inPatches, length) => {
    patches.set(pixels.subarray(inPicture, inPicture + length), inPatches);
  });
  return patches;
}

export function asPixels(patches: Float32Array): Float32Array {
  return unpatchify(patches, PAIR_SIZE, 1, PATCH);
}

/** Ink 1, paper 0 -> black on white, 0..255. */
export function asInk(pixels: Float32Array): Uint8Array {
  return new Uint8Array(Uint8ClampedArray.from(pixels, (value) => 255 * (1 - value)).buffer);
}
