/** What the training charts show, worked out from what has been measured. */

import { METRICS, type MetricName } from '../../config/metrics.ts';
import { tokenCount } from '../../config/modalities.ts';
import { factsOf } from '../../config/objectives.ts';
import { phaseAt, phasesOf } from '../../config/phases.ts';
import type { RunConfig } from '../../config/run.ts';
import { formatCount, formatMetric } from '../format.ts';
import { smoothCurve } from '../store/curve.ts';
import type { CurvesState } from '../store/curves.ts';
import { readingsAt, sayReadings } from './cursor.ts';
import type { ChartPlan } from './plan.ts';
import type { Marker, Point, Reference, Say, Series } from './types.ts';

/** The last step that anything is known of. */
export function lastStep({ training, heldOut }: CurvesState): number {
  return Math.max(training.points.at(-1)?.step ?? 0, heldOut.at(-1)?.step ?? 0);
}

/** Training batches thin, held-out pictures thick; a chart that compares several held-out numbers has its first in front. */
export function curveSeries({ training, heldOut }: CurvesState, plan: ChartPlan, config: RunConfig): Series[] {
  const series: Series[] = [];
  if (plan.training !== undefined) {
    const phases = phasesOf(config);
    const own = training.points.filter(({ phase }) => plan.task === undefined || phases[phase]?.task === plan.task);
    const points = smoothCurve(own, plan.training).map(({ step, value }) => ({ x: step, y: value }));
    series.push({ name: 'train', tone: 'quiet', points, note: 'smoothed' });
  }
  for (const [index, { name, metric }] of plan.heldOut.entries()) {
    const own = heldOut.filter(({ step }) => plan.task === undefined || phaseAt(config, step - 1).phase.task === plan.task);
    series.push({ name, tone: index === 0 ? 'strong' : 'quiet', points: heldOutPoints(own, metric) });
  }
  return series.filter(({ points }) => points.length > 0);
}

function heldOutPoints(heldOut: CurvesState['heldOut'], metric: MetricName): Point[] {
  return heldOut.flatMap(({ step, scores }) => {
    const y = scores[metric];
    return y === undefined || !Number.isFinite(y) ? [] : [{ x: step, y }];
  });
}

/** What reference lines are worked out from. */
export interface Known {
  config: RunConfig;
  /** Numbers of a token; null before there is a run. */
  patchLength: number | null;
  /** Classes of the data set; 0 or 1 when there are no labels. */
  classes: number;
  /** Highest position accuracy that is possible; null before it is known. */
  ceiling: number | null;
  /** Levels that were measured, by name. */
  measured: Readonly<Record<string, number>>;
}

/** Numbers beside which stand levels that were measured on the very same samples. */
const MEASURED_LEVELS: readonly MetricName[] = ['positionAccuracy', 'maskedWordAccuracy', 'tokenAccuracy'];

/**
 * Levels that a metric is compared with: what guessing or answering nothing gives, what was measured, what is possible.
 *
 * @param isMain over training time, at the run's own mask ratio: only there is the content-only floor a level
 */
export function referencesOf(metric: MetricName, known: Known, isMain: boolean): Reference[] {
  const references = guesses(metric, known);
  if (isMain && MEASURED_LEVELS.includes(metric)) {
    references.push(...measuredLevels(metric, known));
  }
  if (metric === 'positionAccuracy' && known.ceiling !== null && known.ceiling < 0.995) {
    references.push(level(metric, 'ceiling', known.ceiling));
  }
  return references;
}

/** What it takes no learning to reach. */
function guesses(metric: MetricName, known: Known): Reference[] {
  const { config, patchLength, classes } = known;
  const { answers: of = 'none' } = factsOf(config);
  const answers = { cells: tokenCount(config), classes, partners: config.optimiser.batch, none: 0 }[of];
  switch (metric) {
    case 'positionAccuracy':
    case 'accuracy':
      return answers > 1 ? [level(metric, 'chance', 1 / answers)] : [];
    case 'loss':
      return [
        ...(answers > 1 ? [level(metric, 'chance', Math.log(answers))] : []),
        ...(of === 'partners' ? measuredLevels(metric, known) : []),
      ];
    case 'maskedError':
    case 'visibleError': {
      const measured = measuredLevels(metric, known);
      if (measured.length > 0 || config.mae.target !== 'normalised') return measured;
      // A normalised patch has variance 1 by the unbiased rule, so zeros miss it by (N - 1) / N (methods 2.1), or by less if flat.
      return patchLength === null ? [] : [level(metric, 'zeros', (patchLength - 1) / patchLength)];
    }
    case 'absoluteError':
      return measuredLevels(metric, known);
    case 'perDimension':
      return [level(metric, 'zeros', 1)];
    default:
      return [];
  }
}

function measuredLevels(metric: MetricName, { measured }: Known): Reference[] {
  return Object.entries(measured).map(([name, y]) => level(metric, name, y, METRICS[metric].kind === 'share'));
}

function level(metric: MetricName, name: string, y: number, terse = false): Reference {
  const value = METRICS[metric].kind === 'share' ? formatMetric(metric, y, y < 0.1 ? 1 : 0) : formatMetric(metric, y);
  return terse ? { name, y, value, terse } : { name, y, value };
}

/** Where one phase ends and the next begins, as far as the run has come. */
export function phaseMarkers(config: RunConfig, last: number): Marker[] {
  const markers: Marker[] = [];
  let before = 0;
  for (const { label, steps } of phasesOf(config)) {
    if (before > 0 && before <= last) markers.push({ name: shortName(label), x: before });
    before += steps;
  }
  return markers;
}

/** Phases stand close together in a chart: "Further pretraining" -> "further", "Self-distillation, round 1" -> "round 1". */
function shortName(label: string): string {
  return label
    .replace(/^.*, /, '')
    .replace(/ pretraining$/, '')
    .toLowerCase();
}

export function sayCurve(metric: MetricName): Say {
  return { x: (step) => `step ${formatCount(step)}`, y: (value) => formatMetric(metric, value) };
}

/** What each line was at an earlier step, in the words of the chart's title. */
export function valuesAt(series: readonly Series[], step: number, say: Say): string {
  const readings = readingsAt(series, step, say).map((reading) => {
    const { note, points } = series[reading.index];
    // A smoothed line is as much of this step as of its neighbours; how it is made is said at the cursor, where there is room.
    const isSpanned = points[0].x <= step && step <= (points.at(-1)?.x ?? step);
    return note !== undefined && isSpanned ? { ...reading, notes: [] } : reading;
  });
  return sayReadings(step, readings.reverse(), [], say);
}

/** The newest value of each line, in the words of the chart's title. */
export function newestValues(series: readonly Series[], metric: MetricName): string {
  const said = series.map(({ name, points }) => `${name} ${formatMetric(metric, points.at(-1)?.y ?? Number.NaN)}`);
  return said.reverse().join(', ');
}
