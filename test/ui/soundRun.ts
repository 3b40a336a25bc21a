/** A run on sounds that need no decoder: each token of a clip is of one loudness. */

import { type Grid, sidesOf, tokensOn } from '../../src/config/modalities/tokens.ts';
import type { RunConfig } from '../../src/config/run.ts';
import type { Gallery } from '../../src/data/gallery.ts';
import type { RunInfo } from '../../src/worker/protocol.ts';

/** Frames and bands: neither fits the other, and 5 x 8 and 16 cut them whole. */
export const CLIP = { width: 48, height: 40 };

export function loudnessOf(cell: number): number {
  return 10 + 6 * cell;
}

export function soundGallery(grid: Grid, count: number): Gallery {
  const { width, height } = CLIP;
  const [rows, columns] = sidesOf(grid);
  const clip = Uint8Array.from({ length: width * height }, (_, i) => {
    const row = Math.floor((Math.floor(i / width) * rows) / height);
    return loudnessOf(row * columns + Math.floor(((i % width) * columns) / width));
  });
  const pixels = new Uint8Array(count * clip.length);
  for (let i = 0; i < count; i++) pixels.set(clip, i * clip.length);
  return { modality: 'sound', pixels, width, height, channels: 1, count, classes: [] };
}

/** @param picture a run on pictures, of which everything else is taken */
export function soundInfo(picture: RunInfo, grid: Grid, sound: Partial<RunConfig['sound']> = {}): RunInfo {
  const { config: own } = picture;
  const data = { ...own.data, dataset: 'syllables' as const };
  const config: RunConfig = { ...own, data, sound: { ...own.sound, ...sound } };
  const tokens = tokensOn('sound', grid, [3, 40]);
  return { ...picture, config, tokens, board: soundGallery(grid, 3), thumbnails: soundGallery(grid, 4) };
}
