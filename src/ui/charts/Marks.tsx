/** Upright lines that are named, and ticks on the axis where something happened to the run. */
import type { Plot, Scale } from './plot.ts';
import type { Mark, Marker } from './types.ts';

interface Props {
  markers: readonly Marker[];
  marks: readonly Mark[];
  plot: Plot;
  toX: Scale;
}

export function Marks({ markers, marks, plot, toX }: Props) {
  return (
    <g fontSize={12}>
      {markers.map(({ name, x }) => (
        <Upright key={name} name={name} x={toX(x)} plot={plot} />
      ))}
      {marks.map(({ x, text, upright }) => (
        <g key={`${x} ${text}`}>
          {upright && <line x1={toX(x)} x2={toX(x)} y1={plot.top} y2={plot.bottom} stroke="var(--ink)" strokeDasharray="1 3" />}
          <path d={tick(toX(x), plot)} fill="var(--ink)" data-mark={text} />
        </g>
      ))}
    </g>
  );
}

function Upright({ name, x, plot }: { name: string; x: number; plot: Plot }) {
  // Right of the plot stand the names of the lines.
  const isLeft = x > (plot.left + plot.right) / 2;
  return (
    <>
      <line x1={x} x2={x} y1={plot.top} y2={plot.bottom} stroke="var(--ink)" strokeDasharray="2 3" />
      <text x={x + (isLeft ? -4 : 4)} y={plot.top + 11} textAnchor={isLeft ? 'end' : 'start'} fill="var(--ink)">
        {name}
      </text>
    </>
  );
}

/** A small wedge that stands on the axis. */
function tick(x: number, { bottom }: Plot): string {
  return `M${x},${bottom - 7} L${x + 3.5},${bottom} L${x - 3.5},${bottom} Z`;
}
