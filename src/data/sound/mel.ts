import { BadSettingError } from '../../base/errors.ts';
import { cosOfTurn } from './turns.ts';

/** More leave bands without any bin of a transform of 512 samples, which are then the same number in every clip. */
const MOST_BANDS = 80;

/** Triangles over the bins of a power spectrum. Band b weighs the bins from `first[b]` on with `weights[start[b]..start[b + 1]]`. */
export interface MelBank {
  bands: number;
  /** (bands) */
  first: Int32Array;
  /** (bands + 1) */
  start: Int32Array;
  weights: Float64Array;
}

/**
 * The mel filterbank of HTK: mel(f) = 1127 ln(1 + f / 700), `bands + 2` edges evenly in mel from `low` to `high`, triangles that
 * are straight in mel and 1 at their tip; the bin of 0 Hz has no weight.
 *
 * @param size of the transform, in samples
 * @param rate samples a second
 * @param low Hz, as `high`
 * @throws BadSettingError where there are too many bands: a band would hold no bin
 */
export function melBank(bands: number, size: number, rate: number, low: number, high: number): MelBank {
  if (bands > MOST_BANDS) throw new BadSettingError(`${bands} mel bands are too many: ${MOST_BANDS} at most.`);
  if (!(low >= 0 && low < high && high <= rate / 2)) {
    throw new BadSettingError(`Mel bands from ${low} to ${high} Hz do not lie between 0 and ${rate / 2} Hz in rising order.`);
  }
  const bank = triangles(bands, size, rate, low, high);
  const empty = emptyBands(bank);
  if (empty.length > 0) {
    const hold = empty.length === 1 ? 'one holds' : `${empty.length} hold`;
    throw new BadSettingError(
      `Of ${bands} mel bands between ${low} and ${high} Hz ${hold} no frequency of a transform of ${size} samples: use fewer bands.`,
    );
  }
  return bank;
}

/** Whether every band holds a bin. */
export function bandsFit(bands: number, size: number, rate: number, low: number, high: number): boolean {
  return emptyBands(triangles(bands, size, rate, low, high)).length === 0;
}

function emptyBands({ bands, start }: MelBank): number[] {
  return Array.from({ length: bands }, (_, band) => band).filter((band) => start[band + 1] === start[band]);
}

function triangles(bands: number, size: number, rate: number, low: number, high: number): MelBank {
  const bottom = mel(low);
  const step = (mel(high) - bottom) / (bands + 1);
  const bins = Array.from({ length: size / 2 + 1 }, (_, bin) => mel((bin * rate) / size));
  const first = new Int32Array(bands);
  const start = new Int32Array(bands + 1);
  const weights: number[] = [];
  for (let band = 0; band < bands; band++) {
    const from = bottom + band * step;
    for (let bin = 1; bin < bins.length; bin++) {
      const weight = Math.min((bins[bin] - from) / step, (from + 2 * step - bins[bin]) / step);
      if (weight <= 0) continue;
      if (start[band] === weights.length) first[band] = bin;
      weights.push(weight);
    }
    start[band + 1] = weights.length;
  }
  return { bands, first, start, weights: Float64Array.from(weights) };
}

/** Mel of a frequency in Hz. */
export function mel(frequency: number): number {
  return 1127 * Math.log(1 + frequency / 700);
}

/** Power of each band: the sum of its bins' power times its triangle. */
export function bandPower({ bands, first, start, weights }: MelBank, power: Float64Array, out: Float64Array): void {
  for (let band = 0; band < bands; band++) {
    let bin = first[band];
    let sum = 0;
    for (let i = start[band]; i < start[band + 1]; i++, bin++) sum += weights[i] * power[bin];
    out[band] = sum;
  }
}

/** The periodic Hann window, 1/2 - 1/2 cos(2 pi i / length). */
export function hann(length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => 0.5 - 0.5 * cosOfTurn(i, length));
}
