/** Mel-frequency cepstral coefficients: the cosine transform of log-mel bands, as HTK and TensorFlow have it. */
import { cosOfTurn } from './turns.ts';

/** Bands that coefficients are made from. */
export const CEPSTRUM_BANDS = 64;

/**
 * c_k = sqrt(2 / 64) sum_j L_j cos(pi k (2 j + 1) / 128), without the factor that would make row 0 orthonormal.
 *
 * @returns (64, coefficients)
 */
export function cosineTransform(coefficients: number): Float64Array {
  const scale = Math.sqrt(2 / CEPSTRUM_BANDS);
  return Float64Array.from({ length: CEPSTRUM_BANDS * coefficients }, (_, i) => {
    const j = Math.floor(i / coefficients);
    const k = i % coefficients;
    return scale * cosOfTurn(k * (2 * j + 1), 4 * CEPSTRUM_BANDS);
  });
}

/** (coefficients) of one frame from its 64 bands. */
export function cepstrum(bands: Float64Array, transform: Float64Array, out: Float64Array): void {
  const coefficients = transform.length / CEPSTRUM_BANDS;
  out.fill(0, 0, coefficients);
  // Coefficients in the inner loop: a single sum would wait for its own last addition.
  for (let j = 0; j < CEPSTRUM_BANDS; j++) {
    const band = bands[j];
    for (let k = 0; k < coefficients; k++) out[k] = out[k] + transform[j * coefficients + k] * band;
  }
}

/** The 64 bands that `count` frames of coefficients describe: smoothed, where coefficients were left out. (count, 64) */
export function bandsOfCepstrum(values: Float32Array, coefficients: number): Float32Array {
  const transform = cosineTransform(coefficients);
  const count = values.length / coefficients;
  const bands = new Float32Array(count * CEPSTRUM_BANDS);
  for (let frame = 0; frame < count; frame++) {
    for (let j = 0; j < CEPSTRUM_BANDS; j++) {
      // Row 0 has twice the power of an orthonormal one.
      let sum = 0.5 * values[frame * coefficients] * transform[j * coefficients];
      for (let k = 1; k < coefficients; k++) sum += values[frame * coefficients + k] * transform[j * coefficients + k];
      bands[frame * CEPSTRUM_BANDS + j] = sum;
    }
  }
  return bands;
}
