/** The place that the board shows, on every line of a chart. */
import { readingsAt } from './cursor.ts';
import type { Plot, Scale } from './plot.ts';
import { strokeOf } from './SeriesLine.tsx';
import type { Say, Series } from './types.ts';

interface Props {
  x: number;
  series: readonly Series[];
  say: Say;
  plot: Plot;
  toX: Scale;
  toY: Scale;
}

export function Pin({ x, series, say, plot, toX, toY }: Props) {
  const readings = readingsAt(series, x, say);
  return (
    <g data-pin={x}>
      <line x1={toX(x)} x2={toX(x)} y1={plot.top} y2={plot.bottom} stroke="var(--ink)" strokeWidth={1} />
      <Dots series={series} readings={readings} toX={toX} toY={toY} plot={plot} />
    </g>
  );
}

interface DotsProps {
  series: readonly Series[];
  readings: ReturnType<typeof readingsAt>;
  plot: Plot;
  toX: Scale;
  toY: Scale;
}

/** Points that were read, where they lie inside the plot. */
export function Dots({ series, readings, plot, toX, toY }: DotsProps) {
  return readings
    .filter(({ point }) => toY(point.y) >= plot.top - 1 && toY(point.y) <= plot.bottom + 1)
    .map(({ index, point }) => (
      <circle
        key={index}
        cx={toX(point.x)}
        cy={toY(point.y)}
        r={3.5}
        fill="var(--panel)"
        stroke={strokeOf(series[index])}
        strokeWidth={1.5}
      />
    ));
}
