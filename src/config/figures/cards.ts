/** Every figure and table of the papers that can be repeated here. */
import type { FigureCard } from './card.ts';
import { DATA2VEC_CARDS } from './data2vec.ts';
import { MAE_CARDS } from './mae.ts';
import { MAE_INPUT_CARDS } from './maeInputs.ts';
import { MAE_TABLE_CARDS } from './maeTable.ts';
import { MP3_CARDS } from './mp3.ts';
import { MP3_ENSEMBLE_CARD } from './mp3Ensemble.ts';
import { MP3_MORE_CARDS } from './mp3More.ts';
import { ROBUSTNESS_CARDS } from './robustness.ts';
import { SELF_DISTILLATION_CARDS } from './selfDistillation.ts';
import { SELF_DISTILLATION_MORE_CARDS } from './selfDistillationMore.ts';

/** By paper, in the order in which they are listed. */
export const FIGURE_CARDS: readonly FigureCard[] = [
  ...MP3_CARDS,
  ...MP3_MORE_CARDS,
  MP3_ENSEMBLE_CARD,
  ...MAE_CARDS,
  ...MAE_TABLE_CARDS,
  ...MAE_INPUT_CARDS,
  ...DATA2VEC_CARDS,
  ...SELF_DISTILLATION_CARDS,
  ...SELF_DISTILLATION_MORE_CARDS,
  ...ROBUSTNESS_CARDS,
];

/** The card of an id, as links and commands name it. */
export function cardOf(id: string): FigureCard | undefined {
  return FIGURE_CARDS.find((card) => card.id === id);
}
