/** The run of which test/formats holds a file in every format that there was, after its third step; three more were under way to its end. */
import { presetRun } from '../../src/config/presets.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { applySettings } from '../../src/config/settings.ts';
import type { PictureSet } from '../../src/data/pictures.ts';
import type { Dataset } from '../../src/data/samples.ts';
import { Run } from '../../src/trainer/run.ts';
import { rampPictures } from '../tinyRun.ts';

const SETTINGS = {
  'data.dataset': 'files',
  'picture.size': 28,
  'picture.patch': 7,
  'model.width': 16,
  'model.depth': 0,
  'model.heads': 1,
  'optimiser.batch': 4,
  'optimiser.steps': 6,
  'optimiser.warmup': 2,
};

function storedConfig(): RunConfig {
  return applySettings(presetRun('mp3-digits'), SETTINGS);
}

function grey({ pixels, ...set }: PictureSet): PictureSet {
  return { ...set, pixels: pixels.filter((_, i) => i % 3 === 0), channels: 1 };
}

function greyDataset(): Dataset {
  return { name: 'Grey ramps', train: grey(rampPictures(12, 1)), heldOut: grey(rampPictures(4, 2)), heldOutIsTrain: false };
}

export function storedRun(config = storedConfig()): Run {
  return new Run(config, greyDataset());
}
