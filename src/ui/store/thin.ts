/**
 * Keeps a growing history short without losing its ends: when there are more than `limit` items, every second one goes,
 * except the first and the newest.
 */
export function thin<T>(items: readonly T[], limit: number): readonly T[] {
  if (items.length <= limit) return items;
  const newest = items.length - 1;
  return items.filter((_, index) => index % 2 === 0 || index === newest);
}
