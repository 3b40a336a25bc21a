/** What a chart shows, free of the library that draws it. */

export interface Point {
  x: number;
  y: number;
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
  points: readonly Point[];
  /** Draws the points themselves. Hollow ones stand alone: they are not of one time, so no line joins them. */
  dots?: 'filled' | 'hollow';
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

export interface Axis {
  /** Both ends. */
  domain: readonly [number, number];
  ticks: readonly number[];
  format(value: number): string;
}
