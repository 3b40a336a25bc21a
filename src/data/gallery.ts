/** Samples as people see and hear them, whatever they are of: rasters of one size, and their sound where they have one. */
import type { ModalityName } from '../config/modalities.ts';
import type { SampleSet } from './sampleSet.ts';
import type { FrontEnd } from './sound/frontEnd.ts';
import type { Scale } from './sound/map.ts';

export interface Gallery extends SampleSet {
  modality: ModalityName;
  /** (count, height, width, channels), row-major, 0..255. */
  pixels: Uint8Array;
  width: number;
  height: number;
  channels: 1 | 3;
  /** What can be heard. */
  sound?: GallerySound;
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

/** A view on the raster of sample `index`: (height, width, channels). */
export function rasterAt({ pixels, width, height, channels }: Gallery, index: number): Uint8Array {
  const length = width * height * channels;
  return pixels.subarray(index * length, (index + 1) * length);
}
