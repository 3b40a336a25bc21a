import { tokensOf } from '../config/modalities.ts';
import type { RunConfig } from '../config/run.ts';
import { type Dataset, traitsOf } from '../data/samples.ts';
import type { Subject } from '../objectives/objective.ts';

/** What a run of these settings would learn from. */
export function subjectOf(config: RunConfig, { train }: Dataset): Subject {
  return { tokens: tokensOf(config, traitsOf(train)), classes: train.classes.length };
}
