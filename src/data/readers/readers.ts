/** The readers by modality, and what they decode with. */
import type { ModalityName } from '../../config/modalities.ts';
import type { DecodePicture } from '../decode.ts';
import type { LoadOptions } from '../files.ts';
import type { ReadClips } from '../sound/readClips.ts';
import { PairReader } from './pairs.ts';
import { PictureReader } from './pictures.ts';
import type { Reader } from './reader.ts';
import { SoundReader } from './sounds.ts';
import { TextReader } from './texts.ts';

/** What a platform decodes with. */
export interface Decoders {
  picture: DecodePicture;
  sound: ReadClips;
}

type Work<T> = <C>(reader: Reader<C>) => Promise<T>;
type Use = <T>(options: LoadOptions, decoders: Decoders, work: Work<T>) => Promise<T>;

const READERS: Readonly<Record<ModalityName, Use>> = {
  picture: (options, { picture }, work) => work(new PictureReader(options, picture)),
  sound: (options, { sound }, work) => work(new SoundReader(options, sound)),
  text: (options, _decoders, work) => work(new TextReader(options)),
  pair: (options, { picture, sound }, work) => work(new PairReader(options, picture, sound)),
};

/** Does `work` with the reader of a modality. */
export function withReader<T>(modality: ModalityName, options: LoadOptions, decoders: Decoders, work: Work<T>): Promise<T> {
  return READERS[modality](options, decoders, work);
}
