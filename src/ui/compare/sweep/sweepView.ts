/** What a sweep's results look like: rows, and the lines of a chart. */

import { fieldOn } from '../../../config/fieldOn.ts';
import { metricOn } from '../../../config/inWords.ts';
import { METRICS, type MetricName } from '../../../config/metrics.ts';
import { RESULTS_VERSION } from '../../../config/resultsVersion.ts';
import type { RunConfig } from '../../../config/run.ts';
import { sayPlace } from '../../../config/sweep/check.ts';
import { pointKey, sweepPoints } from '../../../config/sweep/points.ts';
import {
  BASELINE_LABELS,
  isLabelMeasure,
  LOCALITY_LABELS,
  type LocalityMeasure,
  MEASURE_LABELS,
  type Sweep,
  type SweepAxis,
  settingOf,
} from '../../../config/sweep/sweep.ts';
import { lineName, type SweepRow, type SweepValue, sweepLines, sweepRows } from '../../../metrics/sweepSummary.ts';
import { withDotRoom } from '../../charts/axes.ts';
import type { Axis, Series } from '../../charts/types.ts';
import {
  formatCount,
  formatMegabytes,
  formatMetric,
  formatMilliseconds,
  formatPercent,
  formatSetting,
  plural,
} from '../../format.ts';
import type { PointReport, SweepReport } from '../../store/sweep.ts';
import { hueOf } from '../../study/hues.ts';

export function rowsOf({ results }: SweepReport): SweepRow[] {
  return sweepRows(
    results.flatMap(({ at, baseline, step, seed, version, values }) =>
      Object.entries(values).map(([measure, value]): SweepValue => ({ at, baseline, step, seed, version, measure, value })),
    ),
  );
}

/** Measures that have a number, in the order in which they came. */
export function measuresOf(rows: readonly SweepRow[]): string[] {
  return [...new Set(rows.map(({ measure }) => measure))];
}

export function measureLabel(measure: string, run: RunConfig): string {
  if (isMetric(measure)) return metricOn(measure, run).label;
  const own = settingOf(measure);
  if (isMetric(own)) return `${METRICS[own].label}, fine-tuned`;
  const [name = '', block] = measure.split('@');
  if (isLocality(name)) return `${LOCALITY_LABELS[name]}, block ${Number(block) + 1}`;
  return measure === 'stepTime' || measure === 'stepMemory' || isLabelMeasure(measure) ? MEASURE_LABELS[measure] : measure;
}

export function formatMeasure(measure: string, value: number): string {
  if (measure === 'stepTime') return formatMilliseconds(value);
  if (measure === 'stepMemory') return formatMegabytes(value);
  const metric = settingOf(measure);
  if (isLocality(measure.split('@')[0] ?? '')) return value.toFixed(2);
  return isMetric(metric) ? formatMetric(metric, value) : formatPercent(value);
}

/** Whether all of it lies between 0 and 1, told in percent. */
function isShare(measure: string): boolean {
  return isMetric(measure) ? METRICS[measure].kind === 'share' : isLabelMeasure(measure);
}

function isLocality(name: string): name is LocalityMeasure {
  return Object.hasOwn(LOCALITY_LABELS, name);
}

function isMetric(measure: string): measure is MetricName {
  return Object.hasOwn(METRICS, measure);
}

export interface SweepChart {
  series: Series[];
  x: Axis;
  y: Axis;
}

