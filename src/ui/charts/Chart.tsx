/**
 * The one style of all charts: thin lines, named at their end; dashed reference lines, named too; no legend, no animation.
 * Fetched after the first paint: nothing else needs the chart library.
 */
import { CartesianGrid, LineChart, ReferenceLine, XAxis, YAxis } from 'recharts';
import type { Size } from '../hooks.ts';
import { EndLabels } from './EndLabels.tsx';
import { cutName, LEAST_ROOM, measureName, nameRoom } from './nameRoom.ts';
import { SeriesLine } from './SeriesLine.tsx';
import type { Axis, Marker, Reference, Series } from './types.ts';

export interface ChartProps {
  size: Size;
  /** What the chart says, for those who do not see it. */
  label: string;
  x: Axis & { unit: string };
  y: Axis;
  series: readonly Series[];
  references?: readonly Reference[];
  markers?: readonly Marker[];
  /** Names may take more than a word's room, as far as there is any. */
  longNames?: boolean;
}

/** Least room from one number of the upright axis to the next, the other axis' line included. */
const TICK_HEIGHT = 19;
const AXIS = {
  axisLine: false,
  tickLine: false,
  tickSize: 0,
  tickMargin: 6,
  tick: { fontSize: 12, fill: 'var(--muted)', width: 80 },
} as const;

export default function Chart({ size, label, x, y, series, references = [], markers = [], longNames = false }: ChartProps) {
  const names = series.map(({ name }) => name);
  const room = longNames ? nameRoom(names, size.width, measureName) : LEAST_ROOM;
  return (
    <div role="img" aria-label={label} className="chart">
      <LineChart {...size} margin={{ top: 8, right: room, bottom: 0, left: 0 }} accessibilityLayer={false} tabIndex={-1}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis type="number" dataKey="x" {...AXIS} {...axis(x)} height={22} allowDataOverflow minTickGap={8} />
        <YAxis type="number" dataKey="y" {...AXIS} {...axis(sparse(y, size.height))} width={44} allowDataOverflow interval={0} />
        {references.map(({ name, y: level }) => (
          <ReferenceLine key={name} y={level} stroke="var(--muted)" strokeDasharray="4 3" />
        ))}
        {markers.map(({ name, x: place }) => (
          <ReferenceLine
            key={name}
            x={place}
            stroke="var(--ink)"
            strokeDasharray="2 3"
            label={{ value: name, position: 'insideTopLeft', fontSize: 12, fill: 'var(--ink)', offset: 4 }}
          />
        ))}
        {series.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: nothing keeps two lines from having one name
          <SeriesLine key={index} entry={entry} />
        ))}
        <EndLabels
          series={series}
          references={references}
          unit={x.unit}
          cut={(name) => (longNames ? cutName(name, room, measureName) : name)}
        />
      </LineChart>
    </div>
  );
}

/** A low chart has every second tick: numbers must not touch. */
function sparse(axis: Axis, height: number): Axis {
  if (height > TICK_HEIGHT * axis.ticks.length) return axis;
  return { ...axis, ticks: axis.ticks.filter((_, index) => index % 2 === 0) };
}

/** The library wants lists that it may change. */
function axis({ domain, ticks, format }: Axis) {
  return { domain: [domain[0], domain[1]], ticks: [...ticks], tickFormatter: format };
}
