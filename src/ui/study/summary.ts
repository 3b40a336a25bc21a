/** What a study's results say, seeds taken together. */
import { type Spread, spreadOf } from '../../metrics/spread.ts';
import { sumCosts } from '../../trainer/study/ensemble.ts';
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
  /** Over seeds; of one number where the seed decides nothing. */
  accuracy: Spread;
  /** A kept encoder's features and all labels: the same for every seed. */
  seedless: boolean;
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
        const seedless = pretrained && protocol !== 'finetune' && labelsPerClass === 0;
        const accuracies = own.map(({ accuracy }) => accuracy);
        rows.push({
          key: `${contender} ${protocol} ${labelsPerClass}`,
          contender,
          name,
          protocol,
          labelsPerClass,
          results: own,
          accuracy: spreadOf(seedless ? accuracies.slice(0, 1) : accuracies),
          seedless,
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
  return a === null ? null : sumCosts([a, b]);
}

/** "48.3 ± 1.2 %"; one seed has no spread. */
export function formatAccuracy({ count, mean, deviation }: Spread): string {
  if (count === 0) return '–';
  return count === 1 ? formatPercent(mean) : `${(100 * mean).toFixed(1)} ± ${(100 * deviation).toFixed(1)} %`;
}

export function formatSize(labelsPerClass: number): string {
  return labelsPerClass === 0 ? 'all' : String(labelsPerClass);
}

/**
 * One sentence for each pretrained contender, on the largest set: fine-tuned against from scratch, read out against a random
 * encoder, and always against the same model.
 */
export function verdicts(report: StudyReport, rows: readonly StudyRow[]): string[] {
  const largest = report.sizes.at(-1) ?? 0;
  const at = rows.filter(({ labelsPerClass }) => labelsPerClass === largest);
  return report.contenders.flatMap(({ name, pretrained, model }, contender) => {
    if (!pretrained) return [];
    const clauses = report.protocols.flatMap((protocol) => {
      const own = at.find((row) => row.contender === contender && row.protocol === protocol);
      const base = at.find((row) => row.protocol === protocol && isBaseline(report.contenders[row.contender], model));
      return own === undefined || base === undefined
        ? []
        : [`${PROTOCOL_LABELS[protocol]} ${compareRows(own, base, inSentence(base.name))}`];
    });
    if (clauses.length === 0) return [];
    const labels = largest === 0 ? 'all labels' : `${largest} labels a class`;
    return [`${name}, ${labels}: ${clauses.join('; ')}.`];
  });
}

/** Of each ensemble on the largest set: against the better of its members alone, and against two seeds of one of them. */
export function ensembleVerdicts({ contenders, sizes }: StudyReport, rows: readonly StudyRow[]): string[] {
  const largest = sizes.at(-1) ?? 0;
  const at = rows.filter(({ labelsPerClass, protocol }) => labelsPerClass === largest && protocol === 'finetune');
  return contenders.flatMap(({ name, members = [] }, contender) => {
    const own = at.find((row) => row.contender === contender);
    const alone = at.filter((row) => members.includes(row.contender));
    if (own === undefined || alone.length < 2) return [];
    const best = alone.reduce((better, row) => (row.accuracy.mean > better.accuracy.mean ? row : better));
    const controls = at.filter((row) => {
      const twins = contenders[row.contender]?.members ?? [];
      return twins.length > 0 && twins.every((member) => member === twins[0] && members.includes(member));
    });
    const clauses = [
      compareRows(own, best, `${best.name}, the better of the two alone`),
      ...controls.map((row) => compareRows(own, row, row.name)),
    ];
    return [`${name}, ${largest === 0 ? 'all labels' : `${largest} labels a class`}: ${clauses.join('; ')}.`];
  });
}

function isBaseline(contender: StudyReport['contenders'][number] | undefined, model: string | undefined): boolean {
  return contender !== undefined && !contender.pretrained && contender.model === model;
}

/** "From scratch" within a sentence. */
function inSentence(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** A difference counts when it is more than the two spreads put together. */
function compareRows(own: StudyRow, base: StudyRow, name: string): string {
  const points = 100 * (own.accuracy.mean - base.accuracy.mean);
  const said = `${Math.abs(points).toFixed(1)} points ${points >= 0 ? 'above' : 'below'} ${name}`;
  const fewest = own.seedless ? base.accuracy.count : Math.min(own.accuracy.count, base.accuracy.count);
  if (fewest < 2) return `${said} (one seed, which proves little)`;
  const noise = 100 * Math.hypot(own.seedless ? 0 : own.accuracy.deviation, base.accuracy.deviation);
  return Math.abs(points) > noise ? said : `${said} (within the spread over seeds: no clear difference)`;
}
