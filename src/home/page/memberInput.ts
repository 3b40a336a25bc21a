/** What samples of one sense are made to on a demo page, as a file's recipe tells it: files come from anywhere. */
import type { Sense } from '../../config/modalities/names.ts';
import type { RunConfig } from '../../config/run.ts';
import type { Recipe } from '../../data/samples.ts';
import { readVocabulary } from '../../data/text/readVocabulary.ts';
import type { DemoInput } from '../../demo/manifest.ts';
import { frontEndIn } from './frontEndIn.ts';

interface Known {
  channels: 1 | 3;
  mean?: readonly number[] | undefined;
  deviation?: readonly number[] | undefined;
}

/** @returns undefined where the file does not say all of it */
export function memberInput(
  sense: Sense,
  config: RunConfig,
  recipe: Recipe,
  { channels, mean, deviation }: Known,
): DemoInput | undefined {
  if (sense === 'text') {
    const vocabulary = readVocabulary(recipe.vocabulary);
    return vocabulary && { sense, vocabulary };
  }
  if (mean === undefined || deviation === undefined) return undefined;
  if (sense === 'picture') {
    const { size, patch } = config.picture;
    return { sense, size, patch, channels, mean, deviation };
  }
  const frontEnd = frontEndIn(recipe, config);
  return frontEnd && { sense, frontEnd, mean: [...mean], deviation: [...deviation] };
}
