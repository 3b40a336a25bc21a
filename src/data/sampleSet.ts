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

/** Arrays that samples consist of. */
export type NumberArray = Uint8Array | Int16Array | Uint16Array | Uint32Array;

/** A set as it lies in a file: what is said of it, as JSON, and its numbers. */
export interface StoredSet {
  facts: Readonly<Record<string, unknown>>;
  arrays: Readonly<Record<string, NumberArray>>;
}

/** What every set has, to be stored. */
export function storeCommon({ count, classes, labels }: SampleSet): StoredSet {
  return { facts: { count, classes }, arrays: labels === undefined ? {} : { labels } };
}

/** Undefined when it is not as `storeCommon` made it. */
export function restoreCommon({ facts, arrays }: StoredSet): SampleSet | undefined {
  const { count, classes } = facts;
  const { labels } = arrays;
  if (!isCount(count) || !Array.isArray(classes) || !classes.every((name): name is string => typeof name === 'string'))
    return undefined;
  if (labels === undefined) return { count, classes };
  return labels instanceof Uint16Array && labels.length === count ? { count, classes, labels } : undefined;
}

export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** Whether `starts` are where `count` pieces of `length` numbers begin, and the end of the last. */
export function areStarts(starts: NumberArray | undefined, count: number, length: number): starts is Uint32Array {
  const isTable = starts instanceof Uint32Array && starts.length === count + 1 && starts[0] === 0 && starts[count] === length;
  return isTable && starts.every((start, i) => i === 0 || start >= starts[i - 1]);
}
