/**
 * Mean and deviation that weights learned with. Samples that they meet later are normalised as those were that they learned from: by their own numbers
 * a dark picture would look to them like a bright one.
 */

/** Mean and standard deviation of the numbers of a sample, by the last axis of a token: of each channel, or of each band. */
export interface Statistics {
  mean: number[];
  deviation: number[];
}

/**
 * What a recipe (`Tokenizer.recipe`) says of them; undefined where it says nothing that can be used.
 *
 * @param count of the numbers of each: channels, or bands
 * @param least that deviations have to be above
 */
export function statisticsOf(
  { mean, deviation }: Readonly<Record<string, unknown>>,
  count: number,
  least = 0,
): Statistics | undefined {
  if (!areNumbers(mean, count) || !areNumbers(deviation, count)) return undefined;
  return deviation.every((value) => value > least) ? { mean, deviation } : undefined;
}

function areNumbers(value: unknown, count: number): value is number[] {
  return Array.isArray(value) && value.length === count && value.every((number) => Number.isFinite(number));
}

export function sameStatistics(a: Statistics, b: Statistics): boolean {
  return JSON.stringify([a.mean, a.deviation]) === JSON.stringify([b.mean, b.deviation]);
}
