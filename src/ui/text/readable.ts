/** Texts of the page's run, in the words that its model reads. */
import { EMPTY, FIRST_WORD, MASK } from '../../config/modalities/tokens.ts';
import type { Gallery, GalleryText } from '../../data/gallery.ts';
import { piecesOf } from '../../data/text/offsets.ts';
import type { Vocabulary } from '../../data/text/vocabulary.ts';
import { type Piece, type StoryWord, storyOf } from './story.ts';

/** Text `index` of a gallery, each word as it was written. */
export function wordsOf({ text, count }: Gallery, index: number): StoryWord[] {
  if (text === undefined) return [];
  const places = text.ids.length / count;
  return storyOf(piecesRead(text, index, text.ids.subarray(index * places, (index + 1) * places)), text.vocabulary.kind);
}

/** All pieces of a text, with their capitals and with unknown words as they were written. */
export function writtenPieces(vocabulary: Vocabulary, text: string): Piece[] {
  // A piece of bytes may be a part of a letter only: then its name has to do.
  return piecesOf(vocabulary, text).map(({ id, start, end }) => ({
    id,
    text: text.slice(start, end) || (vocabulary.names[id] ?? '?'),
  }));
}

/** Those that `ids` are a stretch of. */
function piecesRead({ texts, vocabulary }: GalleryText, index: number, ids: Int32Array): Piece[] {
  const written = writtenPieces(vocabulary, texts[index]);
  const read = ids.subarray(0, ids.indexOf(EMPTY) < 0 ? ids.length : ids.indexOf(EMPTY));
  const start = written.findIndex((_, at) => read.every((id, i) => written[at + i]?.id === id));
  return Array.from(read, (id, i) => (start < 0 ? undefined : written[start + i]) ?? { id, text: vocabulary.names[id] ?? '?' });
}

/** Two or more low lines are a gap whose word nobody knows. */
const GAP = /_{2,}/;

export interface TypedText {
  words: StoryWord[];
  /** (n) ids of its words, empty places behind them. */
  ids: Int32Array;
  /** Places of gaps that were typed. */
  gaps: number[];
  /** Words that did not fit. */
  cut: number;
}

/** A sentence that somebody typed, as a model of `places` places reads it. */
export function readTyped(typed: string, vocabulary: Vocabulary, places: number): TypedText {
  const pieces: Piece[] = [];
  for (const [part, text] of typed.split(GAP).entries()) {
    // A gap has no word of its own, and stands apart.
    if (part > 0) pieces.push({ id: MASK, text: '' });
    pieces.push(...writtenPieces(vocabulary, text));
  }
  const kept = pieces.slice(0, places);
  const ids = new Int32Array(places).fill(EMPTY);
  // Whatever stands in a gap is masked.
  kept.forEach(({ id }, place) => {
    ids[place] = id === MASK ? FIRST_WORD : id;
  });
  const gaps = kept.flatMap(({ id }, place) => (id === MASK ? [place] : []));
  return { words: storyOf(kept, vocabulary.kind), ids, gaps, cut: pieces.length - kept.length };
}
