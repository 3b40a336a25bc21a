/** Pictures that differ everywhere: colours on a coarse grid, different in every picture, with a little noise. */
import { Random } from '../src/base/random.ts';
import type { PictureSet } from '../src/data/pictures.ts';
import type { Dataset } from '../src/data/samples.ts';

export function blobPictures(count: number, seed: number, size = 28): PictureSet {
  const random = new Random(seed, 'blobs');
  const pixels = new Uint8Array(count * size * size * 3);
  const side = 3;
  for (let picture = 0; picture < count; picture++) {
    const colours = Array.from({ length: (side + 1) ** 2 * 3 }, () => random.between(0, 240));
    for (let i = 0; i < size * size * 3; i++) {
      const [x, y] = [((Math.floor(i / 3) % size) * side) / size, (Math.floor(i / (3 * size)) * side) / size];
      const [left, top] = [Math.floor(x), Math.floor(y)];
      const at = (row: number, column: number) => colours[3 * (row * (side + 1) + column) + (i % 3)] as number;
      const upper = at(top, left) * (1 - x + left) + at(top, left + 1) * (x - left);
      const lower = at(top + 1, left) * (1 - x + left) + at(top + 1, left + 1) * (x - left);
      pixels[picture * size * size * 3 + i] = upper * (1 - y + top) + lower * (y - top) + random.below(15);
    }
  }
  return { modality: 'picture', pixels, count, size, channels: 3, classes: [] };
}

export function blobDataset(train = 256, heldOut = 64): Dataset {
  return { name: 'Blobs', train: blobPictures(train, 1), heldOut: blobPictures(heldOut, 2), heldOutIsTrain: false };
}