/** One line for each value of the other setting, baselines dashed; results of another version are not drawn. */
export function chartOf(report: SweepReport, rows: readonly SweepRow[], measure: string): SweepChart {
  const [axis, other] = report.sweep.axes as [SweepAxis, SweepAxis | undefined];
  const current = rows.filter(({ version }) => version === RESULTS_VERSION);
  const lines = Object.entries(sweepLines(current, { axis: axis.path, measure, values: axis.values }));
  const x = acrossAxis(axis);
  const levels = new Set(current.filter(({ baseline }) => baseline !== undefined).map((row) => lineName(row, axis.path)));
  const series = lines.map(([name, points], index): Series => {
    const isBaseline = levels.has(name);
    const drawn = points.flatMap(({ x: place, mean, deviation }) => {
      const point = { y: mean, ...(deviation > 0 && { spread: deviation }) };
      // A level is a line from end to end.
      return place === undefined
        ? x.domain.map((end, i) => ({ x: end, ...(i === 0 ? point : { y: mean }) }))
        : [{ x: place, ...point }];
    });
    const hue = hueOf(index);
    return {
      name: name === '' ? (other === undefined ? measureLabel(measure, report.sweep.base) : 'all') : name,
      tone: isBaseline ? 'quiet' : 'strong',
      hue: isBaseline ? { stroke: 'var(--muted)', dash: name.startsWith('Random') ? '2 3' : '6 3' } : { stroke: hue.stroke },
      points: drawn,
      ...(isBaseline ? {} : { dots: 'filled' as const }),
    };
  });
  return { series, x, y: uprightAxis(series, isShare(measure)) };
}

/** Through all values; those that are no numbers stand at their places, evenly apart. */
export function acrossAxis({ values }: Pick<SweepAxis, 'values'>): Axis {
  const numbers = values.filter((value) => typeof value === 'number').toSorted((a, b) => a - b);
  const [from] = numbers;
  const to = numbers.at(-1);
  if (numbers.length < values.length || from === undefined || to === undefined) {
    const last = Math.max(1, values.length - 1);
    return withDotRoom({
      domain: [0, last],
      ticks: values.map((_, i) => i),
      format: (index) => String(values[Math.round(index)] ?? ''),
    });
  }
  const domain: [number, number] = from === to ? [from - 0.5, from + 0.5] : [from, to];
  return withDotRoom({ domain, ticks: numbers, format: formatSetting });
}

/** All that is drawn, spreads included, between two even numbers. */
export function uprightAxis(series: readonly Series[], isShare: boolean): Axis {
  const all = series.flatMap(({ points }) => points.flatMap(({ y, spread = 0 }) => [y - spread, y + spread]));
  const most = Math.max(0, ...all);
  const step = evenStep(most === 0 ? 1 : most / 4);
  const ticks = Array.from({ length: Math.max(1, Math.ceil(most / step)) + 1 }, (_, i) => Number((i * step).toPrecision(6)));
  const low = Math.min(0, ...all);
  const format = (value: number): string => (isShare ? formatPercent(value, step < 0.01 ? 1 : 0) : String(value));
  return { domain: [low, ticks.at(-1) ?? 1], ticks, format };
}

/** 1, 2 or 5 times a power of ten, not below a value. */
export function evenStep(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((digit) => digit * power).find((step) => step >= value * 0.999) ?? 10 * power;
}

/** "From scratch, Mask ratio 0.5, seed 1": the point of a sweep that has a key; empty where none has. */
export function sayPoint(sweep: Sweep, key: string): string {
  const point = sweepPoints(sweep).find((known) => pointKey(known) === key);
  if (point === undefined) return '';
  const baseline = point.baseline === undefined ? '' : BASELINE_LABELS[point.baseline];
  const step = point.step === undefined ? '' : `step ${point.step}`;
  return [baseline, sayPlace(point.at, sweep.base), step, `seed ${point.seed}`].filter((part) => part !== '').join(', ');
}

/** "Mask ratio 0.5". */
export function settingLabel(path: string, run: RunConfig): string {
  return fieldOn(settingOf(path), run)?.label ?? path;
}

/** "Paused: 3 points measured, 1 skipped. Scenes, WebAssembly": how points stand. */
export function sayOutcome({ outcome, results, skipped, datasetName, devices }: Omit<PointReport<unknown>, 'sweep'>): string {
  const left = skipped.length === 0 ? '' : `, ${formatCount(skipped.length)} skipped`;
  const said = { running: 'Running', stopped: 'Paused', failed: 'Failed', finished: 'Finished' }[outcome];
  return `${said}: ${plural(results.length, 'point')} measured${left}. ${[datasetName, devices.join('; ')].filter((part) => part !== '').join(', ')}`;
}
