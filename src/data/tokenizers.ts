/** The tokenizers by modality. */
import type { ModalityName } from '../config/modalities.ts';
import type { RunConfig } from '../config/run.ts';
import { pairTokenizer } from './pairs/pairTokenizers.ts';
import { PictureTokenizer } from './pictureTokenizer.ts';
import type { Samples } from './samples.ts';
import { SoundTokenizer } from './sound/soundTokenizer.ts';
import { TextTokenizer } from './text/textTokenizer.ts';
import type { Tokenizer } from './tokenizer.ts';

interface Maker<S extends Samples> {
  make(config: RunConfig, train: S): Tokenizer;
}

const TOKENIZERS: { readonly [N in ModalityName]: Maker<Extract<Samples, { modality: N }>> } = {
  picture: { make: (config, train) => new PictureTokenizer(config, train) },
  sound: { make: (config, train) => new SoundTokenizer(config, train) },
  text: { make: (config, train) => new TextTokenizer(config, train) },
  pair: { make: (config, train) => pairTokenizer(config, train) },
};

/** @param train the samples whose statistics are taken */
export function tokenizerOf(config: RunConfig, train: Samples): Tokenizer {
  const maker: Maker<Samples> = TOKENIZERS[train.modality];
  return maker.make(config, train);
}
