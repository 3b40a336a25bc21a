/** How the page shows sounds: as strips, time to the right and low bands below, in one colour from quiet to loud. */
import { sidesOf } from '../../config/modalities/tokens.ts';
import { formatCount } from '../format.ts';
import { LOUDNESS_COLOURS } from './loudnessColours.ts';
import type { Cut, Rgba, SampleView } from './view.ts';

/** Width over height of a strip. */
const ASPECT = 4;

export const soundView: SampleView = {
  words: {
    sample: 'sound',
    samples: 'sounds',
    token: 'piece',
    tokens: 'pieces',
    own: 'your sound',
    brief: 'clip',
    values: 'band energies',
    scale: 'loudness and its spread',
    dropped: 'short sound',
  },
  aspect: () => ASPECT,
  toRgba,
  nameCell(cell, cut) {
    const [rows, columns] = sidesOf(cut.tokens.grid);
    const column = cell % columns;
    const milliseconds = columnMilliseconds(cut);
    const when =
      milliseconds === null ? '' : `, ${formatCount(column * milliseconds)} to ${formatCount((column + 1) * milliseconds)} ms`;
    const band = rows === 1 ? '' : `, band ${rows - Math.floor(cell / columns)} of ${rows}`;
    return `piece ${column + 1}${band}${when}`;
  },
  distance(cells, cut) {
    const said = `${cells.toFixed(2)} pieces`;
    const milliseconds = columnMilliseconds(cut);
    // Across bands a distance is no time.
    return milliseconds === null || sidesOf(cut.tokens.grid)[0] > 1 ? said : `${said}, ${formatCount(cells * milliseconds)} ms`;
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

/** Settings of a run whose samples last a while. */
interface Timed {
  data: Cut['config']['data'];
  sound?: { seconds: number };
}

/** How long a column of the grid lasts; null where no setting says so. */
function columnMilliseconds({ tokens, config }: Cut): number | null {
  const { sound }: Timed = config;
  return sound === undefined ? null : (1000 * sound.seconds) / sidesOf(tokens.grid)[1];
}
