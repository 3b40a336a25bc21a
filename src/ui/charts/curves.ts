/** What the two training charts show, worked out from what has been measured. */
import { formatCount, formatPercent } from '../format.ts';
import { smoothCurve } from '../store/curve.ts';
import type { CurvesState } from '../store/curves.ts';
import { evenTicks, niceCeiling } from './labels.ts';
import type { Axis, Reference, Series } from './types.ts';

export const PERCENT_AXIS: Axis = {
  domain: [0, 1],
  ticks: [0, 0.25, 0.5, 0.75, 1],
  format: (share) => formatPercent(share, 0),
};

/** Grows with the run in calm jumps; never shorter than what can be seen. */
export function stepAxis({ training, heldOut }: CurvesState): Axis {
  const last = Math.max(training.points.at(-1)?.step ?? 0, heldOut.at(-1)?.step ?? 0, 50);
  const end = niceCeiling(last);
  return { domain: [0, end], ticks: evenTicks(end), format: (step) => formatCount(step) };
}

export function accuracySeries(curves: CurvesState): Series[] {
  const training = smoothCurve(curves.training.points).map(({ step, accuracy }) => ({ x: step, y: accuracy }));
  const heldOut = curves.heldOut.map(({ step, accuracy }) => ({ x: step, y: accuracy }));
  return nonEmpty([
    { name: 'train', tone: 'quiet', points: training },
    { name: 'held-out', tone: 'strong', points: heldOut },
  ]);
}

export function lossSeries(curves: CurvesState): Series[] {
  const training = smoothCurve(curves.training.points).map(({ step, loss }) => ({ x: step, y: loss }));
  const heldOut = curves.heldOut.filter(({ loss }) => Number.isFinite(loss)).map(({ step, loss }) => ({ x: step, y: loss }));
  return nonEmpty([
    { name: 'train', tone: 'quiet', points: training },
    { name: 'held-out', tone: 'strong', points: heldOut },
  ]);
}

/** Chance, what patches tell by themselves, and what twins among the patches leave possible. */
export function accuracyReferences(patches: number, contentFloor: number | null, ceiling: number | null): Reference[] {
  const references: Reference[] = [{ name: 'chance', y: 1 / patches, value: formatPercent(1 / patches) }];
  if (contentFloor !== null) {
    references.push({ name: 'content only', y: contentFloor, value: formatPercent(contentFloor, 0), terse: true });
  }
  if (ceiling !== null && ceiling < 0.995) {
    references.push({ name: 'ceiling', y: ceiling, value: formatPercent(ceiling, 0) });
  }
  return references;
}

/** The loss of guessing, ln n, is near the top: a loss above it is worth seeing, one far above is not. */
export function lossAxis(patches: number): Axis {
  const chance = Math.log(patches);
  const end = Math.ceil(chance * 1.15);
  return { domain: [0, end], ticks: Array.from({ length: end + 1 }, (_, i) => i), format: (loss) => loss.toFixed(0) };
}

export function lossReferences(patches: number): Reference[] {
  return [{ name: 'chance', y: Math.log(patches), value: Math.log(patches).toFixed(2) }];
}

/** The newest value of each line, in the words of the chart's title. */
export function newestValues(series: readonly Series[], format: (value: number) => string): string {
  const said = series.map(({ name, points }) => `${name} ${format(points.at(-1)?.y ?? Number.NaN)}`);
  return said.reverse().join(', ');
}

function nonEmpty(series: Series[]): Series[] {
  return series.filter(({ points }) => points.length > 0);
}
