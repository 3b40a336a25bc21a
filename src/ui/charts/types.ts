/** What a chart shows, free of how it is drawn. */
import type { MetricName } from '../../config/metrics.ts';

export interface Point {
  x: number;
  y: number;
  /** What is to be known of this one: "step 150". */
  note?: string;
  /** Its standard deviation, drawn up and down from it. */
  spread?: number;
}

/** `strong`: what to look at. `quiet`: what it is compared with. `faint`: what was before. */
export type Tone = 'strong' | 'quiet' | 'faint';

/** Told apart by dashes too, not by colour alone. */
export interface Hue {
  stroke: string;
  dash?: string;
}

export interface Series {
  name: string;
  tone: Tone;
  /** Stands for one of many that are equals: its own colour and dashes instead of the tone's (see `--hue-1` ...). */
  hue?: Hue;
  /** From left to right. */
  points: readonly Point[];
  /** The points matter one by one: they are drawn too. Hollow ones stand alone: they are not of one time, so no line joins them. */
  dots?: 'filled' | 'hollow';
  /** How its values are to be read: "smoothed", "256 pictures". */
  note?: string;
}

/** A named level to compare with. */
export interface Reference {
  name: string;
  y: number;
  value: string;
  /** Only the name stands at the line: there is no room for more. */
  terse?: boolean;
}

/** A named place on the x axis. */
export interface Marker {
  name: string;
  x: number;
}

/** Something that happened to the run: a tick on the axis, in words under the pointer. */
export interface Mark {
  x: number;
  text: string;
  /** A dotted line over the whole chart too: what is right of it was computed otherwise than what is left of it. */
  upright?: true;
}

export interface Axis {
  /** Both ends. */
  domain: readonly [number, number];
  ticks: readonly number[];
  format(value: number): string;
  log?: boolean;
}

/** From step 0 to the last one. */
export interface StepSpan {
  last: number;
  /** Points at the very ends are drawn whole. */
  dotRoom?: boolean;
}

/** What an upright axis counts; its ends follow from what there is to show. */
export interface MetricSpan {
  metric: MetricName;
  log?: boolean;
  /** Every point is inside, also one that is far above the others. */
  whole?: boolean;
}

/** The numbers of a chart in words, with their units. */
export interface Say {
  x(x: number): string;
  y(y: number): string;
}
