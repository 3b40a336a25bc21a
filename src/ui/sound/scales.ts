/** Where frequencies and times lie on a drawing of a sound. */
import type { FrontEnd } from '../../data/sound/frontEnd.ts';
import { bandsOf } from '../../data/sound/frontEnd.ts';
import { mel } from '../../data/sound/mel.ts';
import { formatCount } from '../format.ts';

export interface Mark {
  text: string;
  /** Of the drawing's height or width, from below or from the left. */
  share: number;
}

/** In the order in which they are wanted where there is room for some only. */
const FREQUENCIES = [
  [2000, '2k'],
  [500, '500'],
  [7000, '7k'],
  [100, '100'],
] as const;
/** CSS pixels of a line of small print, and of a time with some room around it. */
const LINE = 11;
const TIME_WIDTH = 56;

/** Frequencies, in Hz, of a drawing that is so many CSS pixels high; none too near to another or beyond the edge. */
export function frequencyMarks(frontEnd: Pick<FrontEnd, 'low' | 'high' | 'bins' | 'features'>, height: number): Mark[] {
  const { low, high } = frontEnd;
  const bands = bandsOf(frontEnd);
  const step = (mel(high) - mel(low)) / (bands + 1);
  const marks: Mark[] = [];
  for (const [frequency, text] of FREQUENCIES) {
    if (frequency < low || frequency > high) continue;
    // Band b is about the (b + 1)th edge, and drawn from b to b + 1.
    // None reaches beyond the edge, where another drawing may begin.
    const half = LINE / 2 / height;
    const share = Math.max(half, Math.min(1 - half, ((mel(frequency) - mel(low)) / step - 0.5) / bands));
    const isNear = marks.some((mark) => Math.abs(mark.share - share) * height < LINE);
    if (!isNear) marks.push({ text, share });
  }
  return marks;
}

/** Times in ms of a clip of `seconds` that is drawn so many CSS pixels wide, at round numbers. */
export function timeMarks(seconds: number, width: number): Mark[] {
  const most = Math.max(1, Math.floor(width / TIME_WIDTH));
  const step = [50, 100, 200, 250, 500, 1000, 2000].find((each) => (1000 * seconds) / each <= most) ?? 5000;
  const count = Math.floor((1000 * seconds) / step);
  return Array.from({ length: count + 1 }, (_, i) => ({
    text: i === 0 ? '0 ms' : formatCount(i * step),
    share: (i * step) / (1000 * seconds),
  }));
}
