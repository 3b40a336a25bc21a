import { type Statistics, sameStatistics, statisticsOf } from './learnedStatistics.ts';
import type { PictureSet } from './pictures.ts';

/** Measured of each set's pixels once. */
const measured = new WeakMap<Uint8Array, Statistics>();
/** Share of a deviation that nobody needs to be told of. */
const TELLING = 0.02;

/** Of each channel, in pixel values 0..255: what weights learned with, or else what the pictures have. */
export function pixelStatistics(set: PictureSet): Statistics {
  return set.statistics ?? ownStatistics(set);
}

/** The pictures normalised as a recipe (`Tokenizer.recipe`) says; the set itself where it says nothing else than they have. */
export function picturesAsRead(set: PictureSet, recipe: Readonly<Record<string, unknown>>): PictureSet {
  const statistics = statisticsOf(recipe, set.channels);
  return statistics === undefined || sameStatistics(statistics, pixelStatistics(set)) ? set : { ...set, statistics };
}

/** What there is to say where weights learned from pictures of another brightness than those of a set, which are normalised as theirs were. */
export function sayOtherBrightness(set: PictureSet, recipe: Readonly<Record<string, unknown>>): string | undefined {
  const theirs = statisticsOf(recipe, set.channels);
  if (theirs === undefined) return undefined;
  const own = ownStatistics(set);
  const differs = theirs.mean.some((mean, channel) => {
    const [a = 1, b = 1] = [theirs.deviation[channel], own.deviation[channel]];
    return Math.abs(mean - (own.mean[channel] ?? 0)) > TELLING * a || Math.abs(a - b) > TELLING * a;
  });
  if (!differs) return undefined;
  return `These pictures are normalised as those that the weights learned from: ${told(theirs)}, where their own would be ${told(own)}.`;
}

function told({ mean, deviation }: Statistics): string {
  const list = (values: readonly number[]): string => values.map((value) => value.toFixed(0)).join(', ');
  return `mean ${list(mean)} and deviation ${list(deviation)} of 255`;
}

function ownStatistics(set: PictureSet): Statistics {
  const found = measured.get(set.pixels) ?? measure(set);
  measured.set(set.pixels, found);
  return found;
}

function measure({ channels, pixels }: PictureSet): Statistics {
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  for (let i = 0; i < pixels.length; i++) {
    const value = pixels[i];
    const channel = i % channels;
    sums[channel] = sums[channel] + value;
    squares[channel] = squares[channel] + value * value;
  }
  const perChannel = Math.max(1, pixels.length / channels);
  const mean = Array.from(sums, (sum) => sum / perChannel);
  const deviation = Array.from(squares, (sum, channel) => {
    const variance = sum / perChannel - mean[channel] ** 2;
    // A set of equal pixels has nothing to scale by; 1 keeps the numbers finite.
    return variance > 1e-6 ? Math.sqrt(variance) : 1;
  });
  return { mean, deviation };
}
