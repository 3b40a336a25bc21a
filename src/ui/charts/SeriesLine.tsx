/** One line of a chart, and its points where they matter one by one. */
import { Line } from 'recharts';
import type { Series, Tone } from './types.ts';

export const TONES: Readonly<Record<Tone, { stroke: string; width: number; opacity: number }>> = {
  strong: { stroke: 'var(--accent)', width: 2, opacity: 1 },
  quiet: { stroke: 'var(--muted)', width: 1, opacity: 1 },
  faint: { stroke: 'var(--muted)', width: 1, opacity: 0.5 },
};

export function SeriesLine({ entry }: { entry: Series }) {
  const { stroke, width, opacity } = TONES[entry.tone];
  return (
    <Line
      data={[...entry.points]}
      dataKey="y"
      name={entry.name}
      type="linear"
      stroke={stroke}
      strokeWidth={width}
      strokeOpacity={opacity}
      dot={entry.dots === undefined ? false : (props: DotProps) => <Dot key={props.index} {...props} entry={entry} />}
      activeDot={false}
      isAnimationActive={false}
    />
  );
}

/** What the library hands to whoever draws a point. */
interface DotProps {
  cx?: number;
  cy?: number;
  index: number;
}

function Dot({ cx, cy, index, entry }: DotProps & { entry: Series }) {
  if (cx === undefined || cy === undefined) return null;
  const faint = entry.dots?.faint(index) ?? false;
  const { stroke, width } = TONES[entry.tone];
  return <circle cx={cx} cy={cy} r={width + 1} fill={stroke} fillOpacity={faint ? 0.35 : 1} />;
}
