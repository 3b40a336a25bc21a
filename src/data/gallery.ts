/** Samples as people see and hear them, whatever they are of: rasters of one size, and their sound where they have one. */
import type { ModalityName } from '../config/modalities.ts';
import type { SampleSet } from './sampleSet.ts';

export interface Gallery extends SampleSet {
  modality: ModalityName;
  /** (count, height, width, channels), row-major, 0..255. */
  pixels: Uint8Array;
  width: number;
  height: number;
  channels: 1 | 3;
}

/** A view on the raster of sample `index`: (height, width, channels). */
export function rasterAt({ pixels, width, height, channels }: Gallery, index: number): Uint8Array {
  const length = width * height * channels;
  return pixels.subarray(index * length, (index + 1) * length);
}
