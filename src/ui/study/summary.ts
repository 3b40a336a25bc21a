/** What a study's results say, seeds taken together. */
import { type Spread, spreadOf } from '../../metrics/spread.ts';
import type { Cost, Protocol, StudyResult } from '../../trainer/study/plan.ts';
import { formatPercent } from '../format.ts';
import type { StudyReport } from '../store/study.ts';
import { PROTOCOL_LABELS } from './plan.ts';

/** One contender, protocol and size: all seeds that are done. */
export interface StudyRow {
  key: string;
  contender: number;
  name: string;
  protocol: Protocol;
  labelsPerClass: number;
  /** One a seed. */
  results: readonly StudyResult[];
  accuracy: Spread;
  /** Of using the labels once: the mean over seeds. */
  use: Cost;
  /** Pretraining and use; null when nobody knows what pretraining took. */
  total: Cost | null;
}

/** Largest sets first, then by protocol, then by contender. */
export function studyRows({ contenders, protocols, sizes, results }: StudyReport): StudyRow[] {
  const rows: StudyRow[] = [];
  for (const labelsPerClass of sizes.toReversed()) {
    for (const protocol of protocols) {
      for (const [contender, { name, pretrained, pretraining }] of contenders.entries()) {
        const own = results.filter(
          (result) => result.contender === contender && result.protocol === protocol && result.labelsPerClass === labelsPerClass,
        );
        if (own.length === 0) continue;
        const use = meanCost(own.map(({ cost }) => cost));
        rows.push({
          key: `${contender} ${protocol} ${labelsPerClass}`,
          contender,
          name,
          protocol,
          labelsPerClass,
          results: own,
          accuracy: spreadOf(own.map(({ accuracy }) => accuracy)),
          use,
          total: pretrained ? sumCost(pretraining, use) : use,
        });
      }
    }
  }
  return rows;
}

function meanCost(costs: readonly Cost[]): Cost {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { seconds: mean(costs.map(({ seconds }) => seconds)), gflop: mean(costs.map(({ gflop }) => gflop)) };
}

function sumCost(a: Cost | null, b: Cost): Cost | null {
  return a === null ? null : { seconds: a.seconds + b.seconds, gflop: a.gflop + b.gflop };
}

/** "48.3 ± 1.2 %"; one seed has no spread. */
export function formatAccuracy({ count, mean, deviation }: Spread): string {
  if (count === 0) return '–';
  return count === 1 ? formatPercent(mean) : `${(100 * mean).toFixed(1)} ± ${(100 * deviation).toFixed(1)} %`;
}

export function formatSize(labelsPerClass: number): string {
  return labelsPerClass === 0 ? 'all' : String(labelsPerClass);
}

/** One sentence for each pretrained contender, on the largest set: fine-tuned against from scratch, or else probed against random. */
export function verdicts(report: StudyReport, rows: readonly StudyRow[]): string[] {
  const largest = report.sizes.at(-1);
  const at = rows.filter(({ labelsPerClass }) => labelsPerClass === largest);
  return report.contenders.flatMap(({ name, pretrained }, contender) => {
    if (!pretrained) return [];
    for (const protocol of ['finetune', 'linear', 'knn'] as const) {
      const own = at.find((row) => row.contender === contender && row.protocol === protocol);
      const base = at.find((row) => !report.contenders[row.contender]?.pretrained && row.protocol === protocol);
      if (own === undefined || base === undefined) continue;
      return [
        `${name}, ${PROTOCOL_LABELS[protocol]}: ${compareSpreads(own.accuracy, base.accuracy)} ${base.name.toLowerCase()}.`,
      ];
    }
    return [];
  });
}

/** A difference counts when it is more than the two spreads put together. */
function compareSpreads(own: Spread, base: Spread): string {
  const points = 100 * (own.mean - base.mean);
  const said = `${Math.abs(points).toFixed(1)} points ${points >= 0 ? 'above' : 'below'}`;
  if (own.count < 2 || base.count < 2) return `${said}, from one seed, which proves little, compared with`;
  const noise = 100 * Math.hypot(own.deviation, base.deviation);
  return Math.abs(points) > noise ? said : `${said}, within the spread over seeds: no clear difference to`;
}
