import { metricOn } from '../config/inWords.ts';
import type { MetricName, Scores } from '../config/metrics.ts';
import type { RunConfig } from '../config/run.ts';

/**
 * Scores in words, in the order in which they come: shares in percent, the rest with three digits.
 *
 * @param config of the run that they are of
 * @param errors standard errors, told behind the scores that have one
 */
export function describeScores(
  scores: Scores,
  config: RunConfig,
  errors: Scores = {},
): { name: MetricName; label: string; value: string }[] {
  // What nothing was asked of has no score: accuracy on masked patches where none are masked.
  const measured = (Object.entries(scores) as [MetricName, number][]).filter(([, value]) => !Number.isNaN(value));
  return measured.map(([name, value]) => {
    const { label, kind } = metricOn(name, config);
    const say = (number: number) => (kind === 'share' ? (100 * number).toFixed(1) : number.toFixed(3));
    const error = errors[name];
    const spread = error === undefined ? '' : ` ± ${say(error)}`;
    return { name, label, value: `${say(value)}${kind === 'share' ? ' %' : ''}${spread}` };
  });
}
