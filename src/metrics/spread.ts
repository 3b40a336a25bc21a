/** What several seeds of one experiment gave. */

export interface Spread {
  /** Seeds. */
  count: number;
  mean: number;
  /** Sample standard deviation, over count - 1; NaN for fewer than two. */
  deviation: number;
  min: number;
  max: number;
}

/** All NaN of no values; a NaN among the values shows in every number but the count. */
export function spreadOf(values: readonly number[]): Spread {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    count,
    mean,
    deviation: count > 1 ? Math.sqrt(squares / (count - 1)) : Number.NaN,
    min: count > 0 ? Math.min(...values) : Number.NaN,
    max: count > 0 ? Math.max(...values) : Number.NaN,
  };
}

/** For people: '0.483 ± 0.012 (3 seeds)', '0.483 (1 seed)', 'no results'. */
export function formatSpread({ count, mean, deviation }: Spread, digits = 3): string {
  if (count === 0) return 'no results';
  if (count === 1) return `${mean.toFixed(digits)} (1 seed)`;
  return `${mean.toFixed(digits)} ± ${deviation.toFixed(digits)} (${count} seeds)`;
}
