/** The pictures of phases that learn from elsewhere than the run's own data set: where self-distillation is pretrained. */
import type { BuiltInDataset } from '../config/datasets.ts';
import { phasesOf } from '../config/phases.ts';
import type { RunConfig } from '../config/run.ts';
import { type Dataset, type PictureSet, pictureAt } from './pictures.ts';
import { squarePixels } from './resize.ts';

/** The data set that the settings ask for beside their own; absent when one is enough. */
export function sourceOf(config: RunConfig): BuiltInDataset | undefined {
  const { source } = config.selfDistillation;
  const isUsed = phasesOf(config).some(({ data, steps }) => data === 'source' && steps > 0);
  return isUsed && source !== config.data.dataset ? source : undefined;
}

/** The same pictures as grey or as colour ones, as the model takes them. */
export function withChannels(dataset: Dataset, channels: 1 | 3): Dataset {
  if (dataset.train.channels === channels) return dataset;
  return { ...dataset, train: convert(dataset.train, channels), heldOut: convert(dataset.heldOut, channels) };
}

function convert(set: PictureSet, channels: 1 | 3): PictureSet {
  const { count, size } = set;
  const length = size * size * channels;
  const pixels = new Uint8Array(count * length);
  for (let i = 0; i < count; i++) {
    const raster = { width: size, height: size, channels: set.channels, data: pictureAt(set, i) };
    pixels.set(squarePixels(raster, size, channels), i * length);
  }
  return { ...set, pixels, channels };
}
