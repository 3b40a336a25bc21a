/** The runs with labels of a card's robustness study. */
import { robustRun } from '../robustRun.ts';
import type { RunConfig } from '../run.ts';
import { applySettings } from '../settings.ts';
import type { RobustnessPart } from './card.ts';

/** Its senses are those that labels and tests are of: all that were pretrained, or fewer, where `labels` say so. */
export function studyRun({ pretraining, labels }: Pick<RobustnessPart, 'pretraining' | 'labels'>): RunConfig {
  return applySettings(robustRun(pretraining), labels);
}
