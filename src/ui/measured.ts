/** What a number was measured on, in words: so many samples, of how many, and how far others might have led. */
import { METRICS, type MetricName } from '../config/metrics.ts';
import type { EvaluationReport } from '../trainer/reports.ts';
import type { RunInfo } from '../worker/protocol.ts';
import { formatCount, formatNumber, plural } from './format.ts';
import { viewOf } from './modalities/registry.ts';

type Of = Pick<RunInfo, 'heldOutCount' | 'heldOutIsTrain' | 'tokens'>;

/** "all 432 held-out pictures", "256 of 500 held-out pictures", "7 training pictures, as there are too few to hold out". */
export function samplesText(count: number, { heldOutCount, heldOutIsTrain, tokens }: Of): string {
  const { sample } = viewOf(tokens.modality).words;
  if (heldOutIsTrain) return `${plural(count, `training ${sample}`)}: too few to hold any out`;
  if (count >= heldOutCount) return `all ${plural(count, `held-out ${sample}`)}`;
  return `${formatCount(count)} of ${plural(heldOutCount, `held-out ${sample}`)}`;
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
  return [errorText(metric, report), samplesText(report.pictures, of)].filter((text) => text !== '').join(', ');
}

/** The name of a line that is measured on held-out samples, where there are any. */
export function lineName(name: string, of: Pick<Of, 'heldOutIsTrain'> | null): string {
  return name === 'held-out' && of?.heldOutIsTrain === true ? 'on training' : name;
}
