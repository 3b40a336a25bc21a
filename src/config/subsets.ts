/** Subsets of the modalities of a sample, and how two of them lie to each other: what it was trained on beside what it is tested on. */

/** Some modalities, in the order of all of them. Generic in their names: two of three are trained on as well as three. */
export type Subset<M extends string = string> = readonly M[];

/** How what is tested on lies to what was trained on (McKinzie et al. 2023, section 3). */
export const STRATA = ['equal', 'missing', 'added', 'transfer', 'overlap'] as const;
export type Stratum = (typeof STRATA)[number];

/** Between the names of a subset's members. */
export const JOINT = '+';

/** All non-empty subsets, 2^n - 1 of them: by size, then in the order of `all`. The order of every table of robustness. */
export function subsetsOf<M extends string>(all: Subset<M>): Subset<M>[] {
  return all.flatMap((_, size) => choose(all, size + 1));
}

function choose<M extends string>(all: Subset<M>, size: number): Subset<M>[] {
  if (size === 0) return [[]];
  return all.flatMap((first, i) => choose(all.slice(i + 1), size - 1).map((rest) => [first, ...rest]));
}

/**
 * `missing`: tested on a part of what was trained on; `added`: on all of it and more; `transfer`: on nothing of it; `overlap`: on some
 * of it and something else.
 *
 * @param trained,tested not empty
 */
export function stratumOf(trained: Subset, tested: Subset): Stratum {
  const common = intersectionOf(trained, tested);
  if (common === 0) return 'transfer';
  if (common === tested.length) return common === trained.length ? 'equal' : 'missing';
  return common === trained.length ? 'added' : 'overlap';
}

/** How many modalities two subsets have in common. */
export function intersectionOf(a: Subset, b: Subset): number {
  return a.filter((name) => b.includes(name)).length;
}

/** `all` without what is in `subset`. */
export function restOf<M extends string>(all: Subset<M>, subset: Subset): Subset<M> {
  return all.filter((name) => !subset.includes(name));
}

/** 'picture+sound': in links, files and tables. */
export function subsetName(subset: Subset): string {
  return subset.join(JOINT);
}

/** The subset of `all` of this name, whatever order its parts are in; undefined where there is none. */
export function readSubset<M extends string>(name: string, all: Subset<M>): Subset<M> | undefined {
  const parts = name.split(JOINT);
  const subset = all.filter((one) => parts.includes(one));
  return subset.length > 0 && subset.length === parts.length ? subset : undefined;
}
