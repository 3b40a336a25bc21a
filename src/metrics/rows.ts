/** Reading one row of logits: what every score and every drawing of a puzzle starts from. */

/**
 * Where a row's largest value stands, or -1 when the row predicts nothing: it holds a NaN, or its largest value is not
 * finite. Of equal values the first wins, as in tfjs.
 */
export function argmaxOfRow(logits: Float32Array, start: number, length: number): number {
  let best = 0;
  for (let j = 0; j < length; j++) {
    const value = logits[start + j];
    if (Number.isNaN(value)) return -1;
    if (value > logits[start + best]) best = j;
  }
  return Number.isFinite(logits[start + best]) ? best : -1;
}

/** log(sum(exp(row))) without overflow, given the row's largest value. */
export function logSumExpOfRow(logits: Float32Array, start: number, length: number, largest: number): number {
  let sum = 0;
  for (let j = 0; j < length; j++) sum += Math.exp(logits[start + j] - largest);
  return largest + Math.log(sum);
}
