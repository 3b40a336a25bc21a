/** The sounds of the syllables: five vowels by their formants and fourteen consonants by how and where they are made. */

/** Resonances of the vocal tract in Hz, lowest first. */
export type Formants = readonly [number, number, number];

/** Mean formants of men's vowels (Peterson and Barney 1952, table II; e and o as in bet and bought). */
const VOWELS = {
  a: [730, 1090, 2440],
  e: [530, 1840, 2480],
  i: [270, 2290, 3010],
  o: [570, 840, 2410],
  u: [300, 870, 2240],
} as const satisfies Readonly<Record<string, Formants>>;

export interface Consonant {
  manner: 'stop' | 'fricative' | 'nasal' | 'liquid';
  /** Where the second formant points to, in Hz: what tells b from d from g in the vowel that follows. */
  locus: number;
  /** Of the burst or the hiss, or of the whole consonant where it has neither. */
  milliseconds: number;
  /** Middle of the burst or the hiss in Hz, 0 where there is none. */
  noise: number;
  voiced: boolean;
}

const CONSONANTS = {
  b: stop(900, 8, 800, true),
  d: stop(1800, 10, 3000, true),
  g: stop(2200, 14, 1800, true),
  p: stop(900, 25, 900, false),
  t: stop(1800, 30, 3800, false),
  k: stop(2200, 35, 2000, false),
  s: fricative(1700, 90, 5500),
  sh: fricative(2000, 90, 2900),
  f: fricative(1100, 70, 4500),
  m: { manner: 'nasal', locus: 900, milliseconds: 60, noise: 0, voiced: true },
  n: { manner: 'nasal', locus: 1700, milliseconds: 60, noise: 0, voiced: true },
  l: { manner: 'liquid', locus: 1200, milliseconds: 50, noise: 0, voiced: true },
  w: { manner: 'liquid', locus: 700, milliseconds: 60, noise: 0, voiced: true },
  y: { manner: 'liquid', locus: 2200, milliseconds: 60, noise: 0, voiced: true },
} as const satisfies Readonly<Record<string, Consonant>>;

function stop(locus: number, milliseconds: number, noise: number, voiced: boolean): Consonant {
  return { manner: 'stop', locus, milliseconds, noise, voiced };
}

function fricative(locus: number, milliseconds: number, noise: number): Consonant {
  return { manner: 'fricative', locus, milliseconds, noise, voiced: false };
}

export interface Syllable {
  consonant: Consonant;
  vowel: Formants;
}

type ConsonantName = keyof typeof CONSONANTS;
type VowelName = keyof typeof VOWELS;

function syllable(consonant: ConsonantName, vowel: VowelName): Syllable {
  return { consonant: CONSONANTS[consonant], vowel: VOWELS[vowel] };
}

/** Every consonant before every vowel. */
export const ALL_SYLLABLES: readonly Syllable[] = Object.values(CONSONANTS).flatMap((consonant) =>
  Object.values(VOWELS).map((vowel) => ({ consonant, vowel })),
);

/** The words of the set: two syllables each, and no syllable in two of them. */
export const WORDS: Readonly<Record<string, readonly [Syllable, Syllable]>> = {
  badi: [syllable('b', 'a'), syllable('d', 'i')],
  koma: [syllable('k', 'o'), syllable('m', 'a')],
  sule: [syllable('s', 'u'), syllable('l', 'e')],
  tigo: [syllable('t', 'i'), syllable('g', 'o')],
  menu: [syllable('m', 'e'), syllable('n', 'u')],
  shaki: [syllable('sh', 'a'), syllable('k', 'i')],
  woda: [syllable('w', 'o'), syllable('d', 'a')],
  fibu: [syllable('f', 'i'), syllable('b', 'u')],
  naso: [syllable('n', 'a'), syllable('s', 'o')],
  yupe: [syllable('y', 'u'), syllable('p', 'e')],
};
