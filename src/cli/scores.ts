import { METRICS, type MetricName, type Scores } from '../config/metrics.ts';

/**
 * Scores in words, in the order in which they come: shares in percent, the rest with three digits.
 *
 * @param errors standard errors, told behind the scores that have one
 */
export function describeScores(scores: Scores, errors: Scores = {}): { name: MetricName; label: string; value: string }[] {
  // What nothing was asked of has no score: accuracy on masked patches where none are masked.
  const measured = (Object.entries(scores) as [MetricName, number][]).filter(([, value]) => !Number.isNaN(value));
  return measured.map(([name, value]) => {
    const { label, kind } = METRICS[name];
    const say = (number: number) => (kind === 'share' ? (100 * number).toFixed(1) : number.toFixed(3));
    const error = errors[name];
    const spread = error === undefined ? '' : ` ± ${say(error)}`;
    return { name, label, value: `${say(value)}${kind === 'share' ? ' %' : ''}${spread}` };
  });
}
