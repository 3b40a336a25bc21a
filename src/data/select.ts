/** Chooses which samples make up a data set when there are more than fit, and puts them in their final order. */
import { LIMITS } from '../config/limits.ts';
import { MODALITIES, type ModalityName } from '../config/modalities.ts';
import { naturalCompare } from './files.ts';
import { groupBy } from './groupBy.ts';
import type { Refusal } from './samples.ts';
import type { Source } from './sources/source.ts';
import type { Split } from './splitWords.ts';
import { amountText, countText } from './wording.ts';

/** One sample that is to be read, or one file that becomes several. */
export interface Pick {
  source: Source;
  index: number;
  split: Split | undefined;
  className: string | undefined;
  /** What is held out and left out is spread over these. */
  stratum: string | undefined;
}

/** The class of samples that have none, in a data set where others have one. */
export const NO_CLASS = 'no class';

/**
 * All samples of the sources, in the order in which they are stored. A split counts only when it leaves something to train
 * on and something to test on; then samples of neither kind are trained on. More classes than can be handled are dropped.
 */
export function listPicks(sources: readonly Source[], modality: ModalityName, refused: Refusal[]): Pick[] {
  const kinds = new Set(sources.map((source) => source.split));
  const given = kinds.has('heldOut') && kinds.size > 1;
  const picks = sources.flatMap((source) =>
    Array.from({ length: source.count }, (_, index): Pick => {
      const split = given ? (source.split ?? 'train') : undefined;
      const className = source.classOf(index);
      return { source, index, split, className, stratum: 'stratum' in source ? source.stratum : className };
    }),
  );
  nameClasses(picks, modality, refused);
  const strata = new Set(picks.map(({ stratum }) => stratum));
  if (strata.size > LIMITS.classes) for (const pick of picks) pick.stratum = undefined;
  return picks;
}

function nameClasses(picks: readonly Pick[], modality: ModalityName, refused: Refusal[]): void {
  const classes = new Set(picks.map((pick) => pick.className));
  if (classes.size > LIMITS.classes) {
    refused.push({
      name: amountText(classes.size, 'class', 'classes'),
      reason: `are more than the ${countText(LIMITS.classes)} that are told apart: the ${MODALITIES[modality].words.samples} were used without classes.`,
      sums: { modality, count: 0 },
    });
  }
  // Test samples without any labels stay without.
  const labelled = new Set(picks.flatMap(({ className, split }) => (className === undefined ? [] : [split])));
  for (const pick of picks) {
    if (classes.size > LIMITS.classes) pick.className = undefined;
    else if (labelled.has(pick.split)) pick.className ??= NO_CLASS;
  }
}

/** At most `most` of the picks, left out evenly over splits, classes and each class's own. Keeps their order. @param limit why no more */
export function thinOut(
  picks: readonly Pick[],
  { most, limit }: { most: number; limit: string },
  modality: ModalityName,
  refused: Refusal[],
): Pick[] {
  if (picks.length <= most) return [...picks];
  const groups = groupBy(picks, ({ split, stratum }) => `${split}/${stratum}`);
  const kept = new Set(
    [...groups.values()].flatMap((group) => evenly(group, Math.max(1, Math.floor((group.length * most) / picks.length)))),
  );
  const chosen = picks.filter((pick) => kept.has(pick)).slice(0, most);
  refused.push({
    name: amountText(picks.length - chosen.length, MODALITIES[modality].words.sample),
    reason: `did not fit: ${limit}. They were left out evenly over all classes.`,
    sums: { modality, count: picks.length - chosen.length },
  });
  return chosen;
}

/** `count` of the items, spread over all of them. */
function evenly<T>(items: readonly T[], count: number): T[] {
  return items.filter((_, i) => Math.floor(((i + 1) * count) / items.length) > Math.floor((i * count) / items.length));
}

/** Where each pick goes in a data set: by path as people sort, then by place in its file. Says nothing of storage. */
export function finalOrder(picks: readonly Pick[]): Pick[] {
  return picks.toSorted((a, b) => (a.source === b.source ? a.index - b.index : naturalCompare(a.source.path, b.source.path)));
}
