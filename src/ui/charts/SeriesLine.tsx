/** One line of a chart, its points where they matter one by one, and a sign wherever it leaves the plot. */
import { beyond, corners, spotsOf } from './lines.ts';
import type { Plot, Scale } from './plot.ts';
import type { Series, Tone } from './types.ts';

export const TONES: Readonly<Record<Tone, { stroke: string; width: number; opacity: number }>> = {
  strong: { stroke: 'var(--accent)', width: 2, opacity: 1 },
  quiet: { stroke: 'var(--muted)', width: 1, opacity: 1 },
  faint: { stroke: 'var(--muted)', width: 1, opacity: 0.5 },
};

export function strokeOf({ tone, hue }: Series): string {
  return hue?.stroke ?? TONES[tone].stroke;
}

interface Props {
  entry: Series;
  plot: Plot;
  toX: Scale;
  toY: Scale;
  clip: string;
}

export function SeriesLine({ entry, plot, toX, toY, clip }: Props) {
  const { width, opacity } = TONES[entry.tone];
  const stroke = strokeOf(entry);
  const spots = spotsOf(entry.points, toX, toY);
  const isHollow = entry.dots === 'hollow';
  const dots = entry.dots !== undefined || spots.length === 1 ? spots : [];
  return (
    <g stroke={stroke} strokeOpacity={opacity} data-line={entry.name} data-dots={entry.dots}>
      <g clipPath={`url(#${clip})`}>
        {!isHollow && (
          <polyline
            points={corners(spots)}
            fill="none"
            strokeWidth={width}
            {...(entry.hue?.dash === undefined ? {} : { strokeDasharray: entry.hue.dash })}
            strokeLinejoin="round"
          />
        )}
        {entry.points.map(({ x, y, spread = 0 }) => {
          const ends = { y1: toY(y - spread), y2: toY(y + spread) };
          return spread > 0 && Number.isFinite(ends.y1) ? (
            <line key={x} x1={toX(x)} x2={toX(x)} {...ends} strokeWidth={1} data-spread={spread} />
          ) : null;
        })}
        {dots.map(({ x, y }) => (
          <circle
            key={x}
            cx={x}
            cy={y}
            r={width + 1}
            fill={isHollow ? 'var(--panel)' : stroke}
            fillOpacity={isHollow ? 1 : opacity}
            strokeWidth={isHollow ? 1 : 0}
          />
        ))}
      </g>
      {beyond(spots, plot).map(({ x, side }) => (
        <path key={x} d={arrow(x, side, plot)} fill={stroke} stroke="none" data-beyond={side} />
      ))}
    </g>
  );
}

/** A small triangle at the edge, pointing to where the line goes on. */
function arrow(x: number, side: 'above' | 'below', { top, bottom }: Plot): string {
  const [tip, foot] = side === 'above' ? [top - 7, top - 1] : [bottom + 7, bottom + 1];
  return `M${x},${tip} L${x + 4},${foot} L${x - 4},${foot} Z`;
}
