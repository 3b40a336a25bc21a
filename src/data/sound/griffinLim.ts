/** A waveform from the size of its spectrum, where nothing is known of its phase. */
import { RealFft } from './fft.ts';
import { LONG_WINDOW } from './frontEnd.ts';
import { bandPower, hann, type MelBank } from './mel.ts';
import { cosOfTurn, sinOfTurn } from './turns.ts';

/** Samples from frame to frame. */
export const HOP = 128;
const BINS = LONG_WINDOW / 2 + 1;
const BIN_ROUNDS = 20;
const MOMENTUM = 0.99;
/** Samples that hardly any window covers are left quiet. */
const LEAST_COVER = 1e-3;

/**
 * Power of the bins whose bands have the given power: t <- t ((P / t M) M^T) / (1 M^T), 20 times, from each band's power spread
 * over its bins. Never negative; a bin that no band weighs stays 0.
 *
 * @param power (frames, bands)
 * @returns (frames, 257)
 */
export function binsOfBands(power: Float64Array, bank: MelBank): Float64Array {
  const { bands } = bank;
  const frames = power.length / bands;
  const bins = new Float64Array(frames * BINS);
  const ratio = new Float64Array(bands);
  const moved = new Float64Array(BINS);
  const weightOfBin = new Float64Array(BINS);
  addBands(bank, new Float64Array(bands).fill(1), weightOfBin);
  const weightOfBand = new Float64Array(bands);
  bandPower(bank, new Float64Array(BINS).fill(1), weightOfBand);
  for (let frame = 0; frame < frames; frame++) {
    const target = power.subarray(frame * bands, (frame + 1) * bands);
    const guess = bins.subarray(frame * BINS, (frame + 1) * BINS);
    for (let band = 0; band < bands; band++) ratio[band] = target[band] / weightOfBand[band];
    addBands(bank, ratio, guess);
    for (let round = 0; round < BIN_ROUNDS; round++) {
      bandPower(bank, guess, ratio);
      for (let band = 0; band < bands; band++) ratio[band] = target[band] / Math.max(ratio[band], 1e-12);
      moved.fill(0);
      addBands(bank, ratio, moved);
      for (let bin = 0; bin < BINS; bin++) guess[bin] *= moved[bin] / Math.max(weightOfBin[bin], 1e-9);
    }
  }
  return bins;
}

/** Adds each band's value to its bins, times its triangle. */
function addBands({ bands, first, start, weights }: MelBank, values: Float64Array, bins: Float64Array): void {
  for (let band = 0; band < bands; band++) {
    let bin = first[band];
    for (let i = start[band]; i < start[band + 1]; i++, bin++) bins[bin] = bins[bin] + weights[i] * values[band];
  }
}

/** A spectrum of every frame: (frames, 257) each. */
interface Spectra {
  real: Float64Array;
  imaginary: Float64Array;
}

/**
 * Fast Griffin-Lim (Perraudin, Balazs and Sondergaard 2013): go to the waveform and back, keep the phase that comes out, with a
 * momentum of 0.99, and put the known size back.
 *
 * @param magnitude (frames, 257), window 512, hop 128
 * @param turns (frames, 257) phase to start from, in 2^-32 of a turn
 * @returns 512 + 128 (frames - 1) samples
 */
export function griffinLim(magnitude: Float64Array, turns: Uint32Array, iterations: number): Float64Array {
  const frames = magnitude.length / BINS;
  const stft = new ShortTimeTransform(frames);
  const spectra: Spectra = { real: new Float64Array(magnitude.length), imaginary: new Float64Array(magnitude.length) };
  const again: Spectra = { real: new Float64Array(magnitude.length), imaginary: new Float64Array(magnitude.length) };
  const before: Spectra = { real: new Float64Array(magnitude.length), imaginary: new Float64Array(magnitude.length) };
  for (let i = 0; i < magnitude.length; i++) {
    spectra.real[i] = magnitude[i] * cosOfTurn(turns[i], 2 ** 32);
    spectra.imaginary[i] = magnitude[i] * sinOfTurn(turns[i], 2 ** 32);
  }
  for (let iteration = 0; iteration < iterations; iteration++) {
    stft.inverse(spectra);
    stft.forward(again);
    follow(spectra, again, before, magnitude, iteration === 0 ? 0 : MOMENTUM);
  }
  stft.inverse(spectra);
  return stft.wave;
}

/** spectra <- magnitude with the phase of again + momentum (again - before); before <- again. */
function follow(spectra: Spectra, again: Spectra, before: Spectra, magnitude: Float64Array, momentum: number): void {
  for (let i = 0; i < magnitude.length; i++) {
    const real = again.real[i] + momentum * (again.real[i] - before.real[i]);
    const imaginary = again.imaginary[i] + momentum * (again.imaginary[i] - before.imaginary[i]);
    before.real[i] = again.real[i];
    before.imaginary[i] = again.imaginary[i];
    const size = Math.sqrt(real * real + imaginary * imaginary);
    spectra.real[i] = size === 0 ? magnitude[i] : (magnitude[i] * real) / size;
    spectra.imaginary[i] = size === 0 ? 0 : (magnitude[i] * imaginary) / size;
  }
}

class ShortTimeTransform {
  readonly wave: Float64Array;
  private readonly fft = new RealFft(LONG_WINDOW);
  private readonly window = hann(LONG_WINDOW);
  private readonly frame = new Float64Array(LONG_WINDOW);
  private readonly cover: Float64Array;

  constructor(private readonly frames: number) {
    this.wave = new Float64Array(LONG_WINDOW + HOP * (frames - 1));
    this.cover = new Float64Array(this.wave.length);
    for (let at = 0; at < frames * HOP; at += HOP) {
      for (let i = 0; i < LONG_WINDOW; i++) this.cover[at + i] = this.cover[at + i] + this.window[i] ** 2;
    }
    for (let i = 0; i < this.cover.length; i++) this.cover[i] = Math.max(LEAST_COVER, this.cover[i]);
  }

  /** `wave` to spectra. */
  forward({ real, imaginary }: Spectra): void {
    const { fft, wave, window, frame } = this;
    for (let f = 0; f < this.frames; f++) {
      for (let i = 0; i < LONG_WINDOW; i++) frame[i] = wave[f * HOP + i] * window[i];
      fft.forward(frame);
      real.set(fft.real, f * BINS);
      imaginary.set(fft.imaginary, f * BINS);
    }
  }

  /** Spectra to the `wave` whose spectra are nearest to them (Griffin and Lim 1984, equation 6). */
  inverse({ real, imaginary }: Spectra): void {
    const { fft, wave, window, frame, cover } = this;
    wave.fill(0);
    for (let f = 0; f < this.frames; f++) {
      fft.real.set(real.subarray(f * BINS, (f + 1) * BINS));
      fft.imaginary.set(imaginary.subarray(f * BINS, (f + 1) * BINS));
      fft.inverse(frame);
      for (let i = 0; i < LONG_WINDOW; i++) wave[f * HOP + i] = wave[f * HOP + i] + frame[i] * window[i];
    }
    for (let i = 0; i < wave.length; i++) wave[i] /= cover[i];
  }
}
