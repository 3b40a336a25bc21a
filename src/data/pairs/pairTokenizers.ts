/** The tokenizer of samples with several members: of built-in ones, or of those that somebody brought. */
import type { RunConfig } from '../../config/run.ts';
import type { Tokenizer } from '../tokenizer.ts';
import { BroughtPairTokenizer } from './broughtPairTokenizer.ts';
import { DrawnPairTokenizer } from './drawnPairTokenizer.ts';
import { type DrawnPairs, isDrawn, type PairedSet } from './pairedSet.ts';

/** Newest of each set. Runs of a study share what is drawn of their samples: it takes longer than to learn from them. */
const drawn = new WeakMap<DrawnPairs, { key: string; tokenizer: Tokenizer }>();

export function pairTokenizer(config: RunConfig, train: PairedSet): Tokenizer {
  const { content } = train;
  return isDrawn(content)
    ? drawnTokenizer(config, { ...train, content })
    : new BroughtPairTokenizer(config, { ...train, content });
}

/** One depends on its samples and on these settings alone, and has no state but what it has drawn. */
function drawnTokenizer(config: RunConfig, train: PairedSet & { content: DrawnPairs }): Tokenizer {
  const key = JSON.stringify([config.data.dataset, config.pair]);
  const known = drawn.get(train.content);
  if (known?.key === key) return known.tokenizer;
  const tokenizer = new DrawnPairTokenizer(config, train);
  drawn.set(train.content, { key, tokenizer });
  return tokenizer;
}
