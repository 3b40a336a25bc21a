/** Texts as small drawings: a cell for each place, and in it a bar as wide as its word is long. */
import { EMPTY, MASK } from '../../config/modalities/tokens.ts';

/** Pixels of a cell. */
export const CELL = { width: 8, height: 12 } as const;

/** Rows of a bar, and pixels to the left and right of the widest. */
const BAR = { top: 4, bottom: 8, margin: 1 } as const;
const INK = 255;
const MASKED = 96;
/** Letters of the widest bar. */
const LONGEST = 8;

/** (n) ids -> (height, n * width) 0..255, 0 where there is nothing. */
export function drawWords(ids: ArrayLike<number>, names: readonly string[]): Uint8Array {
  const columns = ids.length * CELL.width;
  const pixels = new Uint8Array(CELL.height * columns);
  const room = CELL.width - 2 * BAR.margin;
  for (let place = 0; place < ids.length; place++) {
    const id = ids[place];
    if (id === EMPTY) continue;
    const letters = Math.min(LONGEST, names[id]?.trim().length ?? LONGEST);
    const width = id === MASK ? room : Math.max(1, Math.round((room * letters) / LONGEST));
    const left = place * CELL.width + BAR.margin;
    for (let row = BAR.top; row < BAR.bottom; row++) {
      pixels.fill(id === MASK ? MASKED : INK, row * columns + left, row * columns + left + width);
    }
  }
  return pixels;
}
