import { traitsOf } from '../data/samples.ts';
import type { CheckpointInfo } from '../io/checkpoint.ts';
import { writeSavedData } from '../io/savedData.ts';
import type { Run } from './run.ts';

/** What a run's file says of it, beside its weights. */
export function savedInfo({ steps, dataset, config, tokenizer }: Run): CheckpointInfo {
  const data = writeSavedData(dataset);
  return {
    step: steps,
    channels: traitsOf(dataset.train).channels,
    config: JSON.stringify(config),
    tokens: JSON.stringify(tokenizer.recipe),
    ...(data === undefined ? {} : { data }),
  };
}
