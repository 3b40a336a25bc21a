import type { Statistics } from '../learnedStatistics.ts';
import { type TokenShape, tokenLayout } from './frontEnd.ts';

/** Kept from zero where a band is the same everywhere. */
const EPSILON = 1e-5;
/** A band of sound moves by more: below, it holds nothing. */
const FLAT = 0.05;

/**
 * Measured over all frames of the training clips, and used for every clip of the run.
 *
 * @param values (count, tokens, length) not normalised
 * @param clips which of them to use; all when absent
 */
export function bandStatistics(shape: TokenShape, values: Float32Array, clips?: ArrayLike<number>): Statistics {
  const { bandOf } = tokenLayout(shape);
  const length = bandOf.length;
  const count = clips?.length ?? values.length / length;
  const sums = new Float64Array(length);
  for (let clip = 0; clip < count; clip++) {
    const at = (clips?.[clip] ?? clip) * length;
    for (let i = 0; i < length; i++) sums[i] = sums[i] + values[at + i];
  }
  const mean = meanByBand(sums);
  // A second pass: the square of a mean would take the digits of a small deviation.
  const means = Float64Array.from(bandOf, (band) => mean[band]);
  const squares = new Float64Array(length);
  for (let clip = 0; clip < count; clip++) {
    const at = (clips?.[clip] ?? clip) * length;
    for (let i = 0; i < length; i++) {
      const difference = values[at + i] - means[i];
      squares[i] = squares[i] + difference * difference;
    }
  }
  return { mean, deviation: meanByBand(squares).map(Math.sqrt) };

  /** From sums at each place of a clip. */
  function meanByBand(sumsOfPlaces: Float64Array): number[] {
    const totals = new Array<number>(shape.bands).fill(0);
    for (let i = 0; i < length; i++) totals[bandOf[i]] += sumsOfPlaces[i];
    return totals.map((total) => total / Math.max(1, count * shape.frames));
  }
}

/** (count, tokens, length) in place: z = (L - mean) / (deviation + 1e-5). */
export function normaliseTokens(shape: TokenShape, { mean, deviation }: Statistics, values: Float32Array): void {
  const { bandOf } = tokenLayout(shape);
  for (let i = 0; i < values.length; i++) {
    const band = bandOf[i % bandOf.length];
    values[i] = (values[i] - mean[band]) / (deviation[band] + EPSILON);
  }
}

/** The inverse of `normaliseTokens`, in place. */
export function denormaliseTokens(shape: TokenShape, { mean, deviation }: Statistics, values: Float32Array): void {
  const { bandOf } = tokenLayout(shape);
  for (let i = 0; i < values.length; i++) {
    const band = bandOf[i % bandOf.length];
    values[i] = values[i] * (deviation[band] + EPSILON) + mean[band];
  }
}

/** Bands that are (nearly) the same number everywhere: a band above what the sounds hold, or a set of silence. */
export function flatBands({ deviation }: Statistics): number[] {
  return deviation.flatMap((value, band) => (value < FLAT ? [band] : []));
}
