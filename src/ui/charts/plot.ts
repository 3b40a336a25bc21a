/** Where the numbers of a chart lie on the screen, in CSS pixels from its upper left corner. Fetched with the charts. */
import { scaleLinear, scaleLog } from 'd3-scale';
import type { Size } from '../hooks.ts';
import type { Axis } from './types.ts';

/** The part of a chart that lines are drawn in. */
export interface Plot {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** One axis on the screen. */
export interface Scale {
  /** NaN for what has no place on it. */
  (value: number): number;
  /** The number at a place. */
  invert(pixel: number): number;
}

/** Height of a unit that stands below the numbers of its axis. */
export const UNIT_ROW = 16;
/** Room for the numbers of the axes. */
const LEFT = 44;
const BELOW = 22;
const ABOVE = 8;

/** @param room for names, right of the plot @param unitBelow whether the unit of the axis across has a row of its own */
export function plotOf({ width, height }: Size, room: number, unitBelow = false): Plot {
  const below = BELOW + (unitBelow ? UNIT_ROW : 0);
  return { left: LEFT, right: Math.max(LEFT + 1, width - room), top: ABOVE, bottom: Math.max(ABOVE + 1, height - below) };
}

export function scaleOf({ domain, log }: Axis, from: number, to: number): Scale {
  const scale = log ? scaleLog([...domain], [from, to]) : scaleLinear([...domain], [from, to]);
  const place = (value: number): number => (log && !(value > 0) ? Number.NaN : scale(value));
  return Object.assign(place, { invert: (pixel: number) => scale.invert(pixel) });
}
