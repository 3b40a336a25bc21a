/**
 * The one style of all charts: thin lines, named at their end; dashed reference lines, named too; no animation.
 * Fetched after the first paint: nothing else needs scales.
 */
import { useId, useMemo } from 'react';
import type { Size } from '../hooks.ts';
import { AxisLines, touchesUnit } from './AxisLines.tsx';
import { stepAxis, valueAxis } from './axes.ts';
import { ChartCursor } from './ChartCursor.tsx';
import { EndLabels, referenceText } from './EndLabels.tsx';
import { Marks } from './Marks.tsx';
import { cutNames, measureName, NO_NAMES, nameRoom, OWN_SHARE } from './nameRoom.ts';
import { Pin } from './Pin.tsx';
import { plotOf, scaleOf } from './plot.ts';
import { SeriesLine } from './SeriesLine.tsx';
import type { Axis, Mark, Marker, MetricSpan, Reference, Say, Series, StepSpan } from './types.ts';

export interface ChartProps {
  size: Size;
  title: string;
  /** What the values under the cursor are of; the title when absent. */
  cursorName?: string;
  /** What the chart says, for those who do not see it. */
  label: string;
  x: (Axis | StepSpan) & { unit: string };
  y: Axis | MetricSpan;
  say: Say;
  series: readonly Series[];
  references?: readonly Reference[];
  markers?: readonly Marker[];
  /** What happened to the run. */
  marks?: readonly Mark[];
  /** A place that is looked at elsewhere on the page: the lines are marked there. */
  pin?: number | null;
  /** Names may take more than a word's room, as far as there is any. */
  longNames?: boolean;
  /** A legend names the lines: nothing stands at their ends. */
  isNameless?: boolean;
  /** Each number of the axis across is one that was asked for: its unit gives way to them. */
  everyTick?: boolean;
}

const NONE: readonly never[] = [];

export default function Chart(props: ChartProps) {
  const {
    size,
    title,
    cursorName = title,
    label,
    x,
    y,
    say,
    series,
    references = NONE,
    markers = NONE,
    marks = NONE,
    pin = null,
    longNames = false,
    isNameless = false,
    everyTick = false,
  } = props;
  const clip = useId();
  const names = [...series.map(({ name }) => name), ...references.map(referenceText)];
  const room = isNameless ? NO_NAMES : nameRoom(names, size.width, measureName, longNames ? undefined : OWN_SHARE);
  const across = { ...('last' in x ? stepAxis(x) : x), unit: x.unit };
  const upright = 'metric' in y ? valueAxis(y, series, references) : y;
  const { left, right } = plotOf(size, room);
  const toX = scaleOf(across, left, right);
  const unitBelow = everyTick && across.ticks.some((tick) => touchesUnit(tick, across, toX, size.width, measureName));
  const plot = useMemo(() => plotOf(size, room, unitBelow), [size, room, unitBelow]);
  const toY = scaleOf(upright, plot.bottom, plot.top);
  const place = { plot, toX, toY };
  return (
    <div className="chart">
      <svg {...size} role="img" aria-label={label} className="chart-drawing">
        <clipPath id={clip}>
          <rect x={plot.left} y={plot.top - 4} width={plot.right - plot.left} height={plot.bottom - plot.top + 8} />
        </clipPath>
        <AxisLines {...place} x={across} y={upright} width={size.width} unitBelow={unitBelow} measure={measureName} />
        {references.map(({ name, y: level }) => (
          <line
            key={name}
            x1={plot.left}
            x2={plot.right}
            y1={toY(level)}
            y2={toY(level)}
            stroke="var(--muted)"
            strokeDasharray="4 3"
            clipPath={`url(#${clip})`}
            visibility={Number.isFinite(toY(level)) ? 'visible' : 'hidden'}
          />
        ))}
        <Marks {...place} markers={markers} marks={marks} />
        {series.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: nothing keeps two lines from having one name
          <SeriesLine key={index} {...place} entry={entry} clip={clip} />
        ))}
        {pin !== null && <Pin {...place} series={series} x={pin} say={say} />}
        {!isNameless && (
          <EndLabels {...place} series={series} references={references} cut={(all) => cutNames(all, room, measureName)} />
        )}
      </svg>
      <ChartCursor {...place} size={size} title={cursorName} series={series} marks={marks} say={say} />
    </div>
  );
}
