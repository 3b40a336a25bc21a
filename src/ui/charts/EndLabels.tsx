/** Names at the right end of lines and reference lines, moved apart where lines end close together. */
import { spreadLabels } from './labels.ts';
import { NAME_GAP, NAME_LINE } from './nameRoom.ts';
import type { Plot, Scale } from './plot.ts';
import { strokeOf } from './SeriesLine.tsx';
import type { Reference, Series } from './types.ts';

interface Props {
  series: readonly Series[];
  references: readonly Reference[];
  plot: Plot;
  toY: Scale;
  /** Fits names into the room that there is. */
  cut(names: readonly string[]): string[];
}

interface Label {
  key: string;
  text: string;
  /** In the chart's own numbers. */
  level: number;
  colour: string;
  weight: number;
}

export function EndLabels({ series, references, plot, toY, cut }: Props) {
  const low = plot.top + 4;
  const high = plot.bottom - 4;
  const labels = [...seriesLabels(series), ...referenceLabels(references)].filter(({ level }) => Number.isFinite(toY(level)));
  const wanted = labels.map(({ level }) => Math.min(high, Math.max(low, toY(level))));
  const placed = spreadLabels(wanted, NAME_LINE, low, high);
  const x = plot.right;
  const shown = cut(labels.map(({ text }) => text));
  return (
    <g className="end-labels" fontSize={12}>
      {labels.map(({ key, text, colour, weight }, index) => (
        <g key={key}>
          <path d={`M${x + 2},${wanted[index]} L${x + 8},${placed[index]}`} stroke={colour} strokeOpacity={0.6} fill="none" />
          <text x={x + NAME_GAP} y={placed[index]} dominantBaseline="central" fill={colour} fontWeight={weight} data-name={text}>
            {shown[index]}
          </text>
        </g>
      ))}
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
  return references.map((reference) => ({
    key: reference.name,
    text: referenceText(reference),
    level: reference.y,
    colour: 'var(--muted)',
    weight: 400,
  }));
}

export function referenceText({ name, value, terse }: Reference): string {
  return terse ? name : `${name} ${value}`;
}
