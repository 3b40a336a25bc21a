import { type TokenShape, tokenLayout } from './frontEnd.ts';

/** Kept from zero where a band is the same everywhere. */
const EPSILON = 1e-5;
/** A band of sound moves by more: below, it holds nothing. */
const FLAT = 0.05;

/** Mean and standard deviation of every band, or coefficient: plain numbers, which are kept with the weights. */
export interface BandStatistics {
  mean: number[];
  deviation: number[];
}

/**
 * Measured over all frames of the training clips, and used for every clip of the run.
 *
 * @param values (count, tokens, length) not normalised
 * @param clips which of them to use; all when absent
 */
export function bandStatistics(shape: TokenShape, values: Float32Array, clips?: ArrayLike<number>): BandStatistics {
  const { bands, frames } = shape;
  const { bandOf } = tokenLayout(shape);
  const length = bandOf.length;
  const count = clips?.length ?? values.length / length;
  const perBand = Math.max(1, count * frames);
  // In two passes: the square of a mean takes the digits of a small deviation.
  const mean = sumByBand((value) => value).map((sum) => sum / perBand);
  const deviation = sumByBand((value, band) => (value - mean[band]) ** 2).map((sum) => Math.sqrt(sum / perBand));
  return { mean, deviation };

  function sumByBand(term: (value: number, band: number) => number): number[] {
    const sums = new Float64Array(bands);
    for (let clip = 0; clip < count; clip++) {
      const at = (clips?.[clip] ?? clip) * length;
      for (let i = 0; i < length; i++) sums[bandOf[i]] = sums[bandOf[i]] + term(values[at + i], bandOf[i]);
    }
    return [...sums];
  }
}

/** (count, tokens, length) in place: z = (L - mean) / (deviation + 1e-5). */
export function normaliseTokens(shape: TokenShape, { mean, deviation }: BandStatistics, values: Float32Array): void {
  const { bandOf } = tokenLayout(shape);
  for (let i = 0; i < values.length; i++) {
    const band = bandOf[i % bandOf.length];
    values[i] = (values[i] - mean[band]) / (deviation[band] + EPSILON);
  }
}

/** The inverse of `normaliseTokens`, in place. */
export function denormaliseTokens(shape: TokenShape, { mean, deviation }: BandStatistics, values: Float32Array): void {
  const { bandOf } = tokenLayout(shape);
  for (let i = 0; i < values.length; i++) {
    const band = bandOf[i % bandOf.length];
    values[i] = values[i] * (deviation[band] + EPSILON) + mean[band];
  }
}

/** Bands that are (nearly) the same number everywhere: a band above what the sounds hold, or a set of silence. */
export function flatBands({ deviation }: BandStatistics): number[] {
  return deviation.flatMap((value, band) => (value < FLAT ? [band] : []));
}
