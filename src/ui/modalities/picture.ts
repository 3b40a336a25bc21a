/** How the page shows pictures: as they are. */

import { sidesOf } from '../../config/modalities/tokens.ts';
import { MODALITIES } from '../../config/modalities.ts';
import { formatCell } from '../format.ts';
import type { Rgba, SampleView } from './view.ts';

const { words } = MODALITIES.picture;

export const pictureView: SampleView = {
  words: {
    ...words,
    own: 'your photo',
    brief: 'image',
    values: 'pixels',
    scale: 'brightness and contrast',
    dropped: 'photo',
  },
  mark: { sign: '●', path: 'M-1 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0' },
  aspect: (gallery) => (gallery === null ? 1 : gallery.width / gallery.height),
  toRgba,
  nameCell: (cell, { tokens }) => formatCell(cell, sidesOf(tokens.grid)[1]),
  distance: (cells) => `${cells.toFixed(2)} ${words.tokens}`,
};

function toRgba(pixels: Uint8Array, channels: 1 | 3): Rgba {
  const count = pixels.length / channels;
  const rgba = new Uint8ClampedArray(count * 4);
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < 3; c++) rgba[4 * i + c] = pixels[channels * i + (channels === 3 ? c : 0)];
    rgba[4 * i + 3] = 255;
  }
  return rgba;
}
