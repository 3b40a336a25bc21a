/**
 * What kind each word of the built-in stories is of: what a model that fills in masked words is right about. Words that no list
 * here holds are function words, the grammar of the stories.
 */
import type { BuiltInTexts } from '../../config/datasets.ts';
import { FIRST_WORD } from '../../config/modalities/tokens.ts';
import { GLAD, PRONOUNS, SAD } from './stories/grammar.ts';
import { CODES, FAULTS, HALLS, PARTS, ROLES, SITES, UNITS } from './stories/reportWords.ts';
import { HE, JOBS, LOOKS, SHE, SPOTS, THINGS } from './stories/taleWords.ts';
import type { Vocabulary } from './vocabulary.ts';

export const FUNCTION_WORDS = 'function words';

/** Kinds of word with their words, in the order in which they are shown. A word is of the first kind that has it. */
export type WordKinds = Readonly<Record<string, readonly string[]>>;

export const TALE_WORD_KINDS: WordKinds = {
  names: [...SHE, ...HE],
  jobs: JOBS,
  things: THINGS.map(({ name }) => name),
  places: SPOTS.map(({ name }) => name),
  states: THINGS.flatMap(({ bad, good }) => [bad, good]),
  looks: LOOKS,
  feelings: [...GLAD, ...SAD],
  pronouns: PRONOUNS,
};

export const REPORT_WORD_KINDS: WordKinds = {
  units: UNITS,
  parts: PARTS,
  roles: ROLES,
  halls: [...SITES, ...HALLS],
  faults: FAULTS.flat(),
  codes: CODES,
  feelings: [...GLAD, ...SAD],
  pronouns: PRONOUNS,
};

/** Kinds of Tales whose words other sentences of a story can tell: the ones that only looking back gets right. */
export const TALE_TOLD_KINDS: readonly string[] = ['names', 'jobs', 'things', 'places'];
export const REPORT_TOLD_KINDS: readonly string[] = ['units', 'parts', 'roles', 'halls'];

/** Words of texts that somebody brought: of these nobody knows more than how frequent they are. */
const FREQUENT = 100;
const OWN_KINDS = [`the ${FREQUENT} most frequent`, 'rarer words'] as const;

/** What scores of words are split by. */
export interface KindsOfWords {
  /** In the order in which they are shown. */
  readonly kinds: readonly string[];
  /** (ids) the place in `kinds` of every id. */
  readonly of: Uint8Array;
  /** Kinds whose words other sentences of a text can tell. */
  readonly told: readonly string[];
}

/** @param set whose texts they are; undefined of texts that somebody brought */
export function kindsOfWords({ kind, names }: Vocabulary, set: BuiltInTexts | undefined): KindsOfWords {
  if (kind !== 'words') return { kinds: ['pieces'], of: new Uint8Array(names.length), told: [] };
  if (set === 'tales') return { ...kindsOfIds(names, TALE_WORD_KINDS), told: TALE_TOLD_KINDS };
  if (set === 'reports') return { ...kindsOfIds(names, REPORT_WORD_KINDS), told: REPORT_TOLD_KINDS };
  // Learned words stand in the order of their frequency.
  const of = Uint8Array.from(names, (_, id) => (id < FIRST_WORD + FREQUENT ? 0 : 1));
  return { kinds: OWN_KINDS, of, told: [OWN_KINDS[1]] };
}

/** The kind of every id of a vocabulary, as a place in the `kinds` listed; words of no kind come last, as function words. */
export function kindsOfIds(names: readonly string[], kinds: WordKinds): { kinds: string[]; of: Uint8Array } {
  const listed = Object.entries(kinds);
  const place = new Map(listed.toReversed().flatMap(([, words], k) => words.map((word) => [word, listed.length - 1 - k])));
  return {
    kinds: [...listed.map(([kind]) => kind), FUNCTION_WORDS],
    of: Uint8Array.from(names, (name) => place.get(name) ?? listed.length),
  };
}
