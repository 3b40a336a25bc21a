import type { Random } from '../base/random.ts';
import { groupBy } from './groupBy.ts';

/**
 * All items by index, in an order of which every beginning is a stratified sample: each gets a place in [0, 1), evenly spaced within
 * its class behind a random start, and the lowest places come first. So a beginning has of every class its share, give or take one.
 */
export function stratifiedOrder(count: number, classOf: (index: number) => unknown, random: Random): number[] {
  const places = new Float64Array(count);
  const groups = groupBy(places.keys(), classOf);
  for (const members of groups.values()) {
    const start = random.uniform();
    for (const [rank, k] of random.permutation(members.length).entries()) {
      places[members[k]] = (rank + start) / members.length;
    }
  }
  return [...places.keys()].sort((a, b) => places[a] - places[b] || a - b);
}
