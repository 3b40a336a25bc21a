/** Names at the right end of lines and reference lines, moved apart where lines end close together. */
import { useChartWidth, usePlotArea, useYAxisScale } from 'recharts';
import { spreadLabels } from './labels.ts';
import { NAME_GAP } from './nameRoom.ts';
import { strokeOf } from './SeriesLine.tsx';
import type { Reference, Series } from './types.ts';

/** Height of a line of text. */
const LINE = 14;
/** From the lower edge of the plot to the base line of the axis' own numbers. */
const AXIS_TEXT = 15;

interface Props {
  series: readonly Series[];
  references: readonly Reference[];
  /** Of the other axis. */
  unit: string;
  /** Fits a name into the room that there is. */
  cut(name: string): string;
}

interface Label {
  key: string;
  text: string;
  /** In the chart's own numbers. */
  level: number;
  colour: string;
  weight: number;
}

export function EndLabels({ series, references, unit, cut }: Props) {
  const plot = usePlotArea();
  const width = useChartWidth();
  const scale = useYAxisScale();
  if (plot === undefined || width === undefined || scale === undefined) return null;
  const low = plot.y + 4;
  const high = plot.y + plot.height - 4;
  const labels = [...seriesLabels(series), ...referenceLabels(references)];
  const wanted = labels.map(({ level }) => Math.min(high, Math.max(low, scale(level) ?? high)));
  const placed = spreadLabels(wanted, LINE, low, high);
  const x = plot.x + plot.width;
  return (
    <g className="end-labels" fontSize={12}>
      {labels.map(({ key, text, colour, weight }, index) => (
        <g key={key}>
          <path d={`M${x + 2},${wanted[index]} L${x + 8},${placed[index]}`} stroke={colour} strokeOpacity={0.6} fill="none" />
          <text x={x + NAME_GAP} y={placed[index]} dominantBaseline="central" fill={colour} fontWeight={weight} data-name={text}>
            {cut(text)}
          </text>
        </g>
      ))}
      <text x={width - 2} y={plot.y + plot.height + AXIS_TEXT} textAnchor="end" fill="var(--muted)" data-unit="">
        {unit}
      </text>
    </g>
  );
}

function seriesLabels(series: readonly Series[]): Label[] {
  return series.flatMap((entry, index) => {
    const { name, tone, points } = entry;
    const last = points.at(-1);
    if (last === undefined) return [];
    const weight = tone === 'strong' ? 600 : 400;
    return [{ key: `line ${index}`, text: name, level: last.y, colour: strokeOf(entry), weight }];
  });
}

function referenceLabels(references: readonly Reference[]): Label[] {
  return references.map(({ name, y, value, terse }) => ({
    key: name,
    text: terse ? name : `${name} ${value}`,
    level: y,
    colour: 'var(--muted)',
    weight: 400,
  }));
}
