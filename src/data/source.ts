/** The samples of phases that learn from elsewhere than the run's own data set: where self-distillation is pretrained. */
import type { BuiltInDataset } from '../config/datasets.ts';
import { phasesOf } from '../config/phases.ts';
import type { RunConfig } from '../config/run.ts';
import { type Dataset, likeSamples, type Samples } from './samples.ts';

/** The data set that the settings ask for beside their own; absent when one is enough. */
export function sourceOf(config: RunConfig): BuiltInDataset | undefined {
  const { source } = config.selfDistillation;
  const isUsed = phasesOf(config).some(({ data, steps }) => data === 'source' && steps > 0);
  return isUsed && source !== config.data.dataset ? source : undefined;
}

/** The same samples in the form of `set`'s, as the model takes them: grey or in colour, with bands up to the same pitch. */
export function inFormOf(set: Samples, dataset: Dataset): Dataset {
  const train = likeSamples(dataset.train, set);
  return train === dataset.train ? dataset : { ...dataset, train, heldOut: likeSamples(dataset.heldOut, set) };
}
