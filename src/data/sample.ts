/**
 * Which pictures of a set are measured on where not all of them are: the one place that decides it, for scores, confusion, explorer,
 * attention, reference levels, studies, the command line and the board.
 */
import { Random } from '../base/random.ts';
import type { SampleSet } from './sampleSet.ts';
import { stratifiedOrder } from './stratify.ts';

/** Not a run's seed, so that two runs are measured on the same pictures of a set. */
const SAMPLE_SEED = 20_230;

/** A set does not change, and is asked for many times. */
const orders = new WeakMap<SampleSet, readonly number[]>();

/**
 * At most `count` pictures of a set by index, in ascending order: a sample that is stratified over the classes, so that each has its
 * share, give or take one picture. A smaller sample is part of every larger one. The sets of a run are labelled by class in the order
 * of their files, so the first of them would be of the first classes only.
 */
export function sampleOf(set: SampleSet, count: number): number[] {
  if (count >= set.count) return Array.from({ length: set.count }, (_, i) => i);
  const order = orders.get(set) ?? stratifiedOrder(set.count, (i) => set.labels?.[i], new Random(SAMPLE_SEED, 'sample'));
  orders.set(set, order);
  return order.slice(0, Math.max(0, count)).toSorted((a, b) => a - b);
}
