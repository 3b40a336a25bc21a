/** Lines that are equals: colours that keep apart for colour-blind eyes, and dashes, which keep apart for everybody. */
import type { Hue } from '../charts/types.ts';

const DASHES = [undefined, '6 3', '2 3', '8 3 2 3', '12 4', '1 4'] as const;

/** The n-th line of a chart, counted from 0. */
export function hueOf(index: number): Hue {
  const turn = index % DASHES.length;
  const dash = DASHES[turn];
  return { stroke: `var(--hue-${turn + 1})`, ...(dash === undefined ? {} : { dash }) };
}
