import { METRICS, type MetricName, type Scores } from '../config/metrics.ts';

/** Scores in words, in the order in which they come: shares in percent, the rest with three digits. */
export function describeScores(scores: Scores): { name: MetricName; label: string; value: string }[] {
  return (Object.entries(scores) as [MetricName, number][]).map(([name, value]) => {
    const { label, kind } = METRICS[name];
    return { name, label, value: kind === 'share' ? `${(100 * value).toFixed(1)} %` : value.toFixed(3) };
  });
}
