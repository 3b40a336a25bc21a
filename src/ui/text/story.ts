/** A text as boards draw it: word by word, each with the gap before it and the sentence that it is of. */
import { EMPTY, UNKNOWN } from '../../config/modalities/tokens.ts';
import type { VocabularyKind } from '../../data/text/pieces.ts';

export interface StoryWord {
  id: number;
  /** As it is read. */
  text: string;
  /** Room stands between it and the word before. */
  gap: boolean;
  /** Sentences count from 0. */
  sentence: number;
}

/** What a token stands for, and how it was written. */
export interface Piece {
  id: number;
  text: string;
}

const SENTENCE_END = /[.!?…。！？]$/u;
/** Signs that stand close to the word before. */
const CLOSE = /^[.,;:!?…)\]}»”’%。，！？、]$/u;

/** Up to the first empty place. Pieces of bytes bring their gaps themselves; words stand apart but for signs that close them. */
export function storyOf(pieces: readonly Piece[], kind: VocabularyKind): StoryWord[] {
  const end = pieces.findIndex(({ id }) => id === EMPTY);
  let sentence = 0;
  return pieces.slice(0, end < 0 ? pieces.length : end).map(({ id, text }, place) => {
    const word = { id, text: text.trim() || visible(text), gap: place > 0 && hasGap(text, kind), sentence };
    if (SENTENCE_END.test(text)) sentence++;
    return word;
  });
}

export function isUnknown({ id }: StoryWord): boolean {
  return id === UNKNOWN;
}

function hasGap(text: string, kind: VocabularyKind): boolean {
  return kind === 'words' ? !CLOSE.test(text) : /^\s/u.test(text);
}

/** White space alone can be pointed at only where it shows. */
function visible(text: string): string {
  return text === '' ? '∅' : text.includes('\n') ? '↵' : '␣';
}
