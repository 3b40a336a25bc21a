/** What is told of a fine-tuning beside its accuracy, as measures of a sweep. */
import { fineTuningMetric, type LocalityMeasure, scoreAt } from '../../config/sweep/sweep.ts';
import type { Fit, Locality } from '../study/plan.ts';

/** Test less training loss, and how far the encoder went from its start. */
export function fitValues({
  testLoss,
  trainLoss,
  distance,
}: Pick<Fit, 'testLoss' | 'trainLoss' | 'distance'>): Record<string, number> {
  return { [fineTuningMetric('generalisationGap')]: testLoss - trainLoss, [fineTuningMetric('distance')]: distance };
}

interface LocalityNumbers extends Pick<Locality, 'depth' | 'heads'> {
  before: ArrayLike<number>;
  after: ArrayLike<number>;
}

/** Of each block, the first is 0: means over its heads, and how far its heads differ after fine-tuning, from the nearest to the farthest. */
export function localityValues({ before, after, depth, heads }: LocalityNumbers): Record<string, number> {
  const blocks = Array.from({ length: depth }, (_, block) => {
    const of = (distances: ArrayLike<number>) =>
      Array.from({ length: heads }, (_, head) => distances[block * heads + head] ?? Number.NaN);
    const [own, tuned] = [of(before), of(after)];
    const numbers: Readonly<Record<LocalityMeasure, number>> = {
      attentionBefore: mean(own),
      attentionAfter: mean(tuned),
      attentionChange: mean(own.map((distance, head) => Math.abs((tuned[head] ?? Number.NaN) - distance))),
      headSpread: Math.max(...tuned) - Math.min(...tuned),
    };
    return Object.entries(numbers).map(([name, value]) => [scoreAt(name, block), value] as const);
  });
  return Object.fromEntries(blocks.flat());
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
