/** Loudness: the same for every file, so that it tells nothing of which file a piece is from. */
import { SOUND_LIMITS } from './limits.ts';

/** Root mean square of a levelled sound: -20 dB. */
const LEVEL = 0.1;
const PEAK = 0.99;

/** Takes the mean away and brings a sound to its level, in place. Returns whether there was anything but silence. */
export function level(samples: Float32Array): boolean {
  const { mean, rms, peak } = measure(samples);
  if (!(rms >= SOUND_LIMITS.silence)) return false;
  const gain = Math.min(LEVEL / rms, PEAK / peak);
  for (let i = 0; i < samples.length; i++) samples[i] = (samples[i] - mean) * gain;
  return true;
}

/** Around the mean. */
function measure(samples: Float32Array): { mean: number; rms: number; peak: number } {
  let sum = 0;
  for (const sample of samples) sum += sample;
  const mean = sum / samples.length;
  let squares = 0;
  let peak = 0;
  for (const sample of samples) {
    squares += (sample - mean) ** 2;
    peak = Math.max(peak, Math.abs(sample - mean));
  }
  return { mean, rms: Math.sqrt(squares / samples.length), peak };
}
