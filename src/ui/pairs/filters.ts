/** Samples of a switchboard that show something. */
import type { Sense } from '../../config/modalities.ts';
import { type Subset, subsetsOf } from '../../config/subsets.ts';
import { argmaxOfRow } from '../../metrics/rows.ts';
import type { SwitchboardSample } from '../../trainer/reports.ts';

export const FILTERS = ['any', 'fusion', 'hurts'] as const;
export type Filter = (typeof FILTERS)[number];

export const FILTER_NAMES: Readonly<Record<Filter, string>> = {
  any: 'any',
  fusion: 'only fusion is right',
  hurts: 'adding a sense hurts',
};

/** Samples by index. `fusion`: right with all senses, wrong with each alone; `hurts`: right with some, wrong with more than these. */
export function samplesOf(filter: Filter, samples: readonly SwitchboardSample[], senses: Subset<Sense>): number[] {
  const all = samples.map((_, i) => i);
  if (filter === 'any') return all;
  const subsets = subsetsOf(senses);
  return all.filter((i) => {
    const right = subsets.map((_, s) => isRight(samples[i], s));
    if (filter === 'fusion') return right.at(-1) === true && senses.every((_, s) => right[s] === false);
    return subsets.some(
      (few, f) =>
        right[f] === true &&
        subsets.some((more, m) => right[m] === false && more.length > few.length && few.every((sense) => more.includes(sense))),
    );
  });
}

/** Null where nothing is known: the sample has no label, or lacks a sense. */
function isRight({ truth, answers }: SwitchboardSample, subset: number): boolean | null {
  const own = answers[subset];
  return own === undefined || truth === undefined ? null : argmaxOfRow(own, 0, own.length) === truth;
}
