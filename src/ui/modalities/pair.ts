/** How the page speaks of samples with several members; how they are drawn stands in ui/pairs. */
import { MODALITIES } from '../../config/modalities.ts';
import { formatCount } from '../format.ts';
import { pictureView } from './picture.ts';
import type { SampleView } from './view.ts';

const { words } = MODALITIES.pair;

export const pairView: SampleView = {
  words: { ...words, own: 'your pair', brief: 'pair', values: 'values', scale: 'mean and spread', dropped: 'pair' },
  aspect: pictureView.aspect,
  toRgba: pictureView.toRgba,
  nameCell: (cell) => `${words.token} ${formatCount(cell + 1)}`,
  distance: (cells) => `${cells.toFixed(2)} ${words.tokens}`,
};
