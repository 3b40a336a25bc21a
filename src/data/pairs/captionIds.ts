/** Captions of *Paired digits* as ids: they know 35 words, behind the three that every vocabulary has. */
import { DIGIT_MEMBERS } from '../../config/modalities/pair.ts';
import { EMPTY, FIRST_WORD } from '../../config/modalities/tokens.ts';
import { SPECIAL_NAMES, type Vocabulary } from '../text/vocabulary.ts';
import { CAPTION_WORDS } from './captions.ts';

export const CAPTION_VOCABULARY: Vocabulary = {
  kind: 'words',
  lower: true,
  names: [...SPECIAL_NAMES, ...CAPTION_WORDS],
};

export const CAPTION_IDS: ReadonlyMap<string, number> = new Map(CAPTION_WORDS.map((word, i) => [word, FIRST_WORD + i]));

/** (8) ids of a caption's words, and empty places. */
export function captionIds(caption: string): Int32Array {
  const ids = new Int32Array(DIGIT_MEMBERS.text.count).fill(EMPTY);
  ids.set(caption.split(' ').map((word) => CAPTION_IDS.get(word) ?? EMPTY));
  return ids;
}
