/** What the ids of a text stand for. */

/** Plain data: it goes to workers and into files as it is. */
export interface Vocabulary {
  readonly kind: VocabularyKind;
  /** Whether capital letters are read as small ones. */
  readonly lower: boolean;
  /** How the piece of every id is shown, the three special ones first. */
  readonly names: readonly string[];
  /** Of byte pairs: the two ids that id 259 + k is made of. */
  readonly merges?: readonly (readonly [left: number, right: number])[];
}

export type VocabularyKind = 'words' | 'byte pairs' | 'bytes';

/** Names of ids 0 to 2: `EMPTY`, `MASK` and `UNKNOWN` of config/modalities/tokens.ts. */
export const SPECIAL_NAMES: readonly string[] = ['<empty>', '<mask>', '<unknown>'];
