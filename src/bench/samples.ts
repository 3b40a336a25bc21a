/** The samples of a measured run: few enough to be made in no time, and all made before anything is timed. */
import { BadSettingError } from '../base/errors.ts';
import { formOf } from '../config/modalities.ts';
import type { RunConfig } from '../config/run.ts';
import { builtInDataset } from '../data/builtIn.ts';
import { type Dataset, selectSamples } from '../data/samples.ts';
import { tokenizerOf } from '../data/tokenizers.ts';
import { scenesDataset } from './problem.ts';

const SAMPLES = 256;

/** @throws BadSettingError for own files, which the bench does not read */
export async function benchSamples(config: RunConfig): Promise<Dataset> {
  const { dataset } = config.data;
  if (dataset === 'files') throw new BadSettingError('The bench measures built-in samples.');
  if (dataset === 'scenes') return scenesDataset(config.picture.size);
  const whole = await builtInDataset(dataset, formOf(config), config.optimiser.seed);
  const train = selectSamples(
    whole.train,
    Array.from({ length: SAMPLES }, (_, i) => i),
  );
  const tokenizer = tokenizerOf(config, train);
  while (tokenizer.ahead?.(train) === true);
  return { ...whole, train, heldOut: train, heldOutIsTrain: true };
}
