/** Axes that fit what they show, in calm jumps. Fetched with the charts. */
import { scaleLinear, scaleLog } from 'd3-scale';
import { METRICS } from '../../config/metrics.ts';
import { formatCount, formatPercent } from '../format.ts';
import type { Axis, MetricSpan, Reference, Series, StepSpan } from './types.ts';

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

/** About as many intervals. */
const ACROSS = 4;
const UPRIGHT = 4;
/** A run shorter than this could not be seen growing. */
const LEAST_STEPS = 50;
/** Values this many times the median are let out at the top: a first step's spike would flatten all that follows. */
const SPIKE = 3;
/** Room above the highest reference line. */
const HEADROOM = 1.15;

/** From 0 to the last step: it grows with the run, and is never shorter than what can be seen. */
export function stepAxis({ last, dotRoom = false }: StepSpan): Axis {
  const scale = scaleLinear([0, Math.max(last, LEAST_STEPS)], [0, 1]).nice(ACROSS);
  const [from, to] = scale.domain();
  const axis: Axis = { domain: [from, to], ticks: scale.ticks(ACROSS), format: formatCount };
  return dotRoom ? withDotRoom(axis) : axis;
}

/** An upright axis for one metric: shares have all of 0 to 100 %, other numbers what their lines and references need. */
export function valueAxis({ metric, log, whole }: MetricSpan, series: readonly Series[], references: readonly Reference[]): Axis {
  const { kind } = METRICS[metric];
  if (kind === 'share') return PERCENT_AXIS;
  const values = series.flatMap(({ points }) => points.map(({ y }) => y)).filter(Number.isFinite);
  const sorted = values.toSorted((a, b) => a - b);
  if (kind === 'cosine') return cosineAxis(sorted[0] ?? 0);
  if (log) return logAxis([...sorted, ...references.map(({ y }) => y)]);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const highest = sorted.at(-1) ?? 0;
  const level = HEADROOM * Math.max(0, ...references.map(({ y }) => y));
  // Where a level is known, what lies far above it is not worth the room.
  const cap = whole ? highest : level > 0 ? level : SPIKE * median;
  const reach = Math.max(level, Math.min(cap, highest), HEADROOM * Math.max(0, ...series.map(lastValue)));
  return linearAxis(Math.min(0, sorted[0] ?? 0), reach);
}

/** From 0 to 1 in quarters, and as far below 0 as a line is. */
function cosineAxis(lowest: number): Axis {
  const from = Math.floor(Math.max(-1, Math.min(0, lowest)) * 4);
  const ticks = Array.from({ length: 5 - from }, (_, i) => (from + i) / 4);
  return { domain: [from / 4, 1], ticks, format: (value) => value.toFixed(2) };
}

/** Zero is always on it; where nothing is above or below, there is still an axis. */
function linearAxis(low: number, reach: number): Axis {
  const scale = scaleLinear([low, reach > low ? reach : low + 1], [0, 1]).nice(UPRIGHT);
  const [from, to] = scale.domain();
  return { domain: [from, to], ticks: scale.ticks(UPRIGHT), format: scale.tickFormat(UPRIGHT) };
}

/** Numbers of one digit around all that is above 0; the rest has no place on it. */
function logAxis(values: readonly number[]): Axis {
  const positive = values.filter((value) => value > 0);
  const low = Math.min(...positive, positive.length === 0 ? 0.1 : Number.POSITIVE_INFINITY);
  const high = Math.max(...positive, positive.length === 0 ? 1 : low);
  const round = scaleLog([low, high > low ? high : 1.1 * low], [0, 1])
    .nice()
    .ticks(20);
  const from = round.findLast((tick) => tick <= low) ?? low;
  const to = round.find((tick) => tick >= high && tick > from) ?? high;
  const scale = scaleLog([from, to], [0, 1]);
  const isWorthSaying = scale.tickFormat(UPRIGHT);
  const ticks = scale.ticks(UPRIGHT).filter((tick) => isWorthSaying(tick) !== '');
  return { domain: [from, to], ticks, format: (value) => String(Number(value.toPrecision(6))), log: true };
}

function lastValue({ points }: Series): number {
  const y = points.at(-1)?.y ?? 0;
  return Number.isFinite(y) ? y : 0;
}
