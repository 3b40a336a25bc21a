/** Takes a sound in as it is decoded, so that no more of it is held than what is kept: one channel at 16 kHz. */
import { BadDataError } from '../../base/errors.ts';
import { joinFloats } from '../../base/join.ts';
import { countText } from '../wording.ts';
import { SOUND_LIMITS } from './limits.ts';
import { MonoMixer } from './mono.ts';
import { Resampler } from './resample.ts';
import type { SoundBlock } from './waveform.ts';

export class Intake {
  /** What has been taken in. */
  seconds = 0;
  private readonly parts: Float32Array[] = [];
  private readonly mixer = new MonoMixer();
  private resampler: Resampler | undefined;
  private rate = 0;
  private lowest = Number.POSITIVE_INFINITY;

  /** Throws BadDataError when the block is none of a sound, or the sound gets too long. */
  push(block: SoundBlock): void {
    const length = block.channels[0]?.length ?? 0;
    if (length === 0) return;
    checkSound(block.rate, block.channels.length);
    for (const samples of block.channels) checkSamples(samples);
    if (this.resampler === undefined || block.rate !== this.rate) this.startAt(block.rate);
    const resampled = this.resampler?.push(this.mixer.mix(block));
    if (resampled !== undefined) this.parts.push(resampled);
    this.seconds += length / block.rate;
    if (this.seconds > SOUND_LIMITS.seconds) {
      throw new BadDataError(`is longer than ${SOUND_LIMITS.seconds / 60} minutes, the most that is read. Cut it first.`);
    }
  }

  /** The sound at 16 kHz, the lowest rate that it had, and how many of its channels are not silent. */
  end(): { samples: Float32Array; rate: number; audible: number } {
    if (this.resampler !== undefined) this.parts.push(this.resampler.end());
    const samples = joinFloats(this.parts);
    const { audible, correction } = this.mixer;
    if (correction !== 1) for (let i = 0; i < samples.length; i++) samples[i] *= correction;
    return { samples, rate: this.lowest, audible };
  }

  /** Streams may change their rate half way, where files were put one after another. */
  private startAt(rate: number): void {
    if (this.resampler !== undefined) this.parts.push(this.resampler.end());
    this.resampler = new Resampler(rate);
    this.rate = rate;
    this.lowest = Math.min(this.lowest, rate);
  }
}

/** Throws BadDataError when a rate or a number of channels is beyond the limits. */
export function checkSound(rate: number | undefined, channelCount: number | undefined): void {
  const { minRate, maxRate, channels } = SOUND_LIMITS;
  if (rate !== undefined && !(rate >= minRate && rate <= maxRate)) {
    throw new BadDataError(
      `has a sample rate of ${countText(rate)} Hz: ${countText(minRate)} to ${countText(maxRate)} are read.`,
    );
  }
  if (channelCount !== undefined && channelCount > channels) {
    throw new BadDataError(`has ${countText(channelCount)} channels: ${channels} are the most that is read.`);
  }
}

function checkSamples(samples: Float32Array): void {
  for (const sample of samples) {
    if (Math.abs(sample) <= SOUND_LIMITS.peak) continue;
    throw new BadDataError(
      Number.isFinite(sample)
        ? `holds values that are no sound (${countText(Math.round(Math.abs(sample)))} where 1 is the loudest): save it as WAV with 16 bits first.`
        : 'holds values that are no sound (not finite).',
    );
  }
}
