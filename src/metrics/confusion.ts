/** Where a classifier goes wrong: which classes it takes for which, and which pictures it is sure and wrong about. */
import { invariant } from '../base/invariant.ts';
import type { Classification } from './classification.ts';

/**
 * (classes, classes) counts: row = true class, column = predicted class. Rows without a prediction (-1) are left out.
 *
 * @param labels (rows) in 0..classes - 1
 */
export function confusionMatrix(predictions: Int32Array, labels: ArrayLike<number>, classes: number): Uint32Array {
  invariant(predictions.length === labels.length, `${predictions.length} predictions for ${labels.length} labels`);
  const matrix = new Uint32Array(classes * classes);
  for (let row = 0; row < labels.length; row++) {
    invariant(
      labels[row] >= 0 && labels[row] < classes && predictions[row] < classes,
      `class ${labels[row]} or ${predictions[row]} of ${classes}`,
    );
    if (predictions[row] >= 0) matrix[labels[row] * classes + predictions[row]]++;
  }
  return matrix;
}

export interface Mistake {
  /** Row of the picture. */
  row: number;
  label: number;
  predicted: number;
  /** Score of the predicted class. */
  confidence: number;
}

/** The `count` wrong predictions of highest score, highest first, of equal ones the first row first. */
export function surestMistakes({ scores, predictions }: Classification, labels: ArrayLike<number>, count: number): Mistake[] {
  invariant(predictions.length === labels.length, `${predictions.length} predictions for ${labels.length} labels`);
  const classes = scores.length / predictions.length;
  return Array.from(predictions, (predicted, row) => ({
    row,
    label: labels[row],
    predicted,
    confidence: predicted < 0 ? 0 : scores[row * classes + predicted],
  }))
    .filter(({ label, predicted }) => predicted >= 0 && predicted !== label)
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, count);
}
