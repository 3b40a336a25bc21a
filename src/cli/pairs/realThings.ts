/** Real members for paired samples, brought to the sizes, places and voices of *Paired digits*: written digits and spoken ones. */

import type { Random } from '../../base/random.ts';
import { PAIR_SIZE } from '../../config/modalities/pairShapes.ts';
import { clipOf } from '../../data/pairs/spokenDigit.ts';
import type { Thing } from '../../data/pairs/things.ts';
import { resample } from '../../data/sound/resample.ts';
import type { Waveform } from '../../data/sound/waveform.ts';

/** How much larger a written digit is drawn, and where its middle stands. */
const LARGE = [1.05, 1.2] as const;
const SMALL = [0.62, 0.75] as const;
const CENTRES = { left: 12.5, right: 19.5 } as const;
const ASIDE = 1.5;
/** A large thing has a voice that is lower and slower by a quarter. */
const STRETCH = 5 / 4;
/** Longest word: what is longer is cut. */
const SPOKEN_SECONDS = 0.62;

/**
 * A square grey picture of a digit, light on dark, as a small or large one on the left or the right: (32, 32), as `drawDigit` draws.
 *
 * @param pixels (side, side)
 */
export function placeDigit(pixels: ArrayLike<number>, side: number, { large, right }: Thing, random: Random): Uint8Array {
  const [least, most] = large ? LARGE : SMALL;
  const zoom = random.between(least, most);
  const x0 = (right ? CENTRES.right : CENTRES.left) + random.between(-ASIDE, ASIDE);
  const y0 = PAIR_SIZE / 2 + random.between(-ASIDE, ASIDE);
  const middle = (side - 1) / 2;
  return Uint8Array.from({ length: PAIR_SIZE * PAIR_SIZE }, (_, at) => {
    const x = middle + ((at % PAIR_SIZE) - x0) / zoom;
    const y = middle + (Math.floor(at / PAIR_SIZE) - y0) / zoom;
    return Math.round(between(pixels, side, x, y));
  });
}

/** The value between four pixels; outside of the picture there is paper. */
function between(pixels: ArrayLike<number>, side: number, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [across, down] = [x - left, y - top];
  const at = (column: number, row: number) =>
    column >= 0 && row >= 0 && column < side && row < side ? pixels[row * side + column] : 0;
  const above = (1 - across) * at(left, top) + across * at(left + 1, top);
  const below = (1 - across) * at(left, top + 1) + across * at(left + 1, top + 1);
  return (1 - down) * above + down * below;
}

/** A spoken word in a low or a high voice, early or late in a clip: as `speakDigit` speaks. */
export function placeWord({ samples, rate }: Waveform, { large, right }: Thing, random: Random): Int16Array {
  // Played slower or faster, as a tape is.
  const { samples: heard, rate: heardRate } = resample({ samples, rate: large ? rate / STRETCH : rate * STRETCH });
  return clipOf(Float64Array.from(heard.subarray(0, Math.round(SPOKEN_SECONDS * heardRate))), right, random);
}
