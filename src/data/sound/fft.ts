import { invariant } from '../../base/invariant.ts';
import { cosOfTurn, sinOfTurn } from './turns.ts';

/**
 * The discrete Fourier transform of `size` real numbers and back, in double precision: a complex transform of half the size
 * (Cooley and Tukey 1965, radix 2), and one pass that tells the even from the odd numbers. The same bits in every engine.
 */
export class RealFft {
  /** (size / 2 + 1) what `forward` writes and `inverse` reads; bin k is k turns in `size` numbers. */
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
  private readonly half: number;
  /** (half) the complex numbers of the half-size transform. */
  private readonly re: Float64Array;
  private readonly im: Float64Array;
  /** (half) where each number goes before the first stage. */
  private readonly reversed: Uint32Array;
  /** (half) cos and sin of 2 pi k / size; those of a stage of length n are every (size / n)th of them. */
  private readonly cos: Float64Array;
  private readonly sin: Float64Array;

  /** @param size a power of two, at least 8 */
  constructor(readonly size: number) {
    invariant(size >= 8 && Number.isInteger(Math.log2(size)), `an FFT of ${size} numbers: it must be a power of two, at least 8`);
    const half = size / 2;
    this.half = half;
    this.real = new Float64Array(half + 1);
    this.imaginary = new Float64Array(half + 1);
    this.re = new Float64Array(half);
    this.im = new Float64Array(half);
    this.reversed = bitReversal(half);
    this.cos = Float64Array.from({ length: half }, (_, k) => cosOfTurn(k, size));
    this.sin = Float64Array.from({ length: half }, (_, k) => sinOfTurn(k, size));
  }

  /** X_k = sum_j x_j e^(-2 pi i j k / size), without scaling, into `real` and `imaginary`. */
  forward(input: Float64Array): void {
    // A library that takes any length truncates what is longer, without a word.
    invariant(input.length === this.size, `${input.length} numbers for an FFT of ${this.size}`);
    const { half, re, im, reversed, real, imaginary, cos, sin } = this;
    for (let j = 0; j < half; j++) {
      const to = reversed[j];
      re[to] = input[2 * j];
      im[to] = input[2 * j + 1];
    }
    this.transform();
    real[0] = re[0] + im[0];
    imaginary[0] = 0;
    real[half] = re[0] - im[0];
    imaginary[half] = 0;
    for (let k = 1, l = half - 1; k <= l; k++, l--) {
      const evenRe = 0.5 * (re[k] + re[l]);
      const evenIm = 0.5 * (im[k] - im[l]);
      const oddRe = 0.5 * (im[k] + im[l]);
      const oddIm = 0.5 * (re[l] - re[k]);
      const turnedRe = cos[k] * oddRe + sin[k] * oddIm;
      const turnedIm = cos[k] * oddIm - sin[k] * oddRe;
      real[k] = evenRe + turnedRe;
      imaginary[k] = evenIm + turnedIm;
      real[l] = evenRe - turnedRe;
      imaginary[l] = turnedIm - evenIm;
    }
  }

  /** The real numbers whose transform stands in `real` and `imaginary`: the inverse of `forward`. */
  inverse(output: Float64Array): void {
    invariant(output.length === this.size, `${output.length} numbers for an FFT of ${this.size}`);
    const { half, re, im, reversed, real, imaginary, cos, sin } = this;
    // The forward transform with real and imaginary parts swapped is the inverse one.
    for (let k = 0; k < half; k++) {
      const l = half - k;
      const evenRe = real[k] + real[l];
      const evenIm = imaginary[k] - imaginary[l];
      const differenceRe = real[k] - real[l];
      const differenceIm = imaginary[k] + imaginary[l];
      const oddRe = cos[k] * differenceRe - sin[k] * differenceIm;
      const oddIm = cos[k] * differenceIm + sin[k] * differenceRe;
      const to = reversed[k];
      re[to] = evenIm + oddRe;
      im[to] = evenRe - oddIm;
    }
    this.transform();
    const scale = 1 / this.size;
    for (let j = 0; j < half; j++) {
      output[2 * j] = im[j] * scale;
      output[2 * j + 1] = re[j] * scale;
    }
  }

  /** The complex transform of `re` and `im`, which stand in bit-reversed order, in place. */
  private transform(): void {
    const { half, re, im, cos, sin } = this;
    for (let a = 0; a < half; a += 4) firstStages(re, im, a);
    for (let length = 4; length < half; length *= 2) {
      const stride = half / length;
      for (let k = 0; k < length; k++) {
        const c = cos[k * stride];
        const s = sin[k * stride];
        for (let a = k; a < half; a += 2 * length) {
          const b = a + length;
          const turnedRe = c * re[b] + s * im[b];
          const turnedIm = c * im[b] - s * re[b];
          re[b] = re[a] - turnedRe;
          im[b] = im[a] - turnedIm;
          re[a] = re[a] + turnedRe;
          im[a] = im[a] + turnedIm;
        }
      }
    }
  }
}

/** Stages of length 2 and 4 for four numbers from `a` on: all they multiply by is 1 and -i. */
function firstStages(re: Float64Array, im: Float64Array, a: number): void {
  const sumRe = re[a] + re[a + 1];
  const sumIm = im[a] + im[a + 1];
  const differenceRe = re[a] - re[a + 1];
  const differenceIm = im[a] - im[a + 1];
  const nextSumRe = re[a + 2] + re[a + 3];
  const nextSumIm = im[a + 2] + im[a + 3];
  const nextDifferenceRe = re[a + 2] - re[a + 3];
  const nextDifferenceIm = im[a + 2] - im[a + 3];
  re[a] = sumRe + nextSumRe;
  im[a] = sumIm + nextSumIm;
  re[a + 1] = differenceRe + nextDifferenceIm;
  im[a + 1] = differenceIm - nextDifferenceRe;
  re[a + 2] = sumRe - nextSumRe;
  im[a + 2] = sumIm - nextSumIm;
  re[a + 3] = differenceRe - nextDifferenceIm;
  im[a + 3] = differenceIm + nextDifferenceRe;
}

function bitReversal(length: number): Uint32Array {
  const reversed = new Uint32Array(length);
  for (let i = 1; i < length; i++) reversed[i] = (reversed[i >> 1] >> 1) | (i & 1 ? length >> 1 : 0);
  return reversed;
}
