import { mkdirSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { Random } from '../../src/base/random.ts';

/** Fills a folder with twelve noisy pictures of 28 px in two classes. @param seed decides the noise */
export async function noisyPictures(folder: string, seed = 1): Promise<void> {
  const random = new Random(seed, 'noisy pictures');
  for (let i = 0; i < 12; i++) {
    const place = path.join(folder, i % 2 === 0 ? 'even' : 'odd');
    mkdirSync(place, { recursive: true });
    const pixels = Uint8Array.from({ length: 28 * 28 * 3 }, () => random.below(256));
    await sharp(pixels, { raw: { width: 28, height: 28, channels: 3 } }).toFile(path.join(place, `${i}.png`));
  }
}

/** Options of a training on them that takes a moment. */
export const TINY_TRAINING =
  '--set picture.size=28 --set picture.patch=14 --set model.width=16 --set model.depth=1 --set model.heads=1 --set model.dropPath=0.1 --set optimiser.batch=2 --set optimiser.warmup=2 --eval-mask-ratios 0'.split(
    ' ',
  );
