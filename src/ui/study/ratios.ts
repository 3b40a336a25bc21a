/** Accuracy against the mask ratio that encoders were pretrained with: the question of the BERT-and-MAE comparison. */
import { OBJECTIVE_FACTS, type ObjectiveName } from '../../config/objectives.ts';
import type { StudyReport } from '../store/study.ts';
import type { StudyRow } from './summary.ts';

/** One objective's encoders on the largest labelled set, by mask ratio. */
export interface RatioLine {
  objective: ObjectiveName;
  points: readonly { ratio: number; accuracy: number }[];
}

/** One line for each objective with two mask ratios or more among its encoders; mean over seeds, and over encoders of one ratio. */
export function ratioLines(
  { contenders, sizes }: StudyReport,
  rows: readonly StudyRow[],
  protocol: StudyRow['protocol'],
): RatioLine[] {
  const at = rows.filter((row) => row.protocol === protocol && row.labelsPerClass === sizes.at(-1));
  const lines = new Map<ObjectiveName, Map<number, number[]>>();
  for (const { contender, accuracy } of at) {
    const learned = contenders[contender]?.learned;
    if (learned === undefined || !OBJECTIVE_FACTS[learned.objective].masks) continue;
    const line = lines.get(learned.objective) ?? new Map<number, number[]>();
    lines.set(learned.objective, line.set(learned.maskRatio, [...(line.get(learned.maskRatio) ?? []), accuracy.mean]));
  }
  return [...lines]
    .filter(([, line]) => line.size > 1)
    .map(([objective, line]) => ({
      objective,
      points: [...line]
        .map(([ratio, accuracies]) => ({ ratio, accuracy: accuracies.reduce((sum, one) => sum + one, 0) / accuracies.length }))
        .sort((a, b) => a.ratio - b.ratio),
    }));
}
