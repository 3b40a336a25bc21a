import type { Random } from '../../base/random.ts';

export interface Picture {
  /** (size, size, channels), row-major, 0..255. */
  pixels: Uint8Array;
  /** Index into the source's classes. */
  label: number;
}

/** Something that draws labelled pictures. */
export interface PictureSource {
  channels: 1 | 3;
  classes: readonly string[];
  /** The same `random` gives the same picture, at every size. */
  draw(size: number, random: Random): Picture;
}
