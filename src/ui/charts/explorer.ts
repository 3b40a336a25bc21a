/** The mask-ratio explorer: one metric against the share of patches hidden at the test. */
import type { MetricName } from '../../config/metrics.ts';
import type { EvaluationReport, MaskRatioPoint } from '../../trainer/reports.ts';
import { formatCount, formatMetric, formatSetting } from '../format.ts';
import type { MaskRatioCurve } from '../store/curves.ts';
import type { Axis, Marker, Point, Say, Series } from './types.ts';

export const ETA_AXIS: Axis = {
  // Points at its ends are drawn whole.
  domain: [-0.015, 0.965],
  ticks: [0, 0.25, 0.5, 0.75],
  format: (maskRatio) => String(maskRatio),
};

/** @param previous drawn only if it shows the same metric */
export function explorerSeries(metric: MetricName, latest: EvaluationReport | null, previous: MaskRatioCurve | null): Series[] {
  const series: Series[] = [];
  if (previous?.metric === metric) series.push({ name: 'last run', tone: 'faint', points: pointsOf(previous.points) });
  if (latest !== null && latest.maskRatioCurve.length > 0) {
    const { newest, now, earlier } = byTime(latest.maskRatioCurve);
    // Points are refreshed in turn: those of an earlier step are not the model of now.
    if (earlier.length > 0)
      series.push({ name: stepsOf(earlier), tone: 'quiet', points: pointsOf(earlier, true), dots: 'hollow' });
    series.unshift(...referenceLines(latest.maskRatioCurve));
    series.push({ name: `step ${formatCount(newest)}`, tone: 'strong', points: pointsOf(now), dots: 'filled' });
  }
  return series;
}

/** What was measured beside each point, on the same masks: a dashed line for each name. */
function referenceLines(points: readonly MaskRatioPoint[]): Series[] {
  const names = new Set(points.flatMap(({ references = {} }) => Object.keys(references)));
  return [...names].map((name) => ({
    name,
    tone: 'faint',
    hue: { stroke: 'var(--muted)', dash: '4 3' },
    points: points.flatMap(({ maskRatio, references }) => {
      const y = references?.[name];
      return y === undefined ? [] : [{ x: maskRatio, y }];
    }),
  }));
}

function byTime(points: readonly MaskRatioPoint[]) {
  const newest = Math.max(...points.map(({ step }) => step));
  return {
    newest,
    now: points.filter(({ step }) => step === newest),
    earlier: points.filter(({ step }) => step !== newest),
  };
}

/** "step 150", "steps 150 to 190". */
function stepsOf(points: readonly MaskRatioPoint[]): string {
  const steps = points.map(({ step }) => step);
  const [first, last] = [Math.min(...steps), Math.max(...steps)];
  return first === last ? `step ${formatCount(first)}` : `steps ${formatCount(first)} to ${formatCount(last)}`;
}

export function trainingMarker(maskRatio: number): Marker {
  return { name: `trained at ${maskRatio}`, x: maskRatio };
}

/** For those who do not see the chart. @param name of the metric, as it is called on the run's samples */
export function explorerLabel(metric: MetricName, name: string, latest: EvaluationReport | null): string {
  const title = `${name} against test mask ratio`;
  if (latest === null || latest.maskRatioCurve.length === 0) return `${title}: not measured yet`;
  const { newest, now, earlier } = byTime(latest.maskRatioCurve);
  const told = (points: readonly MaskRatioPoint[]) =>
    points.map(({ maskRatio, value }) => `${formatMetric(metric, value)} at ${maskRatio}`).join(', ');
  const levels = referenceLines(latest.maskRatioCurve).map(
    ({ name, points }) => `; ${name}: ${points.map(({ x, y }) => `${formatMetric(metric, y)} at ${x}`).join(', ')}`,
  );
  const before = earlier.length === 0 ? '' : `; at ${stepsOf(earlier)}: ${told(earlier)}`;
  return `${title} at step ${formatCount(newest)}: ${told(now)}${before}${levels.join('')}`;
}

/** @param dated each says at which step it was measured */
function pointsOf(points: readonly MaskRatioPoint[], dated = false): Point[] {
  const inOrder = points.toSorted((a, b) => a.maskRatio - b.maskRatio);
  return inOrder.map(({ maskRatio, value, step }) => ({
    x: maskRatio,
    y: value,
    ...(dated ? { note: `step ${formatCount(step)}` } : {}),
  }));
}

export function sayExplorer(metric: MetricName): Say {
  return { x: (maskRatio) => `mask ratio ${formatSetting(maskRatio)}`, y: (value) => formatMetric(metric, value) };
}
