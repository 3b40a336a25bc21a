/** A run on texts of a few words, and what a trainer reports of it. */
import { EMPTY, tokensOn } from '../../../src/config/modalities/tokens.ts';
import type { Gallery } from '../../../src/data/gallery.ts';
import { encodeText } from '../../../src/data/text/encoder.ts';
import { SPECIAL_NAMES, type Vocabulary } from '../../../src/data/text/vocabulary.ts';
import type { WordSample } from '../../../src/trainer/reports.ts';
import type { RunInfo } from '../../../src/worker/protocol.ts';

export const TEXTS = [
  'mira had a red hammock in the barn . karl forgot the red hammock at the mill .',
  'karl was a baker . mira gave the hammock back .',
];
const WORDS = [...new Set(TEXTS.join(' ').split(' '))];

export const VOCABULARY: Vocabulary = { kind: 'words', lower: true, names: [...SPECIAL_NAMES, ...WORDS] };
/** Places of a text (n). */
export const PLACES = 24;

export const idOf = (word: string): number => VOCABULARY.names.indexOf(word);

export function idsOf(text: string): Int32Array {
  const ids = new Int32Array(PLACES).fill(EMPTY);
  ids.set(encodeText(VOCABULARY, text).subarray(0, PLACES));
  return ids;
}

export function textGallery(texts: readonly string[] = TEXTS): Gallery {
  const ids = new Int32Array(texts.length * PLACES);
  for (const [i, text] of texts.entries()) ids.set(idsOf(text), i * PLACES);
  const raster = { pixels: new Uint8Array(texts.length * PLACES), width: PLACES, height: 1, channels: 1 as const };
  return { modality: 'text', count: texts.length, classes: [], ...raster, text: { texts, ids, vocabulary: VOCABULARY } };
}

/** @param picture a run on pictures, of which everything else is taken */
export function textInfo(picture: RunInfo, texts: readonly string[] = TEXTS): RunInfo {
  const tokens = tokensOn('text', [PLACES], [1], VOCABULARY.names.length);
  return { ...picture, tokens, classes: [], board: textGallery(texts), thumbnails: textGallery(texts) };
}

/** Every place of `guesses` is masked, and the word is guessed there. */
export function wordSample(text: string, guesses: Readonly<Record<number, string>>, probability = 0.6): WordSample {
  const ids = idsOf(text);
  const places = Object.keys(guesses).map(Number);
  const guessed = 5;
  const mask = new Uint8Array(PLACES);
  for (const place of places) mask[place] = 1;
  const lists = places.map((place) => {
    const first = idOf(guesses[place]);
    return [first, ...WORDS.map(idOf).filter((id) => id !== first)].slice(0, guessed);
  });
  return {
    ids,
    mask,
    places: Uint16Array.from(places),
    guesses: Int32Array.from(lists.flat()),
    probabilities: Float32Array.from(lists.flat(), (_, i) => (i % guessed === 0 ? probability : 0.1)),
    guessed,
    truth: new Float32Array(places.length).fill(probability),
    elsewhere: Uint8Array.from(places, (place) =>
      Number(ids.some((id, at) => at !== place && id === ids[place] && mask[at] === 0)),
    ),
  };
}
