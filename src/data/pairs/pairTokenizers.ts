/** The tokenizer of samples with several members: of built-in ones, or of those that somebody brought. */
import type { RunConfig } from '../../config/run.ts';
import type { Tokenizer } from '../tokenizer.ts';
import { BroughtPairTokenizer } from './broughtPairTokenizer.ts';
import { DrawnPairTokenizer } from './drawnPairTokenizer.ts';
import { isDrawn, type PairedSet } from './pairedSet.ts';

export function pairTokenizer(config: RunConfig, train: PairedSet): Tokenizer {
  const { content } = train;
  return isDrawn(content)
    ? new DrawnPairTokenizer(config, { ...train, content })
    : new BroughtPairTokenizer(config, { ...train, content });
}
