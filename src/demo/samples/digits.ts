/** Sounds as *Paired digits* read them: 50 frames of 40 bands of mel power, two frames a token. */

import { DIGIT_MEMBERS } from '../../config/modalities/pair.ts';
import { PAIR_SECONDS } from '../../config/modalities/pairShapes.ts';
import { logPower } from '../../data/pairs/corruption.ts';
import { digitClip } from '../../data/pairs/drawnQuery.ts';
import { MelPower, PAIR_BANDS, PAIR_FRAMES } from '../../data/pairs/melPower.ts';
import { to16Bit } from '../../data/sound/clips.ts';
import type { DigitSoundInput } from '../manifest.ts';
import { cellsOf, type Drawing, type Sample } from './drawing.ts';
import { coloured, heardIn, type SoundReader } from './sounds.ts';

/** Of what is drawn, from the faintest to the brightest. */
const DRAWN = [0.02, 0.99] as const;

export class DigitSounds implements SoundReader {
  readonly seconds = PAIR_SECONDS;
  private readonly melPower = new MelPower();

  constructor(private readonly input: DigitSoundInput) {}

  sample(clip: Int16Array): Sample {
    const { mean, deviation } = this.input;
    const power = this.melPower.of(clip);
    logPower(power);
    return { tokens: power.map((value) => (value - mean) / deviation), drawing: this.drawingOf(power), sound: clip };
  }

  async fromFile(file: Blob): Promise<Sample> {
    const samples = await heardIn(file);
    return this.sample(digitClip(to16Bit(samples, 0, samples.length)));
  }

  /** @param power (50, 40), logarithms */
  private drawingOf(power: Float32Array): Drawing {
    const { mean, deviation } = this.input;
    const sorted = power.slice().sort();
    const [low, high] = DRAWN.map((share) => sorted[Math.floor(share * (sorted.length - 1))]);
    const columns = DIGIT_MEMBERS.sound.count;
    return {
      width: PAIR_FRAMES,
      height: PAIR_BANDS,
      rows: 1,
      columns,
      cells: cellsOf(PAIR_FRAMES, PAIR_BANDS, 1, columns),
      draw: (tokens) => {
        const map = Float32Array.from(tokens, (_, i) => {
          const [row, frame] = [Math.floor(i / PAIR_FRAMES), i % PAIR_FRAMES];
          return tokens[frame * PAIR_BANDS + PAIR_BANDS - 1 - row] * deviation + mean;
        });
        return coloured(map, PAIR_FRAMES, PAIR_BANDS, low, Math.max(high, low + 1));
      },
    };
  }
}
