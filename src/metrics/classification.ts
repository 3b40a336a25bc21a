/** What every classifier hands to the tables and galleries: one row of class scores per picture. */
import { invariant } from '../base/invariant.ts';
import { argmaxOfRow } from './rows.ts';

export interface Classification {
  /** (rows, classes) sums to 1 in each row: probabilities, or shares of the votes. */
  scores: Float32Array;
  /** (rows) the class of the largest score, of equal ones the first; -1 where the scores hold a NaN: never right. */
  predictions: Int32Array;
}

/** @param scores (rows, classes) */
export function classify(scores: Float32Array, classes: number): Classification {
  invariant(scores.length % classes === 0, `${scores.length} scores are not rows of ${classes}`);
  const rows = scores.length / classes;
  return { scores, predictions: Int32Array.from({ length: rows }, (_, row) => argmaxOfRow(scores, row * classes, classes)) };
}

/** Probabilities (rows, classes) of logits (rows, classes). */
export function softmaxRows(logits: ArrayLike<number>, classes: number): Float32Array {
  const scores = new Float32Array(logits.length);
  for (let start = 0; start < logits.length; start += classes) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < classes; j++) largest = Math.max(largest, logits[start + j]);
    let total = 0;
    for (let j = 0; j < classes; j++) total += Math.exp(logits[start + j] - largest);
    for (let j = 0; j < classes; j++) scores[start + j] = Math.exp(logits[start + j] - largest) / total;
  }
  return scores;
}

/** Share of rows whose prediction is their label; NaN of no rows. */
export function accuracyOf(predictions: Int32Array, labels: ArrayLike<number>): number {
  invariant(predictions.length === labels.length, `${predictions.length} predictions for ${labels.length} labels`);
  return predictions.reduce((right, prediction, row) => right + (prediction === labels[row] ? 1 : 0), 0) / labels.length;
}
