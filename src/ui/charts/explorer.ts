/** The mask-ratio explorer: one metric against the share of patches hidden at the test. */
import { METRICS, type MetricName } from '../../config/metrics.ts';
import type { EtaPoint, EvaluationReport } from '../../trainer/reports.ts';
import { formatMetric } from '../format.ts';
import type { EtaCurve } from '../store/curves.ts';
import type { Axis, Marker, Series } from './types.ts';

export const ETA_AXIS: Axis = {
  domain: [0, 0.95],
  ticks: [0, 0.25, 0.5, 0.75],
  format: (eta) => String(eta),
};

/** @param previous drawn only if it shows the same metric */
export function explorerSeries(metric: MetricName, latest: EvaluationReport | null, previous: EtaCurve | null): Series[] {
  const series: Series[] = [];
  if (previous?.metric === metric) series.push({ name: 'last run', tone: 'faint', points: pointsOf(previous.points) });
  if (latest !== null && latest.etaCurve.length > 0) {
    const { etaCurve } = latest;
    const newest = Math.max(...etaCurve.map(({ step }) => step));
    series.push({
      name: 'this run',
      tone: 'strong',
      points: pointsOf(etaCurve),
      // Points are refreshed in turn: those of an earlier round are not the model of now.
      dots: { faint: (index) => etaCurve[index] !== undefined && etaCurve[index].step < Math.min(newest, latest.step) },
    });
  }
  return series;
}

export function trainingMarker(maskRatio: number): Marker {
  return { name: `trained at ${maskRatio}`, x: maskRatio };
}

/** For those who do not see the chart. */
export function explorerLabel(metric: MetricName, latest: EvaluationReport | null): string {
  const title = `${METRICS[metric].label} against test mask ratio`;
  if (latest === null || latest.etaCurve.length === 0) return `${title}: not measured yet`;
  const points = latest.etaCurve.map(({ eta, value }) => `${formatMetric(metric, value)} at ${eta}`);
  return `${title}: ${points.join(', ')}`;
}

function pointsOf(points: readonly EtaPoint[]): { x: number; y: number }[] {
  return points.map(({ eta, value }) => ({ x: eta, y: value }));
}
