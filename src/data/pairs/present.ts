/** Who has what: samples counted by the members that they have, and which senses can be learned from together. */
import type { Sense } from '../../config/modalities/names.ts';
import { SENSES } from '../../config/modalities/names.ts';
import { type Subset, subsetsOf } from '../../config/subsets.ts';
import { countText } from '../wording.ts';

/** Fewer samples with both members are no batch: there is nothing to tell a pair from. */
export const FEWEST_COMMON = 32;

const LETTERS: Readonly<Record<Sense, string>> = { picture: 'I', sound: 'S', text: 'T' };
const NAMES: Readonly<Record<Sense, string>> = { picture: 'pictures', sound: 'sounds', text: 'captions' };

export interface SubsetCount {
  subset: Subset<Sense>;
  count: number;
}

export interface UsableSenses {
  /** Senses that are in a usable pair, in order; none where nothing can be learned from several. */
  senses: Subset<Sense>;
  /** Pairs of senses with enough samples that have both. */
  pairs: (readonly [Sense, Sense])[];
  /** What samples have most of, where no two senses can be learned from together: it opens as that. */
  alone?: Sense;
  /** What there is to say, a sentence each. */
  notes: string[];
}

/** How many samples have just these members, the most members first; subsets without samples are left out. */
export function countSubsets(samples: readonly Subset<Sense>[]): SubsetCount[] {
  const keyOf = (subset: Subset) => SENSES.filter((sense) => subset.includes(sense)).join();
  const counts = new Map<string, number>();
  for (const subset of samples) counts.set(keyOf(subset), (counts.get(keyOf(subset)) ?? 0) + 1);
  return subsetsOf(SENSES)
    .map((subset) => ({ subset, count: counts.get(keyOf(subset)) ?? 0 }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.subset.length - a.subset.length);
}

/** "412 I+S+T, 88 I+S, 12 T" */
export function subsetText(counts: readonly SubsetCount[]): string {
  return counts.map(({ subset, count }) => `${countText(count)} ${subset.map((sense) => LETTERS[sense]).join('+')}`).join(', ');
}

/** Which senses can be learned from together. @param samples members of each sample of training */
export function usableSenses(samples: readonly Subset<Sense>[]): UsableSenses {
  const having = (...senses: Sense[]) => samples.filter((subset) => senses.every((sense) => subset.includes(sense))).length;
  const there = SENSES.filter((sense) => having(sense) > 0);
  const all = there.flatMap((a, i) => there.slice(i + 1).map((b) => [a, b] as const));
  const pairs = all.filter(([a, b]) => having(a, b) >= FEWEST_COMMON);
  const senses = there.filter((sense) => pairs.some((pair) => pair.includes(sense)));
  const few = all.filter((pair) => !pairs.includes(pair));
  const notes = few.map(([a, b]) => {
    const common = having(a, b);
    const counted = common === 0 ? 'No sample has' : `${countText(common)} ${common === 1 ? 'sample has' : 'samples have'}`;
    return `${counted} both of ${NAMES[a]} and ${NAMES[b]}: fewer than ${FEWEST_COMMON}, too few to learn from together.`;
  });
  const alone = there.filter((sense) => !senses.includes(sense)).map((sense) => NAMES[sense]);
  if (senses.length > 0)
    return { senses, pairs, notes: [...notes, ...(alone.length > 0 ? [`Left out: ${alone.join(' and ')}.`] : [])] };
  // Pictures where there are as many: they show most.
  const most = there.toSorted((a, b) => having(b) - having(a) || SENSES.indexOf(a) - SENSES.indexOf(b))[0];
  if (most === undefined) return { senses, pairs, notes };
  return { senses, pairs, alone: most, notes: [...notes, `Opens as ${NAMES[most]} only.`] };
}

/** A sentence where there are too few classes for a study of robustness; nothing where there are enough. */
export function classProblem(classes: readonly (string | undefined)[]): string | undefined {
  const named = new Set(classes.filter((name) => name !== undefined));
  if (named.size >= 2) return undefined;
  const found = named.size === 0 ? 'No classes' : 'One class only';
  return `${found}: pretraining works, fine-tuning and the study of robustness need two at least.`;
}
