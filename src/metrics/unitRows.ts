import { invariant } from '../base/invariant.ts';

/** Rows of `features` (rows, d) at length 1; rows of zeros stay. */
export function unitRows(features: Float32Array, d: number): Float32Array {
  invariant(features.length % d === 0, `${features.length} numbers are not rows of ${d}`);
  const rows = features.slice();
  for (let start = 0; start < rows.length; start += d) {
    let square = 0;
    for (let i = start; i < start + d; i++) square += features[i] ** 2;
    const length = Math.sqrt(square);
    for (let i = start; i < start + d; i++) rows[i] = length === 0 ? 0 : features[i] / length;
  }
  return rows;
}
