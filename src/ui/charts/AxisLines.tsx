/** Numbers of both axes, and the lines across at those of the upright one. */
import { crowd } from './labels.ts';
import type { Measure } from './nameRoom.ts';
import { type Plot, type Scale, UNIT_ROW } from './plot.ts';
import type { Axis } from './types.ts';

/** Least room from one number of the upright axis to the next. */
const TICK_HEIGHT = 15;
/** Least room between two numbers side by side. */
const TICK_GAP = 8;
/** From the plot to the numbers beside it, and to the base line of those below. */
const BESIDE = 6;
const BELOW = 15;

interface Props {
  x: Axis & { unit: string };
  y: Axis;
  plot: Plot;
  toX: Scale;
  toY: Scale;
  /** Of the whole chart. */
  width: number;
  /** Whether the unit of the axis across stands below its numbers, and not after them. */
  unitBelow: boolean;
  measure: Measure;
}

export function AxisLines({ x, y, plot, toX, toY, width, unitBelow, measure }: Props) {
  // Numbers must not touch: a low chart has every second tick, or fewer.
  const upright = crowd(
    y.ticks,
    (tick) => toY(tick),
    () => TICK_HEIGHT,
  );
  const across = crowd(
    x.ticks,
    (tick) => toX(tick),
    (tick) => measure(x.format(tick)) + TICK_GAP,
  );
  return (
    <g fontSize={12} fill="var(--muted)">
      {upright.map((tick) => (
        <g key={tick}>
          <line x1={plot.left} x2={plot.right} y1={toY(tick)} y2={toY(tick)} stroke="var(--line)" />
          <text x={plot.left - BESIDE} y={toY(tick)} textAnchor="end" dominantBaseline="central">
            {y.format(tick)}
          </text>
        </g>
      ))}
      {across
        .filter((tick) => unitBelow || !touchesUnit(tick, x, toX, width, measure))
        .map((tick) => (
          <text key={tick} x={toX(tick)} y={plot.bottom + BELOW} textAnchor="middle">
            {x.format(tick)}
          </text>
        ))}
      <text x={width - 2} y={plot.bottom + BELOW + (unitBelow ? UNIT_ROW : 0)} textAnchor="end" data-unit="">
        {x.unit}
      </text>
    </g>
  );
}

/** Whether the unit at the right end of the axis would stand in the way of a number. */
export function touchesUnit(tick: number, { format, unit }: Props['x'], toX: Scale, width: number, measure: Measure): boolean {
  return toX(tick) + measure(format(tick)) / 2 >= width - 2 - measure(unit) - TICK_GAP;
}
