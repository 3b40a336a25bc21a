/** The tokenizers by modality. */
import type { ModalityName } from '../config/modalities.ts';
import type { RunConfig } from '../config/run.ts';
import { PictureTokenizer } from './pictureTokenizer.ts';
import type { Samples } from './samples.ts';
import type { Tokenizer } from './tokenizer.ts';

type Make<N extends ModalityName> = (config: RunConfig, train: Extract<Samples, { modality: N }>) => Tokenizer;

const TOKENIZERS: { readonly [N in ModalityName]: Make<N> } = {
  picture: (config, train) => new PictureTokenizer(config, train),
};

/** @param train the samples whose statistics are taken */
export function tokenizerOf(config: RunConfig, train: Samples): Tokenizer {
  return TOKENIZERS[train.modality](config, train);
}
