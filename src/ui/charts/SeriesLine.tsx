/** One line of a chart, and its points where they matter one by one. */
import { Line } from 'recharts';
import type { Series, Tone } from './types.ts';

export const TONES: Readonly<Record<Tone, { stroke: string; width: number; opacity: number }>> = {
  strong: { stroke: 'var(--accent)', width: 2, opacity: 1 },
  quiet: { stroke: 'var(--muted)', width: 1, opacity: 1 },
  faint: { stroke: 'var(--muted)', width: 1, opacity: 0.5 },
};

export function strokeOf({ tone, hue }: Series): string {
  return hue?.stroke ?? TONES[tone].stroke;
}

export function SeriesLine({ entry }: { entry: Series }) {
  const { width, opacity } = TONES[entry.tone];
  const stroke = strokeOf(entry);
  return (
    <Line
      data={[...entry.points]}
      dataKey="y"
      name={entry.name}
      type="linear"
      stroke={stroke}
      strokeWidth={entry.dots === 'hollow' ? 0 : width}
      strokeOpacity={opacity}
      {...(entry.hue?.dash === undefined ? {} : { strokeDasharray: entry.hue.dash })}
      dot={
        entry.dots === undefined && entry.points.length > 1
          ? false
          : (props: DotProps) => <Dot key={props.index} {...props} entry={entry} />
      }
      shape={Polyline}
      activeDot={false}
      isAnimationActive={false}
    />
  );
}

interface PolylineProps {
  points?: readonly { x: number | null; y: number | null }[] | undefined;
  stroke?: string | undefined;
  strokeWidth?: number | string | undefined;
  strokeOpacity?: number | string | undefined;
  strokeDasharray?: number | string | undefined;
  clipPath?: string | undefined;
}

/** The library's own curve measures its length at every update, for an animation that we do not have. */
function Polyline({ points = [], stroke, strokeWidth, strokeOpacity, strokeDasharray, clipPath }: PolylineProps) {
  const corners = points.flatMap(({ x, y }) => (x === null || y === null ? [] : [`${x.toFixed(1)},${y.toFixed(1)}`]));
  return (
    <polyline
      points={corners.join(' ')}
      fill="none"
      stroke={stroke}
      strokeWidth={strokeWidth}
      strokeOpacity={strokeOpacity}
      strokeDasharray={strokeDasharray}
      strokeLinejoin="round"
      clipPath={clipPath}
    />
  );
}

/** What the library hands to whoever draws a point. */
interface DotProps {
  cx?: number;
  cy?: number;
  index: number;
}

function Dot({ cx, cy, entry }: DotProps & { entry: Series }) {
  if (cx === undefined || cy === undefined) return null;
  const { width } = TONES[entry.tone];
  const stroke = strokeOf(entry);
  if (entry.dots === 'hollow')
    return <circle cx={cx} cy={cy} r={width + 1} fill="var(--panel)" stroke={stroke} strokeWidth={1} />;
  return <circle cx={cx} cy={cy} r={width + 1} fill={stroke} />;
}
