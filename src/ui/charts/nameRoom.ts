/** Names of lines, cut to the room that a chart has for them. */

import type { Size } from '../hooks.ts';

/** Width of a text in CSS pixels. */
export type Measure = (text: string) => number;

/** From the end of a line to its name. */
export const NAME_GAP = 11;
/** Room for a word and a number. */
export const LEAST_ROOM = 88;
/** A longer name would leave too little room for the lines themselves. */
const MOST_SHARE = 0.35;
/** Without names: half of the last number of the axis across. */
export const NO_NAMES = 20;
/** Height of a line of names. */
export const NAME_LINE = 14;
/** Above and below the lines of a chart, where no name stands. */
const AROUND = 38;
/** Names of our own are short: they are shown whole in any chart that is wide enough to be read. */
export const OWN_SHARE = 0.45;
/** Between the end of a name and the edge of the chart. */
const EDGE = 3;

/** What all names take, as far as a chart of that width can give it. */
export function nameRoom(names: readonly string[], width: number, measure: Measure, share = MOST_SHARE): number {
  const widest = Math.max(0, ...names.map(measure));
  return Math.max(LEAST_ROOM, Math.ceil(Math.min(share * width, NAME_GAP + widest + EDGE)));
}

/** Whether all names can stand whole at the ends of their lines, none over another. */
export function namesFit(names: readonly string[], { width, height }: Size, measure: Measure): boolean {
  const widest = Math.max(0, ...names.map(measure));
  return NAME_GAP + widest + EDGE <= Math.max(LEAST_ROOM, MOST_SHARE * width) && NAME_LINE * names.length <= height - AROUND;
}

/** Names of one chart as far as there is room for them. Those that would look alike keep their ends, which is where they differ. */
export function cutNames(names: readonly string[], room: number, measure: Measure): string[] {
  const cut = names.map((name) => cutName(name, room, measure));
  return names.map((name, i) => {
    const isAlone = cut.every((other, j) => other !== cut[i] || names[j] === name);
    return isAlone ? (cut[i] ?? name) : cutMiddle(name, room, measure);
  });
}

function cutMiddle(name: string, room: number, measure: Measure): string {
  const width = room - NAME_GAP - EDGE;
  const around = (length: number): string => {
    const start = Math.floor(0.4 * length);
    return `${name.slice(0, start).trimEnd()}…${name.slice(name.length - length + start).trimStart()}`;
  };
  let length = name.length - 1;
  while (length > 2 && measure(around(length)) > width) length--;
  return around(length);
}

/** The name itself where it fits, else as much of it as does. */
export function cutName(name: string, room: number, measure: Measure): string {
  const width = room - NAME_GAP - EDGE;
  if (measure(name) <= width) return name;
  let length = name.length - 1;
  while (length > 1 && measure(`${name.slice(0, length).trimEnd()}…`) > width) length--;
  return `${name.slice(0, length).trimEnd()}…`;
}

let context: CanvasRenderingContext2D | null | undefined;

/** In the heaviest face that names are written in; there all digits are as wide as a zero, which a canvas cannot be told. */
export const measureName: Measure = (text) => {
  if (context === undefined) {
    context = document.createElement('canvas').getContext('2d');
    // Asked for once: the answer makes the browser work out the styles of the page.
    if (context !== null) context.font = `600 12px ${getComputedStyle(document.body).fontFamily}`;
  }
  if (context === null) return 7 * text.length;
  return context.measureText(text.replace(/\d/g, '0')).width;
};
