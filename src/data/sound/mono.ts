/** Many channels as one. */
import { SOUND_LIMITS } from './limits.ts';
import type { SoundBlock } from './waveform.ts';

/**
 * Mixes a sound block by block: the mean of its channels. A channel that is silent throughout is to be left out of the mean, as
 * one microphone of two would otherwise lose half of its strength; which one that is shows at the end, hence `correction`.
 */
export class MonoMixer {
  private readonly sums: number[] = [];
  private readonly squares: number[] = [];
  private frames = 0;
  private steady = true;

  mix({ channels }: SoundBlock): Float32Array {
    this.steady &&= this.frames === 0 || channels.length === this.sums.length;
    const [first = new Float32Array(0)] = channels;
    this.frames += first.length;
    const mixed = new Float32Array(first.length);
    for (const [c, samples] of channels.entries()) {
      let sum = 0;
      let squares = 0;
      for (let i = 0; i < samples.length; i++) {
        const sample = samples[i];
        mixed[i] += sample / channels.length;
        sum += sample;
        squares += sample * sample;
      }
      this.sums[c] = (this.sums[c] ?? 0) + sum;
      this.squares[c] = (this.squares[c] ?? 0) + squares;
    }
    return mixed;
  }

  /** How many channels are not silent. */
  get audible(): number {
    return this.sums.filter((sum, c) => {
      const mean = sum / this.frames;
      return Math.sqrt(Math.max(0, (this.squares[c] ?? 0) / this.frames - mean ** 2)) >= SOUND_LIMITS.silence;
    }).length;
  }

  /** What all that was mixed is to be multiplied by. Where channels came and went in between, nothing is left out. */
  get correction(): number {
    return this.steady && this.audible > 0 ? this.sums.length / this.audible : 1;
  }
}
