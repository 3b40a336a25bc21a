/** Pictures whose class is their colour, and contenders that learn it in a few steps. */
import { Random } from '../../../src/base/random.ts';
import { withObjective } from '../../../src/config/presets.ts';
import type { RunConfig } from '../../../src/config/run.ts';
import { withSetting } from '../../../src/config/settings.ts';
import type { PictureSet } from '../../../src/data/pictures.ts';
import type { Dataset } from '../../../src/data/samples.ts';
import { writeCheckpoint } from '../../../src/io/checkpoint.ts';
import { Run } from '../../../src/trainer/run.ts';
import type { Contender } from '../../../src/trainer/study/plan.ts';
import { rampDataset, tinyConfig } from '../../tinyRun.ts';

/** Red ones and blue ones, with noise. */
export function colourPictures(count: number, seed: number): PictureSet {
  const size = 28;
  const random = new Random(seed, 'colours');
  const labels = Uint16Array.from({ length: count }, (_, i) => i % 2);
  const pixels = Uint8Array.from({ length: count * size * size * 3 }, (_, i) => {
    const label = labels[Math.floor(i / (size * size * 3))];
    const lit = i % 3 === (label === 0 ? 0 : 2);
    return random.below(120) + (lit ? 100 : 0);
  });
  return { modality: 'picture', pixels, count, size, channels: 3, labels, classes: ['red', 'blue'] };
}

export function colourDataset(train = 40, heldOut = 20): Dataset {
  return { name: 'Colours', train: colourPictures(train, 1), heldOut: colourPictures(heldOut, 2), heldOutIsTrain: false };
}

/** A run with labels of the tiny model. */
export function labelled(settings: Record<string, string | number | boolean> = {}): RunConfig {
  const own = { 'picture.patch': 7, 'optimiser.steps': 12, 'optimiser.warmup': 2, 'optimiser.learningRate': 0.003, ...settings };
  return Object.entries(own).reduce(
    (run, [path, value]) => withSetting(run, path, value),
    withObjective(tinyConfig(), 'supervised'),
  );
}

export const SCRATCH: Contender = { name: 'From scratch', config: labelled() };

/** MP3 after a few steps. */
export async function pretrainedContender(name = 'MP3'): Promise<Contender> {
  const config = tinyConfig({ steps: 4 });
  const run = new Run(config, rampDataset());
  for (let i = 0; i < 4; i++) await run.step();
  const info = { step: 4, channels: 3, config: JSON.stringify(config) };
  const weights = writeCheckpoint(run.parameters.placements, await run.readWeights(), info);
  run.dispose();
  return { name, config: labelled(), weights };
}
