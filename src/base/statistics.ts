/** The middle value, or the mean of the two in the middle; null of nothing. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return Number.isInteger(half) ? (sorted[half - 1] + sorted[half]) / 2 : sorted[Math.floor(half)];
}

/** Standard error of the mean: how much it would differ for other members of the same population. 0 of fewer than two. */
export function standardError(values: readonly number[]): number {
  const n = values.length;
  if (n < 2) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (n - 1) / n);
}

/** What one member of a population brings to a quotient: how much, of how many. */
export interface Part {
  sum: number;
  count: number;
}

/**
 * A mean over what members hold, who may hold different numbers of it: the quotient of two sums, and its standard error, as other members
 * would have changed it. NaN where nobody holds any.
 */
export function meanOver(parts: readonly Part[]): { value: number; error: number } {
  const total = parts.reduce((all, { count }) => all + count, 0);
  const value = parts.reduce((all, { sum }) => all + sum, 0) / total;
  const each = total / parts.length;
  return { value, error: standardError(parts.map(({ sum, count }) => (sum - value * count) / each)) };
}

/** Standard error of a share of `count` independent answers. */
export function shareError(share: number, count: number): number {
  return count === 0 ? Number.NaN : Math.sqrt((share * (1 - share)) / count);
}
