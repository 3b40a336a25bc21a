/** Axes that fit what they show, in calm jumps. */
import { METRICS, type MetricName } from '../../config/metrics.ts';
import { formatCount, formatPercent } from '../format.ts';
import { evenTicks, niceCeiling, niceStep } from './labels.ts';
import type { Axis, Reference, Series } from './types.ts';

export const PERCENT_AXIS: Axis = {
  domain: [0, 1],
  ticks: [0, 0.25, 0.5, 0.75, 1],
  format: (share) => formatPercent(share, 0),
};

/** Share of an axis beyond either end at which a point on that end is drawn whole. */
const DOT_MARGIN = 0.015;

/** The same axis with room for points at its very ends. */
export function withDotRoom(axis: Axis): Axis {
  const [from, to] = axis.domain;
  const margin = DOT_MARGIN * (to - from);
  return { ...axis, domain: [from - margin, to + margin] };
}

/** Most intervals on an upright axis. */
const PARTS = 5;
/** Values this many times the median are let out at the top: a first step's spike would flatten all that follows. */
const SPIKE = 3;
/** Room above the highest reference line. */
const HEADROOM = 1.15;

/** From 0 to the last step: it grows with the run, and is never shorter than what can be seen. */
export function stepAxis(last: number): Axis {
  const end = niceCeiling(Math.max(last, 50));
  return { domain: [0, end], ticks: evenTicks(end), format: (step) => formatCount(step) };
}

/** From 0 to 1 in quarters, and as far below 0 as a line is. */
function cosineAxis(lowest: number): Axis {
  const from = Math.floor(Math.max(-1, Math.min(0, lowest)) * 4);
  const ticks = Array.from({ length: 5 - from }, (_, i) => (from + i) / 4);
  return { domain: [from / 4, 1], ticks, format: (value) => value.toFixed(2) };
}

/** An upright axis for one metric: shares have all of 0 to 100 %, other numbers what their lines and references need. */
export function valueAxis(metric: MetricName, series: readonly Series[], references: readonly Reference[]): Axis {
  if (METRICS[metric].kind === 'share') return PERCENT_AXIS;
  const values = series.flatMap(({ points }) => points.map(({ y }) => y)).filter(Number.isFinite);
  const sorted = values.toSorted((a, b) => a - b);
  if (METRICS[metric].kind === 'cosine') return cosineAxis(sorted[0] ?? 0);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const level = HEADROOM * Math.max(0, ...references.map(({ y }) => y));
  // Where a level is known, what lies far above it is not worth the room.
  const cap = level > 0 ? level : SPIKE * median;
  const reach = Math.max(level, Math.min(cap, sorted.at(-1) ?? 0), HEADROOM * Math.max(0, ...series.map(lastValue)));
  const low = Math.min(0, sorted[0] ?? 0);
  // Zero is always on the axis; where nothing is above or below it, there is still an axis.
  const top = reach > low ? reach : low + 1;
  const step = niceStep((top - low) / PARTS);
  const from = Math.floor(low / step);
  const to = Math.ceil(top / step - 1e-9);
  const ticks = Array.from({ length: to - from + 1 }, (_, i) => (from + i) * step);
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9) + (/^2\.?5/.test(step.toExponential()) ? 1 : 0));
  return { domain: [from * step, to * step], ticks, format: (value) => value.toFixed(Math.min(digits, 6)) };
}

function lastValue({ points }: Series): number {
  const y = points.at(-1)?.y ?? 0;
  return Number.isFinite(y) ? y : 0;
}
