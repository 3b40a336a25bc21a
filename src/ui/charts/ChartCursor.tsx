/**
 * The values under the pointer. Also by keyboard: to a screen reader it is a slider over the places of the x axis, whose text are the
 * values there, so that each move is said, politely, and nothing else is.
 */
import { type KeyboardEvent, type PointerEvent, useMemo, useState } from 'react';
import type { Size } from '../hooks.ts';
import { marksAt, nearest, readingsAt, sayReadings, stopAfter, stopsOf } from './cursor.ts';
import { Dots } from './Pin.tsx';
import type { Plot, Scale } from './plot.ts';
import { ReadOut } from './ReadOut.tsx';
import type { Mark, Say, Series } from './types.ts';

interface Props {
  size: Size;
  title: string;
  series: readonly Series[];
  marks: readonly Mark[];
  say: Say;
  plot: Plot;
  toX: Scale;
  toY: Scale;
}

/** A mark as near as this to the cursor is read too, in CSS pixels. */
const REACH = 5;

export function ChartCursor({ size, title, series, marks, say, plot, toX, toY }: Props) {
  const [at, setAt] = useState<number | null>(null);
  const stops = useMemo(() => stopsOf(series, marks), [series, marks]);
  const last = stops.at(-1);
  if (last === undefined) return null;
  const x = at === null ? last : stops[nearest(stops, at)];
  const readings = readingsAt(series, x, say);
  const near = marksAt(marks, x, toX.invert(plot.left + REACH) - toX.invert(plot.left));

  const point = (event: PointerEvent<HTMLElement>): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    // Large text draws the page larger than it counts.
    const local = ((event.clientX - left) * event.currentTarget.offsetWidth) / width;
    setAt(stops[nearest(stops, toX.invert(local))]);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') setAt(null);
    const next = stopAfter(event.key, stops, x);
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    setAt(next);
  };

  return (
    <div
      className="chart-cursor"
      role="slider"
      tabIndex={0}
      data-reads={at !== null || undefined}
      aria-label={`Values of ${title}`}
      aria-valuemin={stops[0]}
      aria-valuemax={last}
      aria-valuenow={x}
      aria-valuetext={sayReadings(x, readings, near, say)}
      onPointerMove={point}
      onPointerDown={point}
      // A finger that is lifted has not left: its values stay until another place is touched.
      onPointerLeave={(event) => event.pointerType !== 'touch' && setAt(null)}
      onBlur={() => setAt(null)}
      onKeyDown={onKeyDown}
    >
      {at !== null && (
        <>
          <svg {...size} className="chart-cross" aria-hidden="true">
            <line x1={toX(x)} x2={toX(x)} y1={plot.top} y2={plot.bottom} stroke="var(--ink)" strokeOpacity={0.6} />
            <Dots series={series} readings={readings} plot={plot} toX={toX} toY={toY} />
          </svg>
          <ReadOut
            place={say.x(x)}
            readings={readings}
            series={series}
            marks={near}
            left={toX(x)}
            plot={plot}
            width={size.width}
          />
        </>
      )}
    </div>
  );
}
