import type { PictureSet } from '../src/data/pictures.ts';
import type { Samples } from '../src/data/samples.ts';

/** A set that is known to hold pictures. */
export function asPictures(set: Samples | undefined): PictureSet {
  if (set?.modality !== 'picture') throw new Error('no set of pictures');
  return set;
}
