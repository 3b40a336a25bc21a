/**
 * What kind each word of the built-in stories is of: what a model that fills in masked words is right about. Words that no list
 * here holds are function words, the grammar of the stories.
 */
import { GLAD, PRONOUNS, SAD } from './stories/grammar.ts';
import { CODES, FAULTS, HALLS, PARTS, ROLES, SITES, UNITS } from './stories/reportWords.ts';
import { HE, JOBS, LOOKS, SHE, SPOTS, THINGS } from './stories/taleWords.ts';

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

/** The kind of every id of a vocabulary, as a place in the `kinds` listed; words of no kind come last, as function words. */
export function kindsOfIds(names: readonly string[], kinds: WordKinds): { kinds: string[]; of: Uint8Array } {
  const listed = Object.entries(kinds);
  const place = new Map(listed.toReversed().flatMap(([, words], k) => words.map((word) => [word, listed.length - 1 - k])));
  return {
    kinds: [...listed.map(([kind]) => kind), FUNCTION_WORDS],
    of: Uint8Array.from(names, (name) => place.get(name) ?? listed.length),
  };
}
