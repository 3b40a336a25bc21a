/** The tokenizers by modality. */
import type { ModalityName } from '../config/modalities.ts';
import type { RunConfig } from '../config/run.ts';
import { PictureTokenizer } from './pictureTokenizer.ts';
import type { Samples } from './samples.ts';
import { SoundTokenizer } from './sound/soundTokenizer.ts';
import type { Tokenizer } from './tokenizer.ts';

type Make<N extends ModalityName> = (config: RunConfig, train: Extract<Samples, { modality: N }>) => Tokenizer;

const TOKENIZERS: { readonly [N in ModalityName]: Make<N> } = {
  picture: (config, train) => new PictureTokenizer(config, train),
  sound: (config, train) => new SoundTokenizer(config, train),
};

/** @param train the samples whose statistics are taken */
export function tokenizerOf(config: RunConfig, train: Samples): Tokenizer {
  const make: (config: RunConfig, train: never) => Tokenizer = TOKENIZERS[train.modality];
  return make(config, train as never);
}
