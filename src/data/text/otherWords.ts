/** Texts that are read in the words of somebody else: of the weights that a run starts from. */
import { UNKNOWN } from '../../config/modalities/tokens.ts';
import { sampleOf } from '../sample.ts';
import { countText } from '../wording.ts';
import { encoderOf } from './encoder.ts';
import { readVocabulary, sameVocabulary } from './readVocabulary.ts';
import { type TextSet, textAt, textsLike } from './textSet.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Texts that the share of unknown words is taken of. */
const MEASURED_TEXTS = 256;

type Recipe = Readonly<Record<string, unknown>>;

/** The texts in the words of a recipe (`Tokenizer.recipe`); as they are where it has none. */
export function textsAsRead(set: TextSet, { vocabulary }: Recipe): TextSet {
  const known = readVocabulary(vocabulary);
  return known === undefined ? set : textsLike(set, { vocabulary: known });
}

/** What there is to say where weights know other words than those of a set; it is read in theirs. */
export function sayOtherWords(set: TextSet, { vocabulary }: Recipe): string | undefined {
  const known = readVocabulary(vocabulary);
  if (known === undefined || sameVocabulary(known, set.vocabulary)) return undefined;
  const share = unknownShare(set, known);
  const unknown = share === 0 ? '' : `; ${(100 * share).toFixed(1)} % of what they hold is unknown to them`;
  return `These texts are read in the ${countText(known.names.length)} ${known.kind} that the weights know${unknown}.`;
}

/** Share of pieces that a vocabulary has no word for. */
function unknownShare(set: TextSet, vocabulary: Vocabulary): number {
  const encode = encoderOf(vocabulary);
  let all = 0;
  let unknown = 0;
  for (const index of sampleOf(set, MEASURED_TEXTS)) {
    const ids = encode(textAt(set, index));
    all += ids.length;
    unknown += ids.reduce((sum, id) => sum + (id === UNKNOWN ? 1 : 0), 0);
  }
  return unknown / Math.max(1, all);
}
