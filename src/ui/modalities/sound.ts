/** How the page shows sounds: as strips, time to the right and low bands below, in one colour from quiet to loud. */

import { sidesOf } from '../../config/modalities/tokens.ts';
import { MODALITIES, wordsOf } from '../../config/modalities.ts';
import { formatCount } from '../format.ts';
import { LOUDNESS_COLOURS } from './loudnessColours.ts';
import type { Cut, Rgba, SampleView } from './view.ts';

const { words } = MODALITIES.sound;

/** Width over height of a strip. */
const ASPECT = 4;

export const soundView: SampleView = {
  words: {
    ...words,
    own: 'your sound',
    brief: 'clip',
    values: 'band energies',
    scale: 'loudness and its spread',
    dropped: 'short sound',
  },
  mark: { sign: '▲', path: 'M0-1.2l1.1 2h-2.2z' },
  aspect: () => ASPECT,
  toRgba,
  nameCell(cell, cut) {
    const [rows, columns] = sidesOf(cut.tokens.grid);
    const column = cell % columns;
    const { hop, length } = timesOf(cut);
    const band = rows === 1 ? '' : `, band ${rows - Math.floor(cell / columns)} of ${rows}`;
    return `${wordsOf(cut.config).token} ${column + 1}${band}, ${formatCount(column * hop)} to ${formatCount(column * hop + length)} ms${ofWhat(cut)}`;
  },
  distance(cells, cut) {
    const said = `${cells.toFixed(2)} ${wordsOf(cut.config).tokens}`;
    // Across bands a distance is no time.
    return sidesOf(cut.tokens.grid)[0] > 1 ? said : `${said}, ${formatCount(cells * timesOf(cut).hop)} ms${ofWhat(cut)}`;
  },
};

/** (height, width, 1) loudness, 0..255. */
function toRgba(loudness: Uint8Array): Rgba {
  const rgba = new Uint8ClampedArray(loudness.length * 4);
  loudness.forEach((value, i) => {
    rgba.set(LOUDNESS_COLOURS.subarray(3 * value, 3 * value + 3), 4 * i);
    rgba[4 * i + 3] = 255;
  });
  return rgba;
}

/** Files may be shorter than a clip, and then their pieces are too; what is built in never is. */
function ofWhat({ config: { data, sound } }: Cut): string {
  return data.dataset === 'files' && sound.tokens !== 'frames' ? ' of a full clip' : '';
}

/** From one column of the grid to the next, and how long each lasts, in milliseconds of a clip of full length. */
function timesOf({ tokens, config: { sound } }: Cut): { hop: number; length: number } {
  // Frames of speech overlap.
  if (sound.tokens === 'frames') return { hop: 10, length: 30 };
  const each = (1000 * sound.seconds) / sidesOf(tokens.grid)[1];
  return { hop: each, length: each };
}
