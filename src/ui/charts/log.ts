/** Which charts may have a logarithmic scale, and what it cannot show. */
import { METRICS, type MetricName } from '../../config/metrics.ts';
import { plural } from '../format.ts';
import type { Reference, Series } from './types.ts';

/** Shares and cosines have ends of their own. */
export function canBeLog(metric: MetricName): boolean {
  return METRICS[metric].kind === 'number';
}

/** What has no place on a logarithmic scale, in words; null when everything has. */
export function missingOnLog(series: readonly Series[], references: readonly Reference[]): string | null {
  const levels = references.filter(({ y }) => !(y > 0)).map(({ name }) => `the line “${name}”`);
  const values = series.flatMap(({ points }) => points).filter(({ y }) => y <= 0).length;
  const missing = [...(values > 0 ? [plural(values, 'value')] : []), ...levels];
  return missing.length === 0 ? null : `not on a log scale, as 0 or below: ${missing.join(', ')}`;
}
