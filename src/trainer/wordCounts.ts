/** How often words come in the texts that a run learns from. */
import { BadDataError } from '../base/errors.ts';
import { idsOf } from '../objectives/tokenValues.ts';
import { indexRange } from './chunks.ts';
import type { Run } from './run.ts';

/** Texts that are cut at a time. */
const AT_ONCE = 512;

/**
 * (vocabulary) how often each word comes in the training texts, as far as they are read; `EMPTY` counts empty places.
 *
 * @throws BadDataError when the samples have no words
 */
export function countWords({ tokenizer, dataset: { train } }: Pick<Run, 'tokenizer' | 'dataset'>): Uint32Array {
  const { vocabulary } = tokenizer.tokens;
  if (vocabulary === undefined) throw new BadDataError('These samples have no words to count.');
  const counts = new Uint32Array(vocabulary);
  for (let from = 0; from < train.count; from += AT_ONCE) {
    const some = indexRange(from, Math.min(train.count, from + AT_ONCE));
    for (const id of idsOf(tokenizer.cut(train, some))) counts[id]++;
  }
  return counts;
}
