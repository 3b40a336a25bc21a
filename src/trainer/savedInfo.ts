import { factsOf } from '../config/objectives.ts';
import { VERSION } from '../config/version.ts';
import { traitsOf } from '../data/samples.ts';
import type { CheckpointInfo } from '../io/checkpoint.ts';
import { writeSavedData } from '../io/savedData.ts';
import type { Run } from './run.ts';

/** What a run's file says of it, beside its weights. */
export function savedInfo({ steps, dataset, config, tokenizer, spec, subject }: Run): CheckpointInfo {
  const data = writeSavedData(dataset);
  const { mean, deviation } = tokenizer.statistics;
  const { classes } = dataset.train;
  return {
    step: steps,
    channels: traitsOf(dataset.train).channels,
    config: JSON.stringify(config),
    tokens: JSON.stringify(tokenizer.recipe),
    // Words have none.
    ...(subject.tokens.vocabulary === undefined ? { mean, deviation } : {}),
    ...(classes.length === 0 ? {} : { classes }),
    pooling: factsOf(config).encoder.readOut(config),
    heads: spec.heads,
    version: VERSION,
    ...(data === undefined ? {} : { data }),
  };
}
