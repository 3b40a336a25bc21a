/** Samples as people see, hear and read them, whatever they are of: rasters of one size, with their sound or text where they have one. */
import type { ModalityName } from '../config/modalities.ts';
import type { SampleSet } from './sampleSet.ts';
import type { FrontEnd } from './sound/frontEnd.ts';
import type { Scale } from './sound/map.ts';
import type { Vocabulary } from './text/vocabulary.ts';

export interface Gallery extends SampleSet {
  modality: ModalityName;
  /** (count, height, width, channels), row-major, 0..255. */
  pixels: Uint8Array;
  width: number;
  height: number;
  channels: 1 | 3;
  /** What can be heard. */
  sound?: GallerySound;
  /** What can be read. */
  text?: GalleryText;
}

export interface GallerySound {
  /** 16-bit samples at `rate`, one sample of the set after the other. */
  samples: Int16Array;
  /** (count + 1) where each begins, and the end of the last. */
  starts: Uint32Array;
  rate: number;
  /** What the rasters are made by: bands of log-mel, which 0 and 255 stand for `low` and `high` of. */
  frontEnd: FrontEnd;
  scale: Scale;
}

export interface GalleryText {
  /** Each as it was brought, all of it. */
  texts: readonly string[];
  /** (count, n) what models read of them: a window, or the beginning, and empty places behind the end. */
  ids: Int32Array;
  /** What ids stand for. */
  vocabulary: Vocabulary;
}

/** A view on the raster of sample `index`: (height, width, channels). */
export function rasterAt({ pixels, width, height, channels }: Gallery, index: number): Uint8Array {
  const length = width * height * channels;
  return pixels.subarray(index * length, (index + 1) * length);
}
