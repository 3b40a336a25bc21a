/**
 * Entries in two parts that stand side by side, as even as they can be, in their order; one part where there is one entry.
 *
 * @param rows how many rows an entry has
 */
export function halves<T>(entries: readonly T[], rows: (entry: T) => number): T[][] {
  const count = (some: readonly T[]): number => some.reduce((sum, entry) => sum + rows(entry), 0);
  const ways = entries.slice(1).map((_, index) => [entries.slice(0, index + 1), entries.slice(index + 1)]);
  const higher = (parts: readonly (readonly T[])[]): number => Math.max(...parts.map(count));
  // Of two that are as even the one whose first part is longer.
  return ways.reduce((best, way) => (higher(way) <= higher(best) ? way : best), [[...entries]]);
}
