/** Principal components: the directions in which rows differ most. */
import { symmetricEigen } from './eigen.ts';

export interface Principal {
  /** (d) */
  mean: Float32Array;
  /** (count, d) unit vectors, by falling variance; the entry that is largest in absolute value is positive. */
  components: Float32Array;
}

/** @param rows (n, d) @param count at most d */
export function principalComponents(rows: Float32Array, d: number, count: number): Principal {
  const n = rows.length / d;
  const mean = new Float64Array(d);
  for (const [i, value] of rows.entries()) mean[i % d] += value / n;
  const covariance = new Float64Array(d * d);
  const row = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < d; j++) row[j] = rows[i * d + j] - mean[j];
    for (let a = 0; a < d; a++) for (let b = 0; b <= a; b++) covariance[a * d + b] += (row[a] * row[b]) / n;
  }
  for (let a = 0; a < d; a++) for (let b = 0; b < a; b++) covariance[b * d + a] = covariance[a * d + b];
  const { vectors } = symmetricEigen(covariance, d);
  const components = new Float32Array(count * d);
  for (let c = 0; c < count; c++) {
    const vector = vectors.subarray(c * d, (c + 1) * d);
    const largest = vector.reduce((most, value) => (Math.abs(value) > Math.abs(most) + 1e-9 ? value : most), 0);
    components.set(
      vector.map((value) => value * Math.sign(largest)),
      c * d,
    );
  }
  return { mean: Float32Array.from(mean), components };
}
