/**
 * Keeps a growing history short and evenly spread over time. While there are more than `limit` items, the one that is
 * missed least goes: the one whose neighbours are closest. The first and the newest stay.
 */
export function thin<T>(items: readonly T[], limit: number, timeOf: (item: T) => number): readonly T[] {
  const kept = [...items];
  while (kept.length > Math.max(2, limit)) kept.splice(leastMissed(kept.map(timeOf)), 1);
  return kept;
}

function leastMissed(times: readonly number[]): number {
  let least = 1;
  for (let i = 2; i < times.length - 1; i++) {
    if (times[i + 1] - times[i - 1] < times[least + 1] - times[least - 1]) least = i;
  }
  return least;
}
