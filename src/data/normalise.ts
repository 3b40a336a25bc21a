import type { PictureSet } from './pictures.ts';
import type { Statistics } from './tokenizer.ts';

/** Of each channel, in pixel values 0..255. */
export function pixelStatistics(set: PictureSet): Statistics {
  const { channels, pixels } = set;
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
