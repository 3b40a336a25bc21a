/** Where the batches of a run come from. */
import { Random } from '../base/random.ts';
import type { RunConfig } from '../config/run.ts';
import { BatchStream } from '../data/batches.ts';
import type { Dataset } from '../data/samples.ts';
import type { Tokenizer } from '../data/tokenizer.ts';
import { tokenizerOf } from '../data/tokenizers.ts';
import { learnedFrom } from '../objectives/labels.ts';
import type { Objective } from '../objectives/objective.ts';

/** Names a second stream of the same samples: it has an order of its own. */
const BESIDE = 'beside ';

/** By `Phase.data`, and what comes along without labels. */
export type Streams = Readonly<Record<'target' | 'source', BatchStream>> & { readonly beside?: BatchStream };

/**
 * The run's own samples, and those that its first phases learn from where they are others: each is normalised by its own statistics.
 *
 * @param tokenizer of the run's own
 */
export function openStreams(
  config: RunConfig,
  tokenizer: Tokenizer,
  dataset: Dataset,
  source: Dataset,
  objective: Pick<Objective, 'choose' | 'labelSeed' | 'chooseBeside'>,
): Streams {
  const { seed } = config.optimiser;
  const own = learnedFrom(objective, dataset.train, seed);
  const without = objective.chooseBeside?.(dataset.train, new Random(seed, 'beside'));
  const target = new BatchStream(dataset.train, tokenizer, seed, own);
  const beside = without && { beside: new BatchStream(dataset.train, tokenizer, seed, without, BESIDE) };
  if (source === dataset) return { target, source: target, ...beside };
  return { target, source: new BatchStream(source.train, tokenizerOf(config, source.train), seed), ...beside };
}
