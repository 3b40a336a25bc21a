/** The front end of *Paired digits*: mel power, before its logarithm, since that is where noise adds up (multimodal.md 1). */
import { SOUND_RATE } from '../../config/modalities/sound.ts';
import { RealFft } from '../sound/fft.ts';
import { bandPower, hann, melBank } from '../sound/mel.ts';

/** 32 ms, every 16. */
const WINDOW = 512;
const HOP = 256;
export const PAIR_FRAMES = 50;
export const PAIR_BANDS = 40;
/** Hz. */
const LOWEST = 60;
const HIGHEST = 3800;
const FULL_SCALE = 32_768;

export class MelPower {
  private readonly fft = new RealFft(WINDOW);
  private readonly window = hann(WINDOW);
  private readonly bank = melBank(PAIR_BANDS, WINDOW, SOUND_RATE, LOWEST, HIGHEST);

  /** (50, 40) mean power of every band in every frame of a clip of 16-bit samples. */
  of(clip: Int16Array): Float32Array {
    const out = new Float32Array(PAIR_FRAMES * PAIR_BANDS);
    const frame = new Float64Array(WINDOW);
    const power = new Float64Array(WINDOW / 2 + 1);
    const bands = new Float64Array(PAIR_BANDS);
    const { real, imaginary } = this.fft;
    for (let f = 0; f < PAIR_FRAMES; f++) {
      for (let i = 0; i < WINDOW; i++) frame[i] = (this.window[i] * (clip[f * HOP + i] ?? 0)) / FULL_SCALE;
      this.fft.forward(frame);
      for (let k = 0; k < power.length; k++) power[k] = real[k] * real[k] + imaginary[k] * imaginary[k];
      bandPower(this.bank, power, bands);
      out.set(bands, f * PAIR_BANDS);
    }
    return out;
  }
}
