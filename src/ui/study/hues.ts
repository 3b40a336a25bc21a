/** Lines that are equals: colours that keep apart for colour-blind eyes, and dashes, which keep apart for everybody. */
import type { Hue } from '../charts/types.ts';

/** As many as there are `--hue-...` in tokens.css. */
const DASHES = [undefined, '6 3', '2 3', '8 3 2 3', '12 4', '1 4'] as const;

/** The n-th line of a chart, counted from 0: once all colours are used, each meets another dash, so that 36 lines differ. */
export function hueOf(index: number): Hue {
  const colour = index % DASHES.length;
  const turn = Math.floor(index / DASHES.length);
  const dash = DASHES[(colour + turn) % DASHES.length];
  return { stroke: `var(--hue-${colour + 1})`, ...(dash === undefined ? {} : { dash }) };
}
