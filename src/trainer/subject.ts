import { tokensOf } from '../config/modalities.ts';
import type { RunConfig } from '../config/run.ts';
import { type Dataset, traitsOf } from '../data/samples.ts';
import type { Tokenizer } from '../data/tokenizer.ts';
import type { Subject } from '../objectives/objective.ts';
import { patchTables } from './patchTables.ts';

/** What a run of these settings would learn from. */
export function subjectOf(config: RunConfig, { train }: Dataset): Subject {
  return { tokens: tokensOf(config, traitsOf(train)), classes: train.classes.length };
}

/** The same of a run that trains: tables of its samples can be learned. */
export function trainedSubject(tokenizer: Tokenizer, { train }: Dataset, seed: number): Subject {
  return { tokens: tokenizer.tokens, classes: train.classes.length, tables: patchTables(tokenizer, train, seed) };
}
