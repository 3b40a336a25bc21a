/** What a classifier's probabilities say, for people. */
import type { ClassifiedSample } from '../../trainer/reports.ts';

export interface Answer {
  label: string;
  probability: number;
  isTruth: boolean;
}

/** The `count` most probable classes, the surest first. */
export function topAnswers({ probabilities, truth }: ClassifiedSample, classes: readonly string[], count: number): Answer[] {
  const order = Array.from(probabilities, (_, i) => i).sort((a, b) => probabilities[b] - probabilities[a] || a - b);
  return order.slice(0, count).map((index) => ({
    label: classes[index] ?? `class ${index + 1}`,
    probability: probabilities[index],
    isTruth: index === truth,
  }));
}
