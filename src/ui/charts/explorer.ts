/** The mask-ratio explorer: accuracy against the share of patches hidden at the test. */
import type { EtaPoint, EvaluationReport } from '../../trainer/reports.ts';
import { formatPercent } from '../format.ts';
import type { Axis, Marker, Series } from './types.ts';

export const ETA_AXIS: Axis = {
  domain: [0, 0.95],
  ticks: [0, 0.25, 0.5, 0.75],
  format: (eta) => String(eta),
};

export function explorerSeries(latest: EvaluationReport | null, previous: readonly EtaPoint[]): Series[] {
  const series: Series[] = [];
  if (previous.length > 0) series.push({ name: 'last run', tone: 'faint', points: pointsOf(previous) });
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
export function explorerLabel(latest: EvaluationReport | null): string {
  if (latest === null || latest.etaCurve.length === 0) return 'Accuracy against test mask ratio: not measured yet';
  const points = latest.etaCurve.map(({ eta, accuracy }) => `${formatPercent(accuracy)} at ${eta}`);
  return `Accuracy against test mask ratio: ${points.join(', ')}`;
}

function pointsOf(points: readonly EtaPoint[]): { x: number; y: number }[] {
  return points.map(({ eta, accuracy }) => ({ x: eta, y: accuracy }));
}
