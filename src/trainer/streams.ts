/** Where the batches of a run come from. */
import type { RunConfig } from '../config/run.ts';
import { BatchStream } from '../data/batches.ts';
import type { Dataset } from '../data/samples.ts';
import type { Tokenizer } from '../data/tokenizer.ts';
import { tokenizerOf } from '../data/tokenizers.ts';

/** By `Phase.data`. */
export type Streams = Readonly<Record<'target' | 'source', BatchStream>>;

/**
 * The run's own samples, and those that its first phases learn from where they are others: each is normalised by its own statistics.
 *
 * @param tokenizer of the run's own
 * @param chosen which of the run's own there are, by index; all when absent
 */
export function openStreams(
  config: RunConfig,
  tokenizer: Tokenizer,
  dataset: Dataset,
  source: Dataset,
  chosen: readonly number[] | undefined,
): Streams {
  const { seed } = config.optimiser;
  const target = new BatchStream(dataset.train, tokenizer, seed, chosen);
  if (source === dataset) return { target, source: target };
  return { target, source: new BatchStream(source.train, tokenizerOf(config, source.train), seed) };
}
