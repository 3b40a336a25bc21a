/** To another sample rate, by a windowed sinc in as many phases as the two rates have (Smith, Digital Audio Resampling). */
import { joinFloats } from '../../base/join.ts';
import { SOUND_RATE } from '../../config/modalities/sound.ts';
import type { Waveform } from './waveform.ts';

/** Zero crossings on either side, at the lower of the two rates. */
const HALF_WIDTH = 32;
/** Of the lower Nyquist frequency, what is kept. */
const CUTOFF = 0.96;
/** Kaiser's window: aliases stay below -100 dB. */
const BETA = 9;

/** The same sound at 16 kHz, round(N * 16000 / rate) samples; at 16 kHz already, the very one that was given. */
export function resample(waveform: Waveform): Waveform {
  if (waveform.rate === SOUND_RATE) return waveform;
  const resampler = new Resampler(waveform.rate);
  return { samples: joinFloats([resampler.push(waveform.samples), resampler.end()]), rate: SOUND_RATE };
}

/** Resamples to 16 kHz piece by piece: the pieces of what comes out are the sound as if it had been given whole. */
export class Resampler {
  /** Output sample k lies at input sample k * step / phases. */
  private readonly phases: number;
  private readonly step: number;
  private readonly scale: number;
  private readonly half: number;
  private readonly taps: (Float64Array | undefined)[] = [];
  /** The last input samples, the first of which is number `first`. Silence is before and after the sound. */
  private kept: Float32Array;
  private first: number;
  private taken = 0;
  private made = 0;

  constructor(private readonly rate: number) {
    const divisor = greatestDivisor(SOUND_RATE, rate);
    this.phases = SOUND_RATE / divisor;
    this.step = rate / divisor;
    this.scale = Math.min(1, SOUND_RATE / rate);
    this.half = Math.ceil(HALF_WIDTH / this.scale);
    this.kept = new Float32Array(this.half);
    this.first = -this.half;
  }

  /** Takes the next samples, which it does not change, and gives those that are certain by now. */
  push(samples: Float32Array): Float32Array {
    this.taken += samples.length;
    if (this.rate === SOUND_RATE) {
      this.made += samples.length;
      return samples;
    }
    return this.advance(samples, Math.floor(((this.taken - this.half) * this.phases) / this.step));
  }

  /** The rest. */
  end(): Float32Array {
    const total = Math.round((this.taken * SOUND_RATE) / this.rate);
    return this.rate === SOUND_RATE ? new Float32Array(0) : this.advance(new Float32Array(this.half + 1), total);
  }

  private advance(samples: Float32Array, until: number): Float32Array {
    const input = joinFloats([this.kept, samples]);
    const output = new Float32Array(Math.max(0, until - this.made));
    for (let i = 0; i < output.length; i++) output[i] = this.sample(input, this.made + i);
    this.made += output.length;
    // What the next output sample reaches back to.
    const passed = Math.floor((this.made * this.step) / this.phases) - this.half - this.first;
    this.kept = input.slice(Math.max(0, passed));
    this.first += Math.max(0, passed);
    return output;
  }

  private sample(input: Float32Array, k: number): number {
    const place = k * this.step;
    const taps = this.tapsOf(place % this.phases);
    const start = Math.floor(place / this.phases) - this.half + 1 - this.first;
    let sum = 0;
    for (let i = 0; i < taps.length; i++) sum += taps[i] * input[start + i];
    return sum;
  }

  /** What the 2 * half samples around a place between two samples weigh; 1 together. */
  private tapsOf(phase: number): Float64Array {
    const known = this.taps[phase];
    if (known !== undefined) return known;
    const { half } = this;
    const cutoff = this.scale * CUTOFF;
    const taps = new Float64Array(2 * half);
    let sum = 0;
    for (let i = 0; i < taps.length; i++) {
      const t = i - half + 1 - phase / this.phases;
      taps[i] = sinc(cutoff * t) * bessel(BETA * Math.sqrt(Math.max(0, 1 - (t / half) ** 2)));
      sum += taps[i];
    }
    for (let i = 0; i < taps.length; i++) taps[i] /= sum;
    this.taps[phase] = taps;
    return taps;
  }
}

function sinc(t: number): number {
  return t === 0 ? 1 : Math.sin(Math.PI * t) / (Math.PI * t);
}

/** The modified Bessel function of order 0, by its power series. */
function bessel(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
