import { invariant } from '../../base/invariant.ts';
import { CEPSTRUM_BANDS, cepstrum, cosineTransform } from './cepstrum.ts';
import { RealFft } from './fft.ts';
import {
  bandsOf,
  type Framing,
  type FrontEnd,
  framing,
  LONG_WINDOW,
  type TokenShape,
  tokenLayout,
  tokenShape,
} from './frontEnd.ts';
import { bandPower, hann, type MelBank, melBank } from './mel.ts';

/** Added to a band's power, so that silence has a logarithm. */
export const FLOOR = 1e-6;

/** A waveform: 16-bit numbers, or numbers between -1 and 1. */
export type Samples = Int16Array | Float32Array;

/**
 * Turns clips into the numbers of their tokens, not normalised. One of these serves a whole data set: its tables are made once.
 * Node and Chromium give the same bits: of what engines round as they like only the logarithm is used, which is one code in V8.
 */
export class FeatureExtractor {
  readonly shape: TokenShape;
  private readonly analysers = new Map<number, FrameAnalyser>();
  private readonly transform: Float64Array | undefined;
  /** (frames * bands) place of each number of the frames among those of the tokens. */
  private readonly places: Uint32Array;
  private readonly frame: Float64Array;
  private wave = new Float64Array(0);
  private framing: Framing;
  private framedSamples: number;

  /** @throws BadSettingError where the settings contradict each other */
  constructor(private readonly frontEnd: FrontEnd) {
    this.shape = tokenShape(frontEnd);
    const { tokens, length, bands, samples } = this.shape;
    const { frameOf, bandOf } = tokenLayout(this.shape);
    this.places = new Uint32Array(tokens * length);
    for (let i = 0; i < this.places.length; i++) this.places[frameOf[i] * bands + bandOf[i]] = i;
    if (frontEnd.features === 'mfcc') this.transform = cosineTransform(bands);
    this.frame = new Float64Array(Math.max(bands, CEPSTRUM_BANDS));
    this.framing = framing(frontEnd, samples);
    this.framedSamples = samples;
    // Refuses bands without a bin now, not at the first clip.
    this.analyser();
  }

  /**
   * Writes the (tokens, length) numbers of one clip to `out` from `at` on: ln(mel power + 1e-6), or MFCC of it. Silence is -13.8.
   *
   * @param samples `shape.samples` of them, or fewer in a clip that is shorter, but at least `shape.fewestSamples`
   */
  extract(samples: Samples, out: Float32Array, at: number): void {
    invariant(at + this.places.length <= out.length, 'no room for the features of a clip');
    const wave = this.toWave(samples);
    if (samples.length !== this.framedSamples) {
      this.framing = framing(this.frontEnd, samples.length);
      this.framedSamples = samples.length;
    }
    const { starts } = this.framing;
    const { bands } = this.shape;
    const { places, frame, transform } = this;
    const analyser = this.analyser();
    for (let i = 0; i < starts.length; i++) {
      analyser.logMel(wave, starts[i]);
      const values = transform === undefined ? analyser.values : frame;
      if (transform !== undefined) cepstrum(analyser.values, transform, frame);
      for (let band = 0; band < bands; band++) out[at + places[i * bands + band]] = values[band];
    }
  }

  /** In double precision: the inner loops know one type of number only. */
  private toWave(samples: Samples): Float64Array {
    if (this.wave.length < samples.length) this.wave = new Float64Array(samples.length);
    const { wave } = this;
    if (samples instanceof Int16Array) for (let i = 0; i < samples.length; i++) wave[i] = samples[i] / 32768;
    else wave.set(samples);
    return wave;
  }

  private analyser(): FrameAnalyser {
    const { window, size } = this.framing;
    let analyser = this.analysers.get(window);
    if (analyser === undefined) {
      const { rate, low, high } = this.frontEnd;
      analyser = new FrameAnalyser(window, melBank(bandsOf(this.frontEnd), size, rate, low, high), size);
      this.analysers.set(window, analyser);
    }
    return analyser;
  }
}

/** Log-mel bands of single frames. */
class FrameAnalyser {
  /** (bands) of the frame that was analysed last. */
  readonly values: Float64Array;
  private readonly fft: RealFft;
  private readonly hann: Float64Array;
  private readonly input: Float64Array;
  private readonly power: Float64Array;
  private readonly scale: number;

  constructor(
    private readonly window: number,
    private readonly bank: MelBank,
    size: number,
  ) {
    invariant(size >= window, `a transform of ${size} samples would cut windows of ${window}`);
    this.values = new Float64Array(bank.bands);
    this.fft = new RealFft(size);
    this.hann = hann(window);
    this.input = new Float64Array(size);
    this.power = new Float64Array(size / 2 + 1);
    // The power of a band grows with window times transform, of noise and of tones alike (Parseval): short clips, which have
    // shorter windows, would be quieter than long ones.
    this.scale = LONG_WINDOW ** 2 / (window * size);
  }

  logMel(wave: Float64Array, start: number): void {
    const { window, hann, input, fft, power, scale, bank, values } = this;
    for (let i = 0; i < window; i++) input[i] = wave[start + i] * hann[i];
    fft.forward(input);
    const { real, imaginary } = fft;
    for (let bin = 0; bin < power.length; bin++) power[bin] = real[bin] * real[bin] + imaginary[bin] * imaginary[bin];
    bandPower(bank, power, values);
    for (let band = 0; band < values.length; band++) values[band] = Math.log(scale * values[band] + FLOOR);
  }
}
