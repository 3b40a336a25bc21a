import { fineTuningMetric } from '../../config/sweep/sweep.ts';
import type { Fit } from '../study/plan.ts';

/** How fine-tuning fits what it learned from, as measures of a sweep: test less training loss, and how far the encoder went from its start. */
export function fitValues({
  testLoss,
  trainLoss,
  distance,
}: Pick<Fit, 'testLoss' | 'trainLoss' | 'distance'>): Record<string, number> {
  return { [fineTuningMetric('generalisationGap')]: testLoss - trainLoss, [fineTuningMetric('distance')]: distance };
}
