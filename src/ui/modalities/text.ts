/** How the page shows texts where they are drawn: as lines of bars, a bar for each word. */

import { MODALITIES, wordsOf } from '../../config/modalities.ts';
import { formatCount } from '../format.ts';
import type { Rgba, SampleView } from './view.ts';

const { words } = MODALITIES.text;

/** Width over height of a line of words. */
const ASPECT = 8;
/** Ink that is seen in either theme. */
const INK = [118, 118, 118] as const;

export const textView: SampleView = {
  words: {
    ...words,
    own: 'your text',
    brief: 'text',
    values: 'words',
    scale: 'nothing',
    dropped: 'text',
  },
  mark: { sign: '■', path: 'M-.9-.9h1.8v1.8h-1.8z' },
  aspect: () => ASPECT,
  toRgba,
  nameCell: (cell, { config }) => `${wordsOf(config).token} ${formatCount(cell + 1)}`,
  distance: (cells, { config }) => `${cells.toFixed(2)} ${wordsOf(config).tokens}`,
};

/** (height, width, 1) how much ink there is, 0..255. */
function toRgba(ink: Uint8Array): Rgba {
  const rgba = new Uint8ClampedArray(ink.length * 4);
  ink.forEach((value, i) => {
    rgba.set(INK, 4 * i);
    rgba[4 * i + 3] = value;
  });
  return rgba;
}
