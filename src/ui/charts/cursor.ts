/** What a chart says at one place of its x axis. */
import { plural } from '../format.ts';
import type { Mark, Point, Say, Series } from './types.ts';

export interface Reading {
  /** Of the line, and its place among the lines. */
  name: string;
  index: number;
  point: Point;
  value: string;
  /** What else is to be known of the value: where it was measured if not here, when, how. */
  notes: string[];
}

/** Places that the cursor stops at: wherever a line has a point or something has happened. */
export function stopsOf(series: readonly Series[], marks: readonly Mark[]): number[] {
  const places = [...series.flatMap(({ points }) => points.map(({ x }) => x)), ...marks.map(({ x }) => x)];
  return [...new Set(places)].toSorted((a, b) => a - b);
}

/** Index of the stop nearest to `x`; -1 when there is none. */
export function nearest(stops: readonly number[], x: number): number {
  let best = stops.length - 1;
  for (let index = best - 1; index >= 0; index--) {
    if (Math.abs(stops[index] - x) < Math.abs(stops[best] - x)) best = index;
  }
  return best;
}

/**
 * The value of every line there. A line without a point at that very place says where its nearest one is; points that matter one by one
 * speak for their own place only.
 */
export function readingsAt(series: readonly Series[], x: number, say: Say): Reading[] {
  return series.flatMap(({ name, points, note, dots }, index) => {
    const places = points.map((point) => point.x);
    const point = points[dots === undefined ? nearest(places, x) : places.indexOf(x)];
    if (point === undefined) return [];
    const notes = [...(point.x === x ? [] : [say.x(point.x)]), point.note, note].filter((word) => word !== undefined);
    return [{ name, index, point, value: say.y(point.y), notes }];
  });
}

/** Marks within `reach` of a place. */
export function marksAt(marks: readonly Mark[], x: number, reach: number): Mark[] {
  return marks.filter((mark) => Math.abs(mark.x - x) <= reach);
}

/** Marks in words, one for each line of a read-out; many at one place are counted. */
export function linesOf(marks: readonly Mark[]): string[] {
  const told = marks.slice(0, MOST_TOLD).map(({ text }) => text);
  return marks.length > MOST_TOLD ? [...told, `and ${plural(marks.length - MOST_TOLD, 'more change', 'more changes')}`] : told;
}

const MOST_TOLD = 4;

/** The same in a sentence, for those who do not see it. */
export function sayReadings(x: number, readings: readonly Reading[], marks: readonly Mark[], say: Say): string {
  const values = readings.map(
    ({ name, value, notes }) => `${name} ${value}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`,
  );
  return [`${say.x(x)}: ${values.join(', ')}`, ...linesOf(marks)].join('; ');
}

/** The stop that a key leads to; undefined when it leads nowhere. */
export function stopAfter(key: string, stops: readonly number[], x: number): number | undefined {
  const index = nearest(stops, x);
  const leap = Math.max(2, Math.round(stops.length / 10));
  const to: Readonly<Record<string, number>> = {
    ArrowLeft: index - 1,
    ArrowDown: index - 1,
    ArrowRight: index + 1,
    ArrowUp: index + 1,
    PageDown: index - leap,
    PageUp: index + leap,
    Home: 0,
    End: stops.length - 1,
  };
  const target = to[key];
  return target === undefined ? undefined : stops[Math.min(stops.length - 1, Math.max(0, target))];
}
