/**
 * How a text is cut before it becomes ids: normalised, then into words (one token each) or into pieces within which bytes are
 * merged. Blanks are those of Unicode, not `\s`, and Han is told by code points: so patterns mean the same to JavaScript, Rust and
 * Oniguruma, and an exported tokenizer.json cuts as the page does.
 */

export type VocabularyKind = 'words' | 'byte pairs' | 'bytes';

/** Signs that no space parts from each other: Thai, kana, Han. Each is a word. */
const UNSPACED = '\\u0E00-\\u0E7F\\u3040-\\u30FF\\u3400-\\u9FFF\\uF900-\\uFAFF';
const UNSPACED_NOT = `(?![${UNSPACED}])`;
/** U+FEFF marks the start of a file; inside a text it is left over from joining files. */
const BLANK = '\\p{White_Space}\\uFEFF';

const PATTERNS: Readonly<Record<VocabularyKind, string>> = {
  words: [
    `[${UNSPACED}]`,
    `(?:${UNSPACED_NOT}[\\p{L}\\p{M}\\p{N}])+(?:['’](?:${UNSPACED_NOT}[\\p{L}\\p{M}])+)*`,
    `[^${BLANK}\\p{L}\\p{M}\\p{N}]`,
  ].join('|'),
  'byte pairs': ' ?\\p{L}[\\p{L}\\p{M}]*| ?\\p{N}{1,3}| ?[^\\p{White_Space}\\p{L}\\p{N}]+|\\p{White_Space}+',
  // Nothing is merged, so it does not matter.
  bytes: '[\\s\\S]',
};

const CUTS: Readonly<Record<VocabularyKind, RegExp>> = {
  words: new RegExp(PATTERNS.words, 'gu'),
  'byte pairs': new RegExp(PATTERNS['byte pairs'], 'gu'),
  bytes: new RegExp(PATTERNS.bytes, 'gu'),
};

/** How texts are read. */
export interface Reading {
  readonly kind: VocabularyKind;
  /** Whether capital letters are read as small ones. */
  readonly lower: boolean;
}

/** The source of the pattern whose matches are the pieces of a text, for the flags `gu`. */
export function patternOf(kind: VocabularyKind): string {
  return PATTERNS[kind];
}

/** The form of Unicode that texts are brought into: words as a person reads them, while bytes lose nothing. */
export function formOf(kind: VocabularyKind): 'NFC' | 'NFKC' {
  return kind === 'words' ? 'NFKC' : 'NFC';
}

/** What pieces are cut from. Half a surrogate pair is no character and becomes U+FFFD, as in UTF-8. */
export function normalise({ kind, lower }: Reading, text: string): string {
  const normal = text.replace(/\p{Surrogate}/gu, '\uFFFD').normalize(formOf(kind));
  // Not by locale: a computer in Turkey must not learn other words.
  return lower ? normal.toLowerCase() : normal;
}

/** The pieces of a normalised text, blanks between words left out. */
export function cutInto(kind: VocabularyKind, normal: string): readonly string[] {
  return normal.match(CUTS[kind]) ?? [];
}

/** The same with where each piece starts. */
export function cutWithPlaces(kind: VocabularyKind, normal: string): { piece: string; at: number }[] {
  return Array.from(normal.matchAll(CUTS[kind]), ({ 0: piece, index }) => ({ piece, at: index }));
}
