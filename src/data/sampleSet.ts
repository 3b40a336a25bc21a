/** What every set of samples has, whatever they are of. */
export interface SampleSet {
  count: number;
  /** Class of each sample as an index into `classes`; absent when they came without labels. */
  labels?: Uint16Array;
  classes: string[];
}

/** Label of a sample that belongs to none of the classes. */
export const NO_LABEL = 0xffff;

/** The labels of the samples at `indices`, if there are any. */
export function selectLabels({ labels }: SampleSet, indices: ArrayLike<number>): { labels?: Uint16Array } {
  return labels === undefined ? {} : { labels: Uint16Array.from(indices, (i) => labels[i]) };
}

/** The labels of a set behind samples without any: those have `NO_LABEL`. */
export function labelsBehind(count: number, { labels }: SampleSet): { labels?: Uint16Array } {
  if (labels === undefined) return {};
  const all = new Uint16Array(count + labels.length).fill(NO_LABEL, 0, count);
  all.set(labels, count);
  return { labels: all };
}
