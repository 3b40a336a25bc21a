/** What a number was measured on, in words: so many pictures, of how many, and how far other pictures might have led. */
import { METRICS, type MetricName } from '../config/metrics.ts';
import type { EvaluationReport } from '../trainer/reports.ts';
import type { RunInfo } from '../worker/protocol.ts';
import { formatCount, formatNumber, plural } from './format.ts';

type Of = Pick<RunInfo, 'heldOutCount' | 'heldOutIsTrain'>;

/** "all 432 held-out pictures", "256 of 500 held-out pictures", "7 training pictures, as there are too few to hold out". */
export function picturesText(pictures: number, { heldOutCount, heldOutIsTrain }: Of): string {
  if (heldOutIsTrain) return `${plural(pictures, 'training picture')}: too few to hold any out`;
  if (pictures >= heldOutCount) return `all ${plural(pictures, 'held-out picture')}`;
  return `${formatCount(pictures)} of ${plural(heldOutCount, 'held-out picture')}`;
}

/** "± 1.2 points": the standard error of a score; empty where there is none. */
export function errorText(metric: MetricName, { errors }: Pick<EvaluationReport, 'errors'>): string {
  const error = errors[metric];
  if (error === undefined || !Number.isFinite(error)) return '';
  return METRICS[metric].kind === 'share' ? `± ${(100 * error).toFixed(1)} points` : `± ${formatNumber(error)}`;
}

/** Both, for a chart or a table; empty before anything was measured. */
export function measuredText(metric: MetricName, report: EvaluationReport | null, of: Of | null): string {
  if (report === null || of === null || report.pictures === 0) return '';
  return [errorText(metric, report), picturesText(report.pictures, of)].filter((text) => text !== '').join(', ');
}

/** The name of a line that is measured on held-out pictures, where there are any. */
export function lineName(name: string, of: Of | null): string {
  return name === 'held-out' && of?.heldOutIsTrain === true ? 'on training' : name;
}
